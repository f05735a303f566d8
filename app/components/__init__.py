"""Views drawn: HTML, charts and networks. Everything that comes from a document is escaped here."""
