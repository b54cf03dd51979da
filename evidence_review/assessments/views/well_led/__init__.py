"""Quality statements: what speaks to them, and what is claimed of them."""
