"""What may be done to an assessment, one verb a file."""
