"""Choose one value for each slot of a statement: candidates with features, weights to rank them, probabilities."""
