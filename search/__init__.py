"""Search: one box over what the person may read."""
