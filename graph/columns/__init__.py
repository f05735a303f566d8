"""What a build states, as columns on disk that are memory-mapped and read by row: a projection of its graph."""
