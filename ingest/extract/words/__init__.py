"""The words of a sentence: tokens, verbs of money, clauses, and what stands in which role to which sum."""
