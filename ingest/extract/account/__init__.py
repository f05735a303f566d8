"""The account of a document: its sums joined into money, parts told from wholes, and what was passed on."""
