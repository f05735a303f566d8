"""What the graph states, typed: decisions, flows, relations, checks, and what counts in a total."""
