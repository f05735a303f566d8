"""Facts about the whole document, used for figures whose own words leave something open."""
