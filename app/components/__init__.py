"""Draw views: HTML, charts and networks. All text that comes from a document is escaped here."""
