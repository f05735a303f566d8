"""How sure a reading must be to be exported, and the graph without the less sure readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rdflib.term import Node

from graph.model import Band

_ORDER = (Band.CHECK, Band.LIKELY, Band.SURE)
#: what follows the IRI of a flow or an award in those of its own nodes
_PARTS = ("/evidence/", "/doubt/")

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least sure reading that is exported: a band, or a confidence from 0 to 1."""

    said: str  #: as it was given: "likely", "0.8"
    bands: frozenset[Band] = frozenset(Band)
    least: float = 0.0

    @property
    def lets_all_through(self) -> bool:
        """Whether the threshold excludes nothing."""
        return self.bands == frozenset(Band) and self.least == 0

    def keeps(self, band: str, confidence: float) -> bool:
        """Return True if a flow or an award with this band and confidence is exported."""
        return band in self.bands and confidence >= self.least


EVERYTHING = Threshold(Band.CHECK.value)


def parse_threshold(text: str) -> Threshold:
    """Return the threshold that a person wrote: sure, likely, check, or a number from 0 to 1.

    Raises:
        ValueError: The text is none of these.
    """
    if text in set(Band):
        return Threshold(text, frozenset(_ORDER[_ORDER.index(Band(text)) :]))
    try:
        least = float(text)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise ValueError(f"{text!r} is no confidence; give sure, likely, check or a number from 0 to 1")
    return Threshold(text, least=least)


def without(triples: Iterable[Triple], gone: Collection[str]) -> Iterator[Triple]:
    """Yield the triples that are not about some flows and awards, given by IRI, nor about their parts."""
    for triple in triples:
        subject, _, value = triple
        if whole_of(str(subject)) not in gone and whole_of(str(value)) not in gone:
            yield triple


def whole_of(iri: str) -> str:
    """Return the IRI of the flow or award that an IRI is a part of, as that of evidence is; any other IRI as it is."""
    for part in _PARTS:
        iri = iri.partition(part)[0]
    return iri
