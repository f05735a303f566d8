"""The content of the graph as typed objects: decisions, flows, awards, relations, checks and totals."""
