"""Figures of one document compared with each other."""
