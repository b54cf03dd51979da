"""Screens of the policies in the admin. What staff read is served by the pages themselves."""
