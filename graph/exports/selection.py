"""The selection of an export: the sums and awards that its filters keep, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rdflib import URIRef

from graph.counting.ledger import part_of
from graph.counting.left_out import Reason
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.exports.filters import Filters
from graph.exports.flows import Verdicts, verdicts_on, years_of
from graph.exports.source import Source
from graph.exports.subgraph import Left, subgraph
from graph.exports.threshold import Triple, without
from graph.identifiers import document_name, entity_id, entity_iri
from graph.model import Award, Entity, EntityKind, FundingFlow
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import thing_key


class Selection:
    """The sums and awards that an export's filters keep, with the ledger's judgement on them."""

    def __init__(self, source: Source, filters: Filters) -> None:
        """Select the sums and awards that the filters keep."""
        self.source = source
        self.filters = filters
        asked = [s for s in source.flows if self._is_asked(s.flow, s.document) and self._is_for_place(s)]
        asked_awards = [
            s for s in source.awards if self._is_asked(s.award, s.document) and self._lies_in_place(s.award.place)
        ]
        keeps = filters.threshold.keeps
        self.flows = tuple(s for s in asked if keeps(s.flow.band.value, s.flow.confidence))
        self.awards = tuple(s for s in asked_awards if keeps(s.award.band.value, s.award.confidence))
        self._asked = (len(asked), len(asked_awards))

    @cached_property
    def verdicts(self) -> Verdicts:
        """Whether each kept sum counts: for the filtered thing if it is exactly one, else among all money."""
        return verdicts_on(self.source.ledger, self.filters.subject, self.flows)

    def part_of(self, tally: Tally) -> Tally:
        """Return the part of a tally that the kept sums make; nothing is counted anew."""
        is_whole = len(self.flows) == len(self.source.flows)
        return tally if is_whole else part_of(tally, self.flows)

    @cached_property
    def money(self) -> Tally:
        """The tally of the kept sums, as their part of the ledger's judgement on the filtered thing or on all money."""
        ledger, subject = self.source.ledger, self.filters.subject
        whole = ledger.tally(None, Side.SOURCES) if subject is None else ledger.main_tally(subject)
        return self.part_of(whole)

    @cached_property
    def grants(self) -> Tally:
        """What the ledger says of the grants among the sums: those of the thing of the filter, or among all."""
        return self.part_of(self.source.ledger.grants(self.filters.subject))

    @property
    def judged_for(self) -> Entity | None:
        """The thing whose total the grants are set against, None for all money together.

        A body's file holds what its decisions state of others, so its grants are judged among all.
        """
        subject = self.filters.subject
        return None if subject is not None and subject.kind is EntityKind.ORGANISATION else subject

    @cached_property
    def gone(self) -> frozenset[str]:
        """The IRIs of the sums and awards that the filters leave out."""
        known = {stated.iri for stated in self.source.flows} | {stated.iri for stated in self.source.awards}
        return frozenset(known) - self._kept

    @cached_property
    def steps(self) -> frozenset[str]:
        """The IRIs of the kept sums that are payments: where money comes in, and each step that passes it on."""
        whole = self.source.ledger.tally(None, Side.SOURCES)
        onward = [out.flow for out in whole.left_out if out.reason is Reason.PASSED_ON]
        return frozenset(stated.iri for stated in (*whole.flows, *whole.joint, *onward))

    @cached_property
    def relations(self) -> tuple[StatedRelation, ...]:
        """The relations of the export: all, or with filters those of the decisions and things that are kept."""
        if not self.is_narrowed:
            return self.source.relations
        here = self._documents
        return tuple(stated for stated in self.source.relations if stated.document in here and self._is_about(stated))

    @property
    def is_narrowed(self) -> bool:
        """Whether the export is narrowed to things or years, and not only by how sure readings are."""
        return bool(self.filters.things) or not self.filters.years.is_open

    def triples(self, graph: URIRef | None = None) -> Iterable[Triple]:
        """Return the triples that the filters keep, of one named graph, or of all graphs together for None."""
        document = document_name(str(graph)) if graph is not None else None
        if self.is_narrowed and document is not None and document not in self._documents:
            return ()
        triples = self.source.store.triples(graph)
        if self.is_narrowed:
            return subgraph(triples, self._left)
        return triples if self.filters.threshold.lets_all_through else without(triples, self.gone)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset([s.document for s in self.flows] + [s.document for s in self.awards])

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset([stated.iri for stated in self.flows] + [stated.iri for stated in self.awards])

    @cached_property
    def _things(self) -> frozenset[str]:
        """The IRIs of the things that the sums and awards name, of who decided them, and of the places around."""
        money: list[FundingFlow | Award] = [stated.flow for stated in self.flows]
        money += [stated.award for stated in self.awards]
        heads = [head for document in self._documents if (head := self.source.heads.get(document))]
        named = [*self.filters.things, *(head.body for head in heads)]
        for each in money:
            named += [each.funder, each.recipient, each.place, each.fund, *each.programmes]
        found = {str(entity_iri(thing)) for thing in named if thing is not None}
        found |= {place.iri for iri in found if (place := self.source.organisation_places.get(iri))}
        keys = [id for iri in found if (id := entity_id(iri)) and id[1] is EntityKind.PLACE]
        around = {key for id, kind in keys for key in self.source.places.around.get(f"{kind.value}/{id}", ())}
        return frozenset(found | {str(entity_iri(key.partition("/")[2], EntityKind.PLACE)) for key in around})

    @cached_property
    def _left(self) -> Left:
        heads = (self.source.heads.get(document) for document in self._documents)
        return Left(
            money=self._kept,
            things=self._things,
            decisions={head.iri for head in heads if head},
            documents=self._documents,
            relations={stated.iri for stated in self.relations},
        )

    def _is_about(self, stated: StatedRelation) -> bool:
        ends = [end for end in (stated.subject, stated.object) if isinstance(end, Entity)]
        return all(str(entity_iri(end)) in self._things for end in ends)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sentences on what the filters leave out."""
        said = []
        if self.is_narrowed:
            whole = (len(self.source.flows), len(self.source.awards))
            said.append(_said("left out by the filters", whole, self._asked))
        if self._asked != (len(self.flows), len(self.awards)):
            less = f"left out, as less sure than {self.filters.threshold.said}"
            said.append(_said(less, self._asked, (len(self.flows), len(self.awards))))
        return tuple(said)

    def _is_asked(self, money: FundingFlow | Award, document: str) -> bool:
        filters = self.filters
        if filters.programme is not None and thing_key(filters.programme) not in map(thing_key, money.programmes):
            return False
        if filters.fund is not None and (money.fund is None or thing_key(filters.fund) != thing_key(money.fund)):
            return False
        if filters.body is not None and not self._is_of(money, document, thing_key(filters.body)):
            return False
        if filters.years.is_open:
            return True
        return filters.years.has_any(years_of(money, self.source.heads.get(document)).years)

    def _is_of(self, money: FundingFlow | Award, document: str, body: str) -> bool:
        head = self.source.heads.get(document)
        named = (money.funder, money.recipient, head.body if head else None)
        return body in {thing_key(thing) for thing in named if thing is not None}

    def _is_for_place(self, stated: StatedFlow) -> bool:
        """Whether a sum is for the place asked for, by the ledger's rule: without a place, for the body's area."""
        place = self.filters.place
        return place is None or thing_key(place) in self.source.places.of(stated)

    def _lies_in_place(self, place: Entity | None) -> bool:
        if self.filters.place is None:
            return True
        wanted, here = thing_key(self.filters.place), thing_key(place) if place is not None else ""
        return wanted == here or wanted in self.source.places.around.get(here, ())


def _said(opening: str, whole: tuple[int, int], kept: tuple[int, int]) -> str:
    flows = f"{whole[0] - kept[0]:,} of {whole[0]:,} {'sum' if whole[0] == 1 else 'sums'}"
    awards = f"{whole[1] - kept[1]:,} of {whole[1]:,} {'award' if whole[1] == 1 else 'awards'} without a sum"
    return f"{opening}: {flows}, {awards}"
