"""A build's graph in a SPARQL server: loading it, and telling which of the server's graphs belong to the build."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from graph.builds.archive import CORRECTIONS, GRAPH
from graph.builds.manifest import DocumentEntry
from graph.errors import WhofundsError
from graph.settings import Settings

FILE = "endpoint.json"  #: in the folder of a build that was loaded into a server: the server's address, the key there


class NotServed(WhofundsError):
    """A build is not in the SPARQL server that the settings name."""


def loaded_at(folder: Path, endpoint: str) -> str:
    """Return the key of the build in `folder` in a SPARQL server, given by its address.

    Raises:
        NotServed: The build was not loaded there.
    """
    key = served_key(folder, endpoint)
    if not key:
        remedy = "set WHOFUNDS_ENDPOINT_UPDATE and run 'whofunds ingest' again, or unset WHOFUNDS_ENDPOINT"
        raise NotServed(f"{endpoint}: build {folder.name} is not there; {remedy}")
    return key


def served_key(folder: Path, endpoint: str) -> str:
    """Return the key of the build in `folder` in a SPARQL server, given by its address.

    "" if it was not loaded there.
    """
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return str(values["build"]) if values["endpoint"] == endpoint else ""
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def serve(folder: Path, documents: Iterable[DocumentEntry], graph_version: str, settings: Settings) -> None:
    """Load the graph of the draft in `folder` into the SPARQL server of the settings, beside the server's other builds.

    Without an address for updates this does nothing. An interrupted load of the same documents and corrections goes on
    where it stopped.

    Raises:
        EndpointUnavailable: The server does not answer, or refuses; the current build stays current.
    """
    from graph.stores.datasets import ServerBuilds
    from graph.stores.endpoint import EndpointStore
    from graph.stores.scoped import Scope
    from graph.stores.store import open_disk

    (folder / FILE).unlink(missing_ok=True)  # it speaks of the build that the draft began as
    if not settings.endpoint_update:
        return
    key = _key(folder, documents, graph_version, settings)
    store = open_disk(folder / GRAPH, read_only=True)
    try:
        server = EndpointStore(settings.endpoint, settings.endpoint_update)
        graphs = {graph: store.triples(graph) for graph in store.graphs()}
        ServerBuilds(server, _owner(settings)).load(Scope(key), graphs)
    finally:
        store.close()
    written = {"endpoint": settings.endpoint, "build": key}
    (folder / FILE).write_text(json.dumps(written), encoding="utf-8")


def drop_unserved(folders: Iterable[Path], settings: Settings) -> tuple[str, ...]:
    """Drop the graphs of builds that no longer exist on disk from the server; return sentences on failures."""
    from graph.stores.datasets import ServerBuilds
    from graph.stores.endpoint import EndpointStore

    if not settings.endpoint_update:
        return ()
    needed = {key for folder in folders if (key := served_key(folder, settings.endpoint))}
    try:
        ServerBuilds(EndpointStore(settings.endpoint, settings.endpoint_update), _owner(settings)).drop_others(needed)
    except WhofundsError as error:
        return (f"{error} Builds that are needed no more stay there until the next ingest.",)
    return ()


def _owner(settings: Settings) -> str:
    return str(settings.workspace.resolve())


def _key(folder: Path, documents: Iterable[DocumentEntry], graph_version: str, settings: Settings) -> str:
    """Return a key of everything that the graph is made from: workspace, documents as read, code and corrections."""
    parts = [_owner(settings), graph_version]
    parts += sorted(f"{entry.name}\0{entry.digest}\0{entry.version}" for entry in documents)
    digest = sha256("\n".join(parts).encode("utf-8", "replace"))
    corrections = folder / CORRECTIONS
    digest.update(corrections.read_bytes() if corrections.is_file() else b"")
    return digest.hexdigest()[:20]
