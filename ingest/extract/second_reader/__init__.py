"""A second reader of the user's own: asked about statements in doubt, it confirms what was read or sends it to review.

It never gives a value to a flow. It may answer with the number of a candidate, or with words of the text that it was
sent.
"""
