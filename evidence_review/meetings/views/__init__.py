"""Pages of the team meetings."""
