"""From a published document to records and a build. Imports graph, never app."""
