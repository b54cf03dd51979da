"""What the portal costs, measured beside the least that could be done on the same machine."""
