"""What may be done about reading, one verb a file."""
