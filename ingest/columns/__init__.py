"""Which column of a spreadsheet holds what, guessed with reasons or set by a person, and its rows as funding flows."""
