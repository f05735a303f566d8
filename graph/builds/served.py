"""A build's graph in a SPARQL server: which graphs there are its own, and how they get there."""

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
    """A build is not in the SPARQL server that is set."""


def loaded_at(folder: Path, endpoint: str) -> str:
    """Return the key that the build in `folder` has in a server.

    Raises:
        NotServed: It was not loaded there.
    """
    key = served_key(folder, endpoint)
    if not key:
        remedy = "set WHOFUNDS_ENDPOINT_UPDATE and run 'whofunds ingest' again, or unset WHOFUNDS_ENDPOINT"
        raise NotServed(f"{endpoint}: build {folder.name} is not there; {remedy}")
    return key


def served_key(folder: Path, endpoint: str) -> str:
    """Return the key that the build in `folder` has in a server, "" where it was not loaded there."""
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return str(values["build"]) if values["endpoint"] == endpoint else ""
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def serve(folder: Path, documents: Iterable[DocumentEntry], graph_version: str, settings: Settings) -> None:
    """Load the graph of the draft in `folder` into the server that is set, if any, beside the builds that are there.

    A load of the same documents and corrections that was stopped goes on where it stopped.

    Raises:
        EndpointUnavailable: The server does not answer, or refuses; what is current stays so.
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
    """Drop from the server what no build on disk names; return what people should know where that fails."""
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
    """Return a key of what the graph is made from: the workspace, documents as they were read, code and corrections."""
    parts = [_owner(settings), graph_version]
    parts += sorted(f"{entry.name}\0{entry.digest}\0{entry.version}" for entry in documents)
    digest = sha256("\n".join(parts).encode("utf-8", "replace"))
    corrections = folder / CORRECTIONS
    digest.update(corrections.read_bytes() if corrections.is_file() else b"")
    return digest.hexdigest()[:20]
