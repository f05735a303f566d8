"""Statements: a sum, or an award without a printed amount, with the words around it."""
