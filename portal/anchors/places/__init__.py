"""The places outside the portal that take a head of the record."""
