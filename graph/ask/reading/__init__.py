"""Reading: a question taken apart, and the forms that it may mean."""
