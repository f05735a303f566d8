"""What the build knows, looked up for questions: facts, decisions, people, and the words of documents."""
