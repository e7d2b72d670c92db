"""What programs that keep articles hand over when one leaves them."""
