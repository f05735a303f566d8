"""Answers, one module for each kind of question."""
