"""Running: the one executor of the language, over the ledger, the decisions and the words of the documents."""
