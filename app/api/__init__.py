"""The interface for other programs over HTTP: read-only, beside the pages and behind the same doors."""
