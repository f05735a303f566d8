"""Facts other than money in the sentences of a document: who partners in, leads and delivers what, where and when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from graph.model import Award, Entity, EntityKind, FundingFlow, Relation, RelationKind
from graph.parse.years import find_years, year_span
from ingest.extract.facts.counts import counts_in, declined_in, shares_in
from ingest.extract.facts.dated import dates_in
from ingest.extract.facts.derived import (
    dates_of_awards,
    facts_of_awards,
    parts_by_name,
    parts_of_funds,
    refusals,
    services_of_payees,
)
from ingest.extract.facts.patterns import FactPattern, load_fact_patterns
from ingest.extract.facts.placed import area_of_things, is_within, places_of_entries, places_of_funded
from ingest.extract.facts.spoken import Anchor, SentenceReader, Spoken
from ingest.extract.facts.tabled import facts_of_entries
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.relations.decision_links import name_of_decision
from ingest.extract.scope.document import Scope
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import joined_names

_BESIDE = re.compile(
    r"\s*(?:(?:the|its?|an?|early|late|mid|about|around|financial|year|years|on|in|of|end|beginning|start|1)[\s-]+)*",
    re.I,
)
_TO_PLACE = re.compile(
    r"\s*+(?:(?:the|both|all|parts?|areas?|of|boroughs?|districts?|county|city|town)\s+)*"
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:[\w-]+\s+){0,2}?(?:[a-z]+(?:s|ies))"
    r"(?:\s+(?:across|in|of)\s++[\w\s&]{2,40}?)?\s*+[(:,]\s*+)?"
)
_TO_NAME = re.compile(r"\s*(?:(?:the|its|their|our|a|an|new|for|of)\s+)*[‘“'\"]?")
_FROM_NAME = re.compile(
    r"[’”'\"]?\s*+[,(]?\s*+(?:(?:which|that|is|are|was|were|will|has|have|been|be|being|now|to|jointly|currently)\s+)*"
)
_PILOT = re.compile(r"\b(?:pilot|trial|test(?:ed|ing)?\b)", re.I)
_ALSO_OF_TOPIC = (
    "partnerIn",
    "pilotedIn",
    "deliveredIn",
)  #: told of what the paragraph is about, besides what the sentence names
_BESIDE_WORDS = ("partOf", "hasPart")
_OF_BODIES = (RelationKind.PARTNER_IN, RelationKind.DELIVERS, RelationKind.LEADS)
_DOING = (RelationKind.DELIVERS, RelationKind.LEADS, RelationKind.EVALUATES, RelationKind.DEVELOPED)
_OF_WORK = (RelationKind.DELIVERS, RelationKind.EVALUATES)
_PLACED = (RelationKind.DELIVERED_IN, RelationKind.PILOTED_IN)
_FAILED = re.compile(r"\bbids?\b.{0,300}\b(?:unsuccessful|not successful|failed)\b", re.I)
_MONEY_AFTER = re.compile(r"\s+(?:\w+\s+){0,2}?(?:funding|funds|grants?|money|contributions?)\b|\s*£", re.I)
_INTO_LIST = re.compile(r"(?:among them|including|such as|namely|:|\()\s*(?:the\s+)?$", re.I)
_LOOSE = ("with", "work with", "works with", "working with", "supported by", "backed by")  #: of known partners alone
_FEWEST_PARTNERS = 3
_MOST_BETWEEN = 60  #: characters between words that state a fact and what they state it of


class FactReader:
    """Reads the facts of one document."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.scope = reader.scope
        self.lexicon = reader.lexicon
        self.patterns = load_fact_patterns()
        self.paid = {one.recipient for one in reader.funded if one.recipient != reader.scope.body}
        self.places: list[Relation] = []  #: where the money of sentences goes; known after facts()

    def facts(self) -> list[Relation]:
        """Return the facts that sentences state, one for each place where a fact is stated."""
        found: list[Relation] = []
        for spoken in self.reader.sentences():
            for pattern in self.patterns:
                for match in pattern.words.finditer(spoken.parse.text):
                    if not self._is_other(pattern, match, spoken.parse.text):
                        found.extend(self._stated(pattern, match, spoken))
            found.extend(self._counted(spoken))
            found.extend(self._dated(spoken))
            found.extend(self._together(spoken))
            self.places.extend(places_of_funded(spoken, self.scope))
            self.places.extend(places_of_entries(spoken, self.scope))
            found.extend(services_of_payees(spoken, self.scope, self.reader.funded))
        return found

    def _counted(self, spoken: Spoken) -> Iterator[Relation]:
        """Yield the number of awards that a sentence gives, the shares of money, and declined bids."""
        text, evidence, body = spoken.parse.text, (spoken.sentence.evidence(),), self.scope.body
        for count in counts_in(text, self.lexicon):
            for subject in self._counting(spoken):
                yield Relation(subject, RelationKind.NUMBER_OF_AWARDS, count, evidence)
        for share, at in shares_in(text):
            before = [one for one in spoken.of_sort("organisation", "thing") if one.end <= at]
            if before and "£" in text:
                yield Relation(before[-1].value, RelationKind.SHARE, share, evidence)
        for words, at in declined_in(text):
            acting = [one.value for one in spoken.of_sort("organisation", "name") if at - _MOST_BETWEEN < one.end <= at]
            who = acting[-1] if acting else body
            if who is not None:
                yield Relation(who, RelationKind.DECLINED, words, evidence)

    def _counting(self, spoken: Spoken) -> list[Entity]:
        """Return whose awards a sentence counts: its fund's; else its programme's or the document's, and the body's."""
        named = [one.value for one in spoken.of_sort("thing") if isinstance(one.value, Entity)]
        named = [one for one in named if not one.name.islower()]
        funds = [one for one in named if one.kind is EntityKind.FUND]
        before = [self.reader.fund_before(spoken), spoken.topic, self.scope.body]
        own = [one for one in (*funds, *named[:1], *before) if one is not None][:1]
        return list(dict.fromkeys([*own, *([self.scope.body] if self.scope.body is not None and not funds else [])]))

    def _dated(self, spoken: Spoken) -> Iterator[Relation]:
        """Yield the start and end dates of the things in a sentence."""
        for kind, date, at in dates_in(spoken, self.lexicon):
            for subject in self._lasting(spoken, at):
                yield Relation(subject, kind, date.value, (spoken.sentence.evidence(),))

    def _together(self, spoken: Spoken) -> Iterator[Relation]:
        """Yield a partnership if a sentence about partners lists three or more bodies."""
        cues = {cue for cue, pattern in self.lexicon.cues["award"] if pattern.search(spoken.parse.text)}
        ends = [one.value for one in spoken.of_sort("organisation", "name")]
        bodies = list(dict.fromkeys(one for one in ends if isinstance(one, Entity) and self._is_partner(one)))
        if "partner" not in cues or len(bodies) < _FEWEST_PARTNERS:
            return
        things = [one.value for one in spoken.of_sort("thing") if isinstance(one.value, Entity)]
        thing = next((one for one in things if not one.name.islower()), None) or spoken.topic
        for one in bodies:
            if thing is not None and one != thing:
                yield Relation(one, RelationKind.PARTNER_IN, thing, (spoken.sentence.evidence(),))

    def _is_partner(self, one: Entity) -> bool:
        """Return True for a body that can be a partner: neither the deciding body nor a department that pays."""
        row = self.scope.names.registry.organisations.get(one.id)
        is_plain = one.verified or self.lexicon.is_in("head", _last_word(one))
        is_payer = one == self.scope.body or (row is not None and row.type == "government-department")
        return is_plain and not is_payer and not _is_description(one)

    def _lasting(self, spoken: Spoken, at: int) -> list[Entity]:
        """Return what a verb of starting or ending is about: the nearest thing before it, else the first thing.

        If that thing is only described in small letters, the topic of the paragraph is returned too.
        """
        things = [one for one in spoken.of_sort("thing") if isinstance(one.value, Entity)]
        chosen = ([one for one in things if one.end <= at][-1:] or things[:1])[:1]
        found = [one.value for one in chosen if isinstance(one.value, Entity)]
        if not any(not one.name.islower() for one in found) and spoken.topic is not None:
            found.append(spoken.topic)
        return list(dict.fromkeys(found))

    def _is_other(self, pattern: FactPattern, match: re.Match[str], text: str) -> bool:
        """Return True for words that only resemble a partnership: "a contract with X", "their work with X"."""
        if pattern.relation != "partnerIn":
            return False
        before = text[: match.start()].split()
        last = before[-1].lower().strip("(,") if before else ""
        is_noun = match[0].lower().startswith("work ") and self.lexicon.is_in("determiner", last)
        return is_noun or (match[0].lower() == "with" and self.lexicon.is_in("no-partner", last))

    # -- facts ---------------------------------------------------------------------------------------------------

    def _stated(self, pattern: FactPattern, match: re.Match[str], spoken: Spoken) -> Iterator[Relation]:
        subjects = self._end(pattern, pattern.subject, pattern.subject_side, match, spoken)
        objects = self._end(pattern, pattern.object, pattern.object_side, match, spoken)
        kind = RelationKind.PART_OF if pattern.relation == "hasPart" else RelationKind(pattern.relation)
        if kind is RelationKind.DELIVERED_IN and _PILOT.search(
            spoken.parse.text[max(0, match.start() - 90) : match.start()]
        ):
            kind = RelationKind.PILOTED_IN
        if _is_unsaid(kind, match, spoken.parse.text):
            return
        if kind in _PLACED:
            objects = [one for one in objects if not self._is_wider(one, spoken) and is_within(one, self.scope)]
            subjects = [one for one in subjects if one in self.paid or not _is_description(one)]
        if kind in _OF_BODIES and set(objects) & set(subjects):
            # a list of bodies is not what they do: then it is what the paragraph is about
            objects = [one for one in (spoken.topic,) if one is not None]
        if kind is RelationKind.PARTNER_IN and match[0].lower() in _LOOSE:
            subjects = [one for one in subjects if isinstance(one, Entity) and self._is_partner(one)]
        for subject in subjects:
            for value in objects:
                first, second = (value, subject) if pattern.relation == "hasPart" else (subject, value)
                if first != second and not (kind in _OF_BODIES and _is_description(first)):
                    detail = _years_of(spoken.parse.text) if kind is RelationKind.PILOTED_IN else ""
                    yield Relation(first, kind, second, (spoken.sentence.evidence(),), detail)

    def _end(
        self, pattern: FactPattern, sort: str, side: str, match: re.Match[str], spoken: Spoken
    ) -> list[Entity | str]:
        """Return what stands at one end of a fact: the names of a list, the nearest thing or a date.

        [] if nothing does.
        """
        if sort == "body":
            return [self.scope.body] if self.scope.body is not None else []
        if sort == "decision":
            return [name_of_decision(self.scope.document, self.scope.decision)]
        if sort == "thing":
            return list(dict.fromkeys(self._things(pattern, side, match, spoken)))
        sorts = {"source": ("thing", "organisation", "name"), "organisation": ("organisation", "name")}.get(
            sort, (sort,)
        )
        fitting = [one for one in spoken.anchors if one.sort in sorts]
        before = [one for one in fitting if one.end <= match.start()]
        after = [one for one in fitting if one.start >= match.end() - 1]
        if side == "after":
            first = next((one for one in after if self._is_near(sort, match.end(), one.start, spoken)), None)
            return self._listed(first, spoken) if first is not None else []
        if before and self._is_near(sort, before[-1].end, match.start(), spoken):
            return self._listed(before[-1], spoken)
        return []

    def _is_wider(self, place: Entity | str, spoken: Spoken) -> bool:
        """Return True for a place that the sentence narrows down: England in "across England (Kent and Essex)"."""
        others = [one.value for one in spoken.anchors if one.sort == "place" and one.value != place]
        contains = self.scope.names.registry.place_contains
        return isinstance(place, Entity) and any(
            isinstance(one, Entity) and contains(place.id, one.id) for one in others
        )

    def _things(self, pattern: FactPattern, side: str, match: re.Match[str], spoken: Spoken) -> Iterator[Entity | str]:
        """Yield the thing that words are about: named, described in small letters, or else the paragraph's topic."""
        is_beside = pattern.relation in _BESIDE_WORDS
        things = spoken.of_sort("thing", "name") if is_beside else spoken.of_sort("thing")
        if pattern.relation in _DOING:
            things = sorted([*things, *self._adjacent(match, spoken)], key=lambda one: one.start)
        before = [one for one in things if one.end <= match.start()]
        after = [one for one in things if one.start >= match.end() - 1]
        if is_beside:
            before = [one for one in before if self._is_near("thing", one.end, match.start(), spoken)]
            after = [one for one in after if self._is_near("thing", match.end(), one.start, spoken)]
        listed = self._after_colon(match, spoken) if pattern.object == "date" else []
        first, second = (after[:1], before[-1:]) if side == "after" else (before[-1:], after[:1])
        if side == "near" and before and after and after[0].start - match.end() < match.start() - before[-1].end:
            first = after[:1]
        chosen = listed or (first or second)[:1]
        if not chosen:
            bodies = [one for one in spoken.of_sort("name", "organisation") if one.value in self.paid]
            chosen = [one for one in bodies if one.end <= match.start()][-1:]
        for one in chosen:
            yield from [one.value] if listed else self._listed(one, spoken)
        is_named = pattern.relation not in _ALSO_OF_TOPIC and any(
            isinstance(one.value, Entity) and one.value.name[:1].isupper() for one in chosen
        )
        if not is_named and spoken.topic is not None:
            yield spoken.topic

    def _adjacent(self, match: re.Match[str], spoken: Spoken) -> Iterator[Anchor]:
        """Yield the names directly beside the words of a fact, whatever their kind: "runs Second Bell"."""
        text = spoken.parse.text
        for one in spoken.of_sort("name"):
            behind, before = text[match.end() : one.start], text[one.end : match.start()]
            is_behind = one.start >= match.end() and _TO_NAME.fullmatch(behind)
            if is_behind or (one.end <= match.start() and _FROM_NAME.fullmatch(before)):
                yield one

    def _after_colon(self, match: re.Match[str], spoken: Spoken) -> list[Anchor]:
        """Return the things listed in "are extended to March: A, B and C"."""
        colon = spoken.parse.text.find(":", match.end(), match.end() + 30)
        if colon < 0:
            return []
        after = [one for one in spoken.of_sort("thing", "name") if one.start > colon]
        return [one for one in after if isinstance(one.value, Entity) and one.value.name[:1].isupper()]

    def _is_near(self, sort: str, start: int, end: int, spoken: Spoken) -> bool:
        between = spoken.parse.text[start:end]
        if sort == "date":
            return _BESIDE.fullmatch(between) is not None
        if sort == "place":
            return _TO_PLACE.fullmatch(between) is not None
        return len(between) < _MOST_BETWEEN and not re.search(r"[.;:£]", between)

    def _named_behind(self, one: Anchor, spoken: Spoken) -> Anchor | None:
        """Return the first name after a description, such as X in "local charities that ..., among them X, Y and Z"."""
        named = [end for end in spoken.of_sort("organisation", "name") if end.start > one.end]
        behind = next((end for end in named if not _is_description(end.value)), None)
        is_listed = behind is not None and _INTO_LIST.search(spoken.parse.text[one.end : behind.start]) is not None
        return behind if is_listed else None

    def _listed(self, first: Anchor, spoken: Spoken) -> list[Entity | str]:
        """Return a name together with the names that commas and "and" join to it."""
        if first.index < 0 or spoken.parse.tokens[first.index].name is None:
            listed = self._named_behind(first, spoken) if _is_description(first.value) else None
            return [first.value, *(self._listed(listed, spoken) if listed is not None else ())]
        joined = joined_names(spoken.parse, first.index)
        by_index = {one.index: one for one in spoken.anchors}
        return [by_index[index].value for index in joined if index in by_index and _alike(by_index[index], first)]


def _alike(one: Anchor, other: Anchor) -> bool:
    sorts = {one.sort, other.sort}
    return len(sorts) == 1 or sorts in ({"organisation", "name"}, {"thing", "name"})


def _is_unsaid(kind: RelationKind, match: re.Match[str], text: str) -> bool:
    """Return True if a bid failed, or if what is "provided" is money: then nobody delivers or takes part."""
    if kind not in _OF_BODIES:
        return False
    return _FAILED.search(text) is not None or _MONEY_AFTER.match(text, match.end()) is not None


def _years_of(text: str) -> str:
    """Return the years in a sentence, "2016/17-2018/19"; "" if there are none, or if they belong to sums."""
    years = [mention for mention in find_years(text) if not mention.label]
    return year_span(years[0].years) if years and "£" not in text else ""


def _named(end: Entity | str) -> str:
    return end.name if isinstance(end, Entity) else end


def _last_word(end: Entity | str) -> str:
    return _named(end).split()[-1]


def _is_description(end: Entity | str) -> bool:
    """Return True for a description that names nobody, such as "local agencies"."""
    return isinstance(end, Entity) and end.name.islower()


def read_facts(
    scope: Scope, names: DocumentNames, lexicon: Lexicon, funded: Sequence[FundingFlow | Award]
) -> list[Relation]:
    """Return the facts of one decision; `funded` are its flows and its awards without a printed amount."""
    reader = SentenceReader(scope, names, lexicon, funded)
    sentences = FactReader(reader)
    found = sentences.facts()
    piloted = {one.subject for one in found if one.kind is RelationKind.PILOTED_IN}
    found += [one for one in sentences.places if one.subject not in piloted]  # a pilot is where it is tried out
    placed = {one.subject for one in found if one.kind in _PLACED}
    area = area_of_things(scope, reader.main_thing(), reader.things, funded)
    inferred = [*area, *facts_of_awards(scope, funded)]
    told = [
        *found,
        *(one for one in inferred if one.kind not in _PLACED or one.subject not in placed),
        *dates_of_awards(found, funded),
        *refusals(scope, funded),
        *parts_of_funds(funded),
        *parts_by_name(reader.things),
        *facts_of_entries(scope, reader.cutter),
    ]
    places = {_named(one.object) for one in told if one.kind in _PLACED}
    sited = (one for one in told if one.kind not in _PLACED or _is_sited(one.subject, places, scope))
    return [one for one in sited if one.kind not in _OF_WORK or not _is_known_body(one.object)]


def _is_known_body(one: Entity | str) -> bool:
    """Whether it is a body of the register, which does work and is none that another delivers or evaluates."""
    return isinstance(one, Entity) and one.kind is EntityKind.ORGANISATION and one.verified


def _is_sited(subject: Entity | str, places: Collection[str], scope: Scope) -> bool:
    """Return False for the deciding body and for a place, since "Elmley and Oakham" are not in each other."""
    return subject != scope.body and isinstance(subject, Entity) and subject.name not in places
