"""The addresses of reading, below ``/policies/``."""
