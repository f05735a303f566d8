"""The head of a decision: reference, title, body, who decided, when it was signed."""
