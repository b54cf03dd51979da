"""What may be done about meetings, one verb a file."""
