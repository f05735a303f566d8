"""Fitting: the reader's weights from labels, the same each time."""
