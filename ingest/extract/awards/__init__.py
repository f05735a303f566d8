"""Awards that a document states without printing a sum: who is funded, by whom and for what."""
