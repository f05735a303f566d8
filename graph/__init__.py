"""The core of whofunds: records, their RDF, stores, builds, search and answers. Imports neither ingest nor app."""
