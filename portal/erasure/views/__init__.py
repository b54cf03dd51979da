"""The screens of erasures."""
