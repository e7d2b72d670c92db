"""PDF: letters with places made into lines, columns, paragraphs and blocks."""
