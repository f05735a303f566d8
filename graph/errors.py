"""Errors that the user can act on. Imports nothing of ours."""


class WhofundsError(Exception):
    """A problem the user can act on; shown as it is, without a traceback. Says where, what was found, what to do."""


class UnreadableDocument(WhofundsError):
    """The file cannot be turned into text."""


class InvalidReference(WhofundsError):
    """A reference file, such as a table of the registry or a list of words, is wrong or missing.

    The message names the line.
    """


class MissingWorkspace(WhofundsError):
    """There is no workspace, or no build in it."""


class DamagedWorkspace(WhofundsError):
    """A build lacks a part, or a part of it cannot be opened; or the workspace has a newer format."""


class ModelUnavailable(WhofundsError):
    """The embedding model cannot be loaded, or its files are not the trusted ones."""


class MissingExtra(WhofundsError):
    """An optional library is not installed; the message names the extra."""


class RefusedQuery(WhofundsError):
    """A SPARQL query that would change the graph, reach outside it, or cannot be parsed."""
