"""One choice per slot of a statement: candidates with features, weights that rank them, a probability for each."""
