"""What a whole document is about: the ground for reading its figures."""
