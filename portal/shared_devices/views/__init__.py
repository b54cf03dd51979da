"""The screens of shared devices: of the tablet, of those who manage it, of one's own PIN."""
