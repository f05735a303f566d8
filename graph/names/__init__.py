"""Name linking: which organisations, programmes, places and funds a text, a cell or a question names."""
