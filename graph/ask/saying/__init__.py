"""Saying: answers as people get them."""
