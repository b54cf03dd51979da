"""What may be done with shared devices, one verb a file."""
