"""Briefings: what a page or an answer says, as a Word document, an Excel workbook or text to paste."""
