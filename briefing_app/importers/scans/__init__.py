"""Pictures with a text on them: photographs, screenshots, scanned pages."""
