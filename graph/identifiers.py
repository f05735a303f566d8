"""IRIs: made from ids and names, and read back. The same input always makes the same IRI."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

from rdflib import URIRef

from graph.model import Band, Basis, Decision, Entity, EntityKind, FlowKind, FlowStatus, Verdict
from graph.parse.references import reference_key
from graph.vocabulary import BASE

ID = f"{BASE}id/"
GRAPH = f"{BASE}graph/"
REGISTRY_GRAPH = URIRef(f"{GRAPH}registry")
CITATIONS_GRAPH = URIRef(f"{GRAPH}citations")  #: decisions that are cited and not held; made anew with each build
RECONCILED_GRAPH = URIRef(f"{GRAPH}reconciled")  #: what follows from several documents together
CORRECTIONS_GRAPH = URIRef(f"{GRAPH}corrections")
GOVERNMENT_YEAR = "http://reference.data.gov.uk/id/government-year/"

_SCHEME = {FlowKind: "kind", FlowStatus: "status", Basis: "basis", Verdict: "verdict", Band: "band"}
_YEAR = re.compile(r"^(\d{4})/(\d{2})$")
_YEAR_IRI = re.compile(re.escape(GOVERNMENT_YEAR) + r"(\d{4})-(\d{4})$")


def slug(text: str, *, limit: int = 80) -> str:
    """Return the words of a text in lower case ASCII, joined with dashes; "" if no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:limit].strip("-")


def entity_iri(entity: Entity | str, kind: EntityKind | None = None) -> URIRef:
    """Return the IRI of an entity; or of an id, together with its kind.

    Raises:
        ValueError: An id was given without its kind.
    """
    id = entity.id if isinstance(entity, Entity) else entity
    kind = entity.kind if isinstance(entity, Entity) else kind
    if kind is None:
        raise ValueError(f"the id {id!r} needs its kind to become an IRI")
    return URIRef(f"{ID}{kind.value}/{name_in_iri(id)}")


def entity_id(iri: str) -> tuple[str, EntityKind] | None:
    """Return the id and kind in an entity's IRI; None for any other IRI."""
    kind, _, name = iri.removeprefix(ID).partition("/")
    if not iri.startswith(ID) or not name or "/" in name or kind not in set(EntityKind):
        return None
    return unquote(name), EntityKind(kind)


def decision_iri(
    body: str | None, reference: str | None, *, title: str = "", signed: str | None = None, document: str = ""
) -> URIRef:
    """Return the IRI of a decision, made from its body and its normalised reference.

    Without a reference, title and date stand in for it. Without a date either, the document's name keeps two records of
    the same title apart.
    """
    office = quote(body, safe="") if body else "unknown-body"
    key = slug(reference_key(reference)) if reference else ""
    if not key:
        words = [slug(title, limit=60), signed or slug(document.rpartition(".")[0] or document)]
        key = "-".join(word for word in words if word)
    if not key:
        key = sha256(f"{reference}\n{title}\n{document}".encode("utf-8", "replace")).hexdigest()[:12]
    return URIRef(f"{ID}decision/{office}/{key}")


def iri_of_decision(decision: Decision, document: str) -> URIRef:
    """Return the IRI of the decision that a document records."""
    return decision_iri(
        decision.body.id if decision.body else None,
        decision.reference,
        title=decision.title,
        signed=decision.signed,
        document=document,
    )


def graph_iri(document: str) -> URIRef:
    """Return the IRI of a document's named graph, made from the document's file name."""
    return URIRef(f"{GRAPH}document/{name_in_iri(document)}")


def document_name(iri: str) -> str | None:
    """Return the file name in the IRI of a document's graph; None for any other IRI."""
    start = f"{GRAPH}document/"
    return unquote(iri.removeprefix(start)) if iri.startswith(start) else None


def part_iri(document: str, part: str, part_id: str | int) -> URIRef:
    """Return the IRI of a part of a document's record: a flow, total, check, relation or new name."""
    return URIRef(f"{ID}document/{name_in_iri(document)}/{part}/{name_in_iri(str(part_id))}")


def flow_iri(document: str, flow_id: str) -> URIRef:
    """Return the IRI of a flow. It holds the document, so that two records of one decision keep their flows apart."""
    return part_iri(document, "flow", flow_id)


def award_iri(document: str, award_id: str) -> URIRef:
    """Return the IRI of an award without a sum. It holds the document, as a flow's IRI does."""
    return part_iri(document, "award", award_id)


def part_id(iri: str) -> str:
    """Return the id at the end of a part's IRI."""
    return unquote(iri.rpartition("/")[2])


def concept_iri(concept: FlowKind | FlowStatus | Basis | Verdict | Band) -> URIRef:
    """Return the IRI of the SKOS concept for a kind, status, basis, verdict or band."""
    scheme = _SCHEME[type(concept)]
    return URIRef(f"{ID}{scheme}/{concept.value}")


def year_iri(year: str) -> URIRef:
    """Return the IRI that data.gov.uk gives to a financial year such as "2023/24".

    Raises:
        ValueError: The text is not a financial year in that form.
    """
    found = _YEAR.match(year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"{year!r} is not a financial year in the form 2023/24")
    return URIRef(f"{GOVERNMENT_YEAR}{found[1]}-{int(found[1]) + 1}")


def year_of(iri: str) -> str | None:
    """Return the financial year, such as "2023/24", of an IRI from `year_iri`; None for any other IRI."""
    found = _YEAR_IRI.match(iri)
    return f"{found[1]}/{found[2][2:]}" if found else None


def year_starts(year: str) -> date:
    """Return the first day of a financial year such as "2023/24"."""
    return date(int(year[:4]), 4, 1)


@lru_cache(maxsize=100_000)
def name_in_iri(text: str) -> str:
    """Return a name, such as a document's, as it stands in an IRI."""
    # "." and ".." would be taken for steps in a path by whoever resolves the IRI
    quoted = quote(text, safe="", errors="replace")
    return quoted.replace(".", "%2E") if set(quoted) == {"."} else quoted
