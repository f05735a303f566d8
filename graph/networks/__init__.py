"""The graph as a network: its parts for a purpose, and the position of each node in a picture."""
