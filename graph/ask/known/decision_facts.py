"""The decisions that a graph holds, by document, body, signer and reference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from graph.ask.known.people import office_holders, person_of
from graph.ask.known.words import stems_of
from graph.columns.columns import Columns
from graph.columns.lookups import InRows, LookedUp
from graph.registry import Registry
from graph.stated.decisions import DecisionHead


class DecisionFacts:
    """What the graph says of decisions."""

    @cached_property
    def columns(self) -> Columns:
        """What the graph states, as columns."""
        raise NotImplementedError

    @property
    def registry(self) -> Registry:
        """The names we know."""
        raise NotImplementedError

    @cached_property
    def heads(self) -> Mapping[str, DecisionHead]:
        """Every loaded decision, by document, latest signature first."""
        columns = self.columns

        def find(document: str) -> DecisionHead | None:
            number = columns.numbers_of_documents.get(document)
            return columns.heads[number] if number is not None and number < columns.held else None

        def rows() -> Iterable[DecisionHead]:
            return (columns.heads[number] for number in range(columns.held))

        return InRows(find, lambda: columns.documents[: columns.held], rows, columns.held)

    @cached_property
    def office_holders(self) -> Mapping[str, str]:
        """Names of those who signed, as printed -> in full."""
        return office_holders(set(self.columns.words("documents", "decided_by")))

    def signed_by(self, document: str) -> str:
        """The full name of who signed a document's decision; "" where only the office is printed."""
        head = self.heads.get(document)
        return self.office_holders.get(person_of(head.decided_by), "") if head is not None else ""

    def documents_signed_by(self, names: Collection[str]) -> frozenset[str]:
        """The documents whose decision was signed by one of these people, given by their full names."""
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
        """The documents that record each decision, by its IRI."""
        found = self.columns.postings("decisions")

        def find(iri: str) -> tuple[str, ...] | None:
            return tuple(self.columns.documents[number] for number in found.rows(iri).tolist()) or None

        return LookedUp(find, lambda: self.columns.words("decisions", "word"))

    @cached_property
    def documents_by_body(self) -> Mapping[str, frozenset[str]]:
        """The documents that each body decided in, by the body's id."""
        found: dict[str, set[str]] = {}
        for document, body in zip(self.columns.documents, self.columns.words("documents", "body"), strict=True):
            if body:
                found.setdefault(body, set()).add(document)
        return {body: frozenset(documents) for body, documents in found.items()}

    def documents_of_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """The documents of the decisions that bear one of these references."""
        iris = {iri for key in keys for iri in self.by_key.get(key, ())}
        return frozenset(document for iri in iris for document in self.documents_of.get(iri, ()))

    def documents_of_bodies(self, bodies: Iterable[str]) -> frozenset[str]:
        """The documents that some bodies decided in."""
        return frozenset(document for body in bodies for document in self.documents_by_body.get(body, ()))

    def documents_of_areas(self, within: Collection[str]) -> frozenset[str]:
        """The documents decided by the bodies of some areas."""
        return self.documents_of_bodies(b for b in self.documents_by_body if self.registry.place_of_body(b) in within)

    def councils_of(self, places: Collection[str]) -> frozenset[str]:
        """The ids of the councils whose own area is one of these places."""
        return frozenset(
            id
            for id, row in self.registry.organisations.items()
            if row.type == "local-authority" and row.place in places
        )

    @cached_property
    def by_key(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a reference -> the IRIs of the decisions that have it, loaded ones first."""
        columns = self.columns
        return LookedUp(lambda key: columns.decisions_of_key(key) or None, lambda: columns.words("keys", "key"))

    def references_in(self, text: str) -> Mapping[str, str]:
        """Printed reference in lower case -> its key, for those loaded or cited that stand in a text."""
        return self.columns.references_in(text.lower())

    def caption_of(self, document: str) -> str:
        """What to call the decision of a document."""
        head = self.heads.get(document)
        return head.caption if head is not None else document

    def caption(self, iri: str) -> str:
        """What to call a decision."""
        for document in self.documents_of.get(iri, ()):
            return self.heads[document].caption
        return self.columns.cited_reference(iri) or iri.rpartition("/")[2]

    @cached_property
    def title_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of each document's title and reference."""

        def find(document: str) -> frozenset[str] | None:
            head = self.heads.get(document)
            return stems_of(f"{head.title} {head.reference or ''}") if head is not None else None

        return LookedUp(find, lambda: self.heads)
