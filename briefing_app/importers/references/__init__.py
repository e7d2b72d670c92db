"""References: what is known of a text that is elsewhere, as CSL-JSON."""
