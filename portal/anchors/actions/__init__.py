"""What people and the worker do about copies outside, one verb a file."""
