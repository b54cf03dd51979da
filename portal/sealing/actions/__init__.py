"""What the sealer keeps, one verb a file."""
