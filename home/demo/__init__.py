"""The demo care provider: clearly made up, and enough of it to see every screen at work."""
