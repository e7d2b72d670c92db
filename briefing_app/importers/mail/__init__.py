"""Mail in all the forms that people keep it in, and web pages that are kept as mail."""
