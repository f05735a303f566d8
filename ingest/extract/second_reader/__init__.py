"""A second reader: a language model of the user's own that is asked about doubtful statements.

Its answers confirm a reading or send it to review; they never set a value of a flow. It answers with the number of a
candidate, or with words of the text that it was sent.
"""
