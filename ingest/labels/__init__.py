"""Labels: what people read in documents, written down for comparison with what the program reads."""
