"""Erasing: a person's or inspector's details, and those of one event."""
