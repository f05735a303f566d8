"""Text to typed values: money, financial years, dates and decision references. Documents and questions both use it."""
