"""Checks that compare the figures and dates of one document with each other."""
