"""Briefings: the content of a page or an answer as a Word document, an Excel workbook or text to paste."""
