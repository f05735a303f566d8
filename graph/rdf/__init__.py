"""Records, registry and corrections as triples and back, and their validation."""
