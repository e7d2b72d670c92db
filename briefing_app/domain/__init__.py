"""What a library is made of, as plain values."""
