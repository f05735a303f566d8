"""Exports in the formats of other tools, one module each. They are sorted: the same graph gives the same bytes."""
