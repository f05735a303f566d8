"""Fit the weights of the extraction to labels; the same labels always give the same weights."""
