"""The answer that people get: which form is answered, how probable it is, and in which words."""
