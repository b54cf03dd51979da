"""Catalogue files: reading them, and saying in which line something is wrong."""
