"""The improvement plan: what will be done about what is missing, by whom and by when."""
