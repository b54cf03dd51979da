"""The library's screens in the admin."""
