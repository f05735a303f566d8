"""Builds: immutable published states of a workspace, of which one is current."""
