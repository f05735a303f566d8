"""The HTTP interface for other programs: read-only, served beside the pages with the same access checks."""
