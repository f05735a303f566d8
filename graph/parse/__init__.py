"""Text to typed values: money, financial years, dates and decision references. Used for documents and for questions."""
