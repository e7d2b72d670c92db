"""Keep values in a library folder. The only package that knows SQL."""
