"""What may be done to policies, one verb a file."""
