"""What every room's API shares: pages of results and problems in plain words."""
