"""Name linking: the organisations, programmes, places and funds that a text, a cell or a question names."""
