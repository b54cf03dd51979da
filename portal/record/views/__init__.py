"""The screens of the record; all of them only read."""
