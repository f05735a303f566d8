"""Relations between the decisions, programmes, organisations and places of one document."""
