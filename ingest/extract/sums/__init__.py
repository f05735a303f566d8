"""The sums of a document: one record for each figure of prose and tables."""
