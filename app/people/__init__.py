"""Who uses the app, what they may do, and when their session ends."""
