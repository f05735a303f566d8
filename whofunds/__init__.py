"""Who funds what in UK policing and crime commissioning: the public interface for other programs.

    import whofunds

    build = whofunds.open("workspace")
    build.flows()      # a DataFrame of pandas
    build.graph()      # a Graph of rdflib
    build.network()    # a MultiDiGraph of networkx
    build.ask("who funds Drive in West Mercia").text

The names in `__all__` keep their shape from version to version; everything below them may change.
"""

from __future__ import annotations

from importlib.metadata import version

from graph.errors import DamagedWorkspace, MissingWorkspace, RefusedQuery, WhofundsError
from graph.opened import OpenBuild
from graph.opened import open_build as open

__all__ = ["DamagedWorkspace", "MissingWorkspace", "OpenBuild", "RefusedQuery", "WhofundsError", "__version__", "open"]

__version__ = version("whofunds")
