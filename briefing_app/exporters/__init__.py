"""Turn a brief into a file. The only package that knows ReportLab."""
