"""What may be done with starter policies, one verb a file."""
