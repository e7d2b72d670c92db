"""Turn bytes into plain values. The only package that opens a connection (in web, on a click)."""
