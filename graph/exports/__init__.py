"""The graph in formats of other tools, one module each. Sorted: the same graph gives the same bytes."""
