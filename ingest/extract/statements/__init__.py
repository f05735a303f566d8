"""Statements: one sum, or one award without a sum, with the words around it that say what it is."""
