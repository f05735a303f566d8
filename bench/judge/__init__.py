"""The judge: what the reader reads of every labelled document, compared with its labels."""
