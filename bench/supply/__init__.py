"""Packages that the project installs: their versions and hashes, their licences, and the bill of them."""
