"""The sums of a document, one record each, as prose and tables state them."""
