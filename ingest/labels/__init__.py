"""Labels: what a person reads in a document, written down, so that what the program reads can be compared with it."""
