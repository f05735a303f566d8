"""The typed language of questions: sets of what the graph states, and what is asked of them."""
