"""Everything that exports read from a graph: flows, awards, decisions, relations, and the codes of things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.counting.graph_ledger import open_ledger, places_of
from graph.counting.ledger import Ledger, Places
from graph.identifiers import entity_iri, part_id
from graph.model import Entity
from graph.published.matching import Matches, match_published
from graph.published.record import PublishedRecord
from graph.queries import query
from graph.stated.awards import StatedAward, all_awards
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.flows import StatedFlow, all_flows
from graph.stated.relations import StatedRelation, all_relations
from graph.stores.store import Store


@dataclass(frozen=True, slots=True)
class OrganisationPlace:
    """The place in which an organisation is."""

    iri: str
    name: str


class Source:
    """A graph with its build's ledger; each part is read once, when it is first asked for."""

    def __init__(
        self, store: Store, folder: Path | None = None, created: str = "", *, ledger: Ledger | None = None,
        published: Sequence[PublishedRecord] = (),
    ) -> None:  # fmt: skip
        """Keep where to read.

        Args:
            store: The graph.
            folder: The build's folder, which holds the ledger; None without a build.
            created: The moment when the build was published: ISO date and time; "" without a build.
            ledger: The ledger, if the caller has it open.
            published: The published grants, contracts and payments that are held beside the graph.
        """
        self._given = ledger
        self.published = published
        self.store = store
        self.created = created
        self._folder = folder

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger: the counted money of every thing."""
        if self._given is not None:
            return self._given
        known = {stated.iri: stated for stated in self.flows}
        return open_ledger(self.store, self._folder, lambda key, iris: known)  # all are read, so none is looked up

    @cached_property
    def flows(self) -> tuple[StatedFlow, ...]:
        """Every funding flow, sorted by document and IRI."""
        return tuple(sorted(all_flows(self.store), key=lambda stated: (stated.document, stated.iri)))

    @cached_property
    def awards(self) -> tuple[StatedAward, ...]:
        """Every award whose sum is not printed, sorted by document and IRI."""
        return tuple(sorted(all_awards(self.store), key=lambda stated: (stated.document, stated.iri)))

    @cached_property
    def relations(self) -> tuple[StatedRelation, ...]:
        """Every relation between things or decisions."""
        return all_relations(self.store)

    @cached_property
    def heads(self) -> Mapping[str, DecisionHead]:
        """The decision that each document records, by file name."""
        return decision_heads(self.store)

    @cached_property
    def matches(self) -> Matches:
        """The published records, each beside the approved sum that it speaks of, or by itself."""
        return match_published(self.published, self.flows, self.heads)

    @cached_property
    def org_ids(self) -> Mapping[str, tuple[str, ...]]:
        """The public identifiers of each organisation that has any, by its IRI."""
        return self._several("export-organisation-ids", "organisation", "orgId")

    @cached_property
    def organisation_types(self) -> Mapping[str, str]:
        """The registry's type of each organisation, such as "local-authority", by the organisation's IRI."""
        found = self._several("export-organisation-types", "organisation", "type")
        return {iri: part_id(types[0]) for iri, types in found.items()}

    @cached_property
    def place_codes(self) -> Mapping[str, str]:
        """The code of the Office for National Statistics of each place that has one, by its IRI."""
        return {iri: codes[0] for iri, codes in self._several("export-places", "place", "code").items()}

    @cached_property
    def organisation_places(self) -> Mapping[str, OrganisationPlace]:
        """The place of each organisation, by the organisation's IRI."""
        rows = reversed(self.store.select(query("export-organisation-places")))
        return {str(row["organisation"]): OrganisationPlace(str(row["place"]), str(row["name"])) for row in rows}

    @cached_property
    def places(self) -> Places:
        """Which places lie within which, and for each document the area of the body that decided."""
        return places_of(self.store, self.heads)

    @cached_property
    def decision_dates(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The dates printed for each decision beside its signature, as (what it is of, ISO date), by IRI."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.store.select(query("export-decision-dates")):
            found[str(row["decision"])].append((str(row["what"]), str(row["date"])))
        return {iri: tuple(dates) for iri, dates in found.items()}

    def org_id(self, entity: Entity | None) -> str:
        """Return the first public identifier of an organisation; "" if it has none."""
        found = self.org_ids.get(str(entity_iri(entity)), ()) if entity is not None else ()
        return found[0] if found else ""

    def place_code(self, place: Entity | None) -> str:
        """Return the code of a place at the Office for National Statistics; "" if it has none."""
        return self.place_codes.get(str(entity_iri(place)), "") if place is not None else ""

    def _several(self, name: str, key: str, value: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.store.select(query(name)):
            found[str(row[key])].append(str(row[value]))
        return {iri: tuple(values) for iri, values in found.items()}
