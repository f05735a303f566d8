"""The head of a decision: reference, title, body, decision maker and date of signature."""
