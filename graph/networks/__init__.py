"""The graph as a network: its parts for a purpose, and where each is drawn."""
