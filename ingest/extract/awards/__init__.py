"""Awards that a document states without printing their amount: who is funded, by whom and for what."""
