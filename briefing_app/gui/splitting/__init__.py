"""One file that is many articles: proposals to be looked at, and what becomes of them."""
