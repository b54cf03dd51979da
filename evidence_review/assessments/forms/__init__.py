"""Shapes of what people send to the assessment."""
