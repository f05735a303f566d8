"""The content of a build's graph as memory-mapped columns on disk, read row by row.

It can be made anew from the graph.
"""
