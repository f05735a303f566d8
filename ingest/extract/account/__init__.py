"""The account of a document: statements of the same money are joined, parts separated from totals, and flows linked."""
