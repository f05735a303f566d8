"""Read the tables of a document into sums."""
