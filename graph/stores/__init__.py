"""Stores of triples, one interface over several engines, and read-only SPARQL over them."""
