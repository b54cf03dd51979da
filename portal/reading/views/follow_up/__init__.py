"""Pages for those who follow up who has read what."""
