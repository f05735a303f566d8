"""The names in a document: names of the registry, names that the document defines, and new names by their place."""
