"""Named selections of what was read."""
