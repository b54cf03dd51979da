"""The catalogue in the admin. It is looked at and vouched for there, never edited."""
