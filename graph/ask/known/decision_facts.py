"""The decisions that a graph holds, by document, body, signer and reference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from graph.ask.known.people import office_holders, person_of
from graph.ask.known.words import stems_of
from graph.columns.columns import Columns
from graph.columns.lookups import InRows, LookedUp
from graph.registry import Registry
from graph.stated.decisions import DecisionHead, caption_of

_MANY = 50  #: documents whose titles are compared as they stand before their words are


class DecisionFacts:
    """The decisions of a graph, looked up by document, body, signer, area and reference."""

    @cached_property
    def columns(self) -> Columns:
        """What the graph states, as columns."""
        raise NotImplementedError

    @property
    def registry(self) -> Registry:
        """The registry: the known organisations, programmes, places and funds with their names."""
        raise NotImplementedError

    @cached_property
    def heads(self) -> Mapping[str, DecisionHead]:
        """The decision of every loaded document, by file name, latest signature first."""
        columns = self.columns

        def find(document: str) -> DecisionHead | None:
            number = columns.numbers_of_documents.get(document)
            return columns.heads[number] if number is not None and number < columns.held else None

        def rows() -> Iterable[DecisionHead]:
            return (columns.heads[number] for number in range(columns.held))

        return InRows(find, lambda: columns.documents[: columns.held], rows, columns.held)

    def decisions_titled(self, texts: Collection[str], *, most: int) -> list[DecisionHead]:
        """Return the first `most` decisions whose title, in lower case, contains one of some texts."""
        said = self.columns.containing("documents", "title", texts).tolist()
        return [self.columns.heads[number] for number in said[:most]]

    @cached_property
    def office_holders(self) -> Mapping[str, str]:
        """The people who signed decisions: name as printed -> fullest form of it ("P. Smith" -> "Paul Smith")."""
        return office_holders(set(self.columns.words("documents", "decided_by")))

    def signed_by(self, document: str) -> str:
        """Return the full name of the person who signed a document's decision; "" where only the office is printed."""
        head = self.heads.get(document)
        return self.office_holders.get(person_of(head.decided_by), "") if head is not None else ""

    def documents_signed_by(self, names: Collection[str]) -> frozenset[str]:
        """Return the documents whose decision was signed by one of some people, given by their full names."""
        full = {
            words: self.office_holders.get(person_of(words), "")
            for words in set(self.columns.words("documents", "decided_by"))
        }
        signers = self.columns.words("documents", "decided_by")[: self.columns.held]
        return frozenset(
            doc for doc, words in zip(self.columns.documents, signers, strict=False) if full[words] in names
        )

    @cached_property
    def documents_of(self) -> Mapping[str, tuple[str, ...]]:
        """The documents that record each decision, by the decision's IRI."""
        found = self.columns.postings("decisions")

        def find(iri: str) -> tuple[str, ...] | None:
            return tuple(self.columns.documents[number] for number in found.rows(iri).tolist()) or None

        return LookedUp(find, lambda: self.columns.words("decisions", "word"))

    @cached_property
    def documents_by_body(self) -> Mapping[str, frozenset[str]]:
        """The documents whose decisions a body took, by the body's id."""
        found: dict[str, set[str]] = {}
        for document, body in zip(self.columns.documents, self.columns.words("documents", "body"), strict=True):
            if body:
                found.setdefault(body, set()).add(document)
        return {body: frozenset(documents) for body, documents in found.items()}

    def documents_of_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the documents of the decisions that have one of some references, given by their keys."""
        iris = {iri for key in keys for iri in self.by_key.get(key, ())}
        return frozenset(document for iri in iris for document in self.documents_of.get(iri, ()))

    def documents_of_bodies(self, bodies: Iterable[str]) -> frozenset[str]:
        """Return the documents of the decisions that some bodies took, given by the bodies' ids."""
        return frozenset(document for body in bodies for document in self.documents_by_body.get(body, ()))

    def documents_of_areas(self, within: Collection[str]) -> frozenset[str]:
        """Return the documents of the decisions of the bodies whose area is one of some places, given by id."""
        return self.documents_of_bodies(body for area in within for body in self._bodies_by_area.get(area, ()))

    @cached_property
    def _bodies_by_area(self) -> Mapping[str, list[str]]:
        """The ids of the bodies that took decisions, by the id of their area."""
        found: dict[str, list[str]] = {}
        for body in self.documents_by_body:
            if area := self.registry.place_of_body(body):
                found.setdefault(area, []).append(body)
        return found

    def councils_of(self, places: Collection[str]) -> frozenset[str]:
        """Return the ids of the councils whose own area is one of some places, given by the places' ids."""
        return frozenset(
            id
            for id, row in self.registry.organisations.items()
            if row.type == "local-authority" and row.place in places
        )

    @cached_property
    def by_key(self) -> Mapping[str, tuple[str, ...]]:
        """The IRIs of the decisions that have a reference, by the reference's key.

        Loaded decisions come before cited ones.
        """
        columns = self.columns
        return LookedUp(lambda key: columns.decisions_of_key(key) or None, lambda: columns.words("keys", "key"))

    def references_in(self, text: str) -> Mapping[str, str]:
        """Return the references of loaded or cited decisions that a text contains: as printed, in lower case -> key."""
        return self.columns.references_in(text.lower())

    def caption_of(self, document: str) -> str:
        """Return the label to show for the decision of a document; the document's name if it has no decision."""
        return caption_of(document, self.heads)

    def caption(self, iri: str) -> str:
        """Return the label to show for a decision, given by its IRI."""
        for document in self.documents_of.get(iri, ()):
            return self.heads[document].caption
        return self.columns.cited_reference(iri) or iri.rpartition("/")[2]

    @lru_cache(maxsize=2_000)  # noqa: B019 - facts live as long as the process that asks
    def numbers_titled(self, stems: frozenset[str]) -> Any:
        """Return the numbers of the documents whose decision's title or reference has some stems, as a sorted array."""
        import numpy

        near = self.columns.postings("title_words").with_all(stems)  # or its body or signer has them
        if len(near) > _MANY:
            parts = [stem.removesuffix("i") for stem in stems if "#" not in stem]  # a "y" may have become an "i"
            near = self.columns.containing_all("documents", ("title", "reference"), parts, near)
        titles = ((number, self.title_stems.get(self.columns.documents[number], ())) for number in near.tolist())
        return numpy.array([number for number, title in titles if stems.issubset(title)], numpy.int32)

    @cached_property
    def title_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of the title and reference of each document's decision, by document."""

        def find(document: str) -> frozenset[str] | None:
            head = self.heads.get(document)
            return stems_of(f"{head.title} {head.reference or ''}") if head is not None else None

        return LookedUp(find, lambda: self.heads)
