"""How decisions, programmes, organisations and places of one document stand to each other."""
