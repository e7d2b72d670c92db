"""The brief as a PDF: tagged, archival, the same bytes for the same input."""
