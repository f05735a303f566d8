"""Fetch documents from web addresses politely, and store each with its address, date and hash beside it."""
