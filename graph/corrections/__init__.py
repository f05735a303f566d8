"""Corrections: what people set right in the records; how they are kept, applied, and shown to readers."""
