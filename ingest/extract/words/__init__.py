"""The words of a sentence: tokens, verbs of money, clauses, and the grammatical role of each name to each sum."""
