"""Sentences with their anchors: the things, bodies, places and dates that a fact can be about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.model import Award, Entity, EntityKind, Evidence, FundingFlow
from graph.names.new_names import new_entity
from graph.parse.dates import find_dates
from ingest.document import Block, BlockKind
from ingest.extract.awards.named import named_in
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.statements.prose import ProseCutter
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import joined_names
from ingest.extract.words.sections import origin_of
from ingest.extract.words.sentences import Sentence, sentences_of
from ingest.extract.words.tokens import Sort

_YEAR = re.compile(r"(?<![\d/£,.-])20[0-3]\d(?:/(?:20)?\d\d)?(?![\d/,]|-\d)")
_WIDE = re.compile(
    r"\b(?:pan|all)-[A-Z]\w+|\b(?:[A-Z]\w+|county|force|area|city|region)[- ]?wide\b"
    r"|\b(?:across|all over|throughout|over) the (?:whole )?(?:county|force area|region)\b",
    re.I,
)
_SITED = re.compile(
    r"\b(?:in|at|across|throughout|around|near|within)\s+(?:(?:the|both|parts?|areas?|of|nearby|central|town|village|"
    r"city|towns|villages|wards?)\s+)*$"
)
_OFTEN = 3  #: times that a document names what it is about, where neither its title nor its money says so


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name, place or date that can be one end of a fact, with its offsets in the sentence."""

    sort: str
    value: Entity | str
    start: int
    end: int
    index: int = -1  #: of its token


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence with its anchors and with the topic of the sentences before it."""

    sentence: Sentence
    parse: Parse
    anchors: tuple[Anchor, ...]
    topic: Entity | None
    funded: tuple[FundingFlow | Award, ...] = ()  #: the money that stands in this sentence

    def of_sort(self, *sorts: str) -> list[Anchor]:
        """Return the anchors of these sorts, such as "thing" or "place", in order."""
        return [one for one in self.anchors if one.sort in sorts]


class SentenceReader:
    """Finds the anchors in the sentences of one document."""

    def __init__(
        self, scope: Scope, names: DocumentNames, lexicon: Lexicon, funded: Sequence[FundingFlow | Award] = ()
    ) -> None:
        self.scope = scope
        self.lexicon = lexicon
        self.cutter = ProseCutter(scope, names, lexicon)
        self.funded = funded
        self.funds: dict[int, Entity] = {}  #: where a sentence starts, and the first fund that it names
        self.things: dict[Entity, Evidence] = {}  #: every programme and fund that a sentence names, and where first
        self._parsed: list[tuple[Sentence, Parse, tuple[Anchor, ...]]] = []
        self._short: dict[Entity, Entity] = {}  #: short forms that brackets define
        self._commonest: Entity | None = None
        self.main: Entity | None = None  #: what the document is about; known with its sentences
        self.commonest_fund: Entity | None = None  #: the fund that the document names most
        programmes = [programme for one in funded for programme in one.programmes]
        self._own = {one.id: one for one in (*scope.programmes, *programmes)}

    def sentences(self) -> Iterator[Spoken]:
        """Yield the sentences of paragraphs and list items in order."""
        self._look_over()
        main = self.main = self.main_thing()
        topic: Entity | None = main
        block: Block | None = None
        for sentence, parse, found in self._parsed:
            if sentence.block is not block:
                block, topic = sentence.block, main
            anchors = tuple(self._settled(one) for one in found)
            for one in anchors:
                if one.sort in ("thing", "name") and isinstance(one.value, Entity):
                    self.things.setdefault(one.value, sentence.evidence())
                    if one.value.kind is EntityKind.FUND:
                        self.funds.setdefault(sentence.evidence().start, one.value)
            spoken_of = topic if self._speaks_of_more(parse, anchors) else None
            yield Spoken(sentence, parse, anchors, spoken_of, tuple(self._funded_in(sentence)))
            named = [one.value for one in anchors if one.sort == "thing" and isinstance(one.value, Entity)]
            named = [one for one in named if one.name[:1].isupper()]
            topic = named[0] if named else topic

    def _speaks_of_more(self, parse: Parse, anchors: Sequence[Anchor]) -> bool:
        """Return True for words that refer to a thing named before: "it", "the scheme", "the money"."""
        groups = ("stands-in", "award-thing", "money-noun", "programme-kind")
        named = [one for one in anchors if one.sort == "thing" and one.index >= 0]
        inside = {one.index for one in named if isinstance(one.value, Entity) and not one.value.name.islower()}
        return any(
            any(self.lexicon.is_in(group, token.text) for group in groups)
            for index, token in enumerate(parse.tokens)
            if token.name is None and index not in inside
        )

    def main_thing(self) -> Entity | None:
        """Return the default meaning of "it": the document's programme, else its title's thing, fund or commonest."""
        if self.scope.programmes:
            return self.scope.programmes[0]
        for one in self._anchors(self.cutter.parse(self.scope.decision.title)):
            if one.sort == "thing" and isinstance(one.value, Entity) and not one.value.name.islower():
                return one.value
        return self.scope.fund or next(iter(self.scope.funds), None) or self._commonest

    def _look_over(self) -> None:
        """Parse every sentence once; collect short forms in brackets and the most frequent new name."""
        if self._parsed:
            return
        counts: Counter[Entity] = Counter()
        for block in self.scope.document.blocks:
            if block.kind in (BlockKind.TABLE, BlockKind.FIELD, BlockKind.HEADING) or origin_of(block) is None:
                continue
            for sentence in sentences_of(self.scope.document, block):
                parse = self.cutter.parse(sentence.text)
                anchors = tuple(self._anchors(parse))
                self._parsed.append((sentence, parse, anchors))
                self._note_short_forms(parse, anchors)
                for one in anchors:
                    if one.sort in ("thing", "name") and isinstance(one.value, Entity) and one.value.name[:1].isupper():
                        counts[self._short.get(one.value, one.value)] += 1
        self.commonest_fund = next((one for one, _ in counts.most_common() if one.kind is EntityKind.FUND), None)
        common = [one for one, count in counts.most_common() if count >= _OFTEN and self._sort_of(one) == "thing"]
        self._commonest = common[0] if common else None

    def _note_short_forms(self, parse: Parse, anchors: Sequence[Anchor]) -> None:
        for first, second in pairwise(one for one in anchors if one.sort in ("thing", "name")):
            if parse.text[first.end : second.start] not in (" (", " (the "):
                continue
            short, long = second.value, first.value
            is_named = isinstance(long, Entity) and long.name[:1].isupper()
            if isinstance(short, Entity) and isinstance(long, Entity) and is_named and len(short.name) < len(long.name):
                self._short.setdefault(short, long)

    def _settled(self, one: Anchor) -> Anchor:
        """Return an anchor with its full name; as a thing if the document is about it or funds it."""
        if one.sort not in ("thing", "name") or not isinstance(one.value, Entity):
            return one
        value = self._short.get(one.value, one.value)
        if one.sort == "name" and self.main is not None and self._is_short_for(value, self.main):
            value = self.main
        own = self._own.get(value.id)
        is_thing = own is not None or value in (self._commonest, self.main)
        return replace(one, value=own or value, sort="thing" if is_thing else one.sort)

    def _is_short_for(self, value: Entity, main: Entity) -> bool:
        """Return True for "Bluebird" if the document is about the Bluebird Programme."""
        last = main.name.split()[-1]
        is_kind = self.lexicon.is_in("programme-kind", last) or self.lexicon.is_in("award-thing", last)
        return is_kind and value.name == main.name.removeprefix("The ").removesuffix(last).strip()

    def fund_before(self, spoken: Spoken) -> Entity | None:
        """Return the last fund named before a sentence; the document's fund if none was named."""
        before = [fund for start, fund in self.funds.items() if start <= spoken.sentence.start]
        return before[-1] if before else self.scope.fund or self.commonest_fund

    def _funded_in(self, sentence: Sentence) -> Iterator[FundingFlow | Award]:
        for one in self.funded:
            if sentence.start <= one.evidence[0].start < sentence.end:
                yield one

    def _anchors(self, parse: Parse) -> Iterator[Anchor]:
        tokens = parse.tokens
        for index, entity in named_in(parse, self.lexicon):
            sort = self._sort_of(entity)
            if sort == "organisation" and not entity.verified and tokens[index].name is not None:
                short = f" {entity.name.lower()}"  # "ZEBRA" for Project ZEBRA
                own = next((one for one in self.scope.programmes if f" {one.name.lower()}".endswith(short)), None)
                sort, entity = ("thing", own) if own is not None else ("name", entity)
            start = tokens[index].end - len(entity.name) if tokens[index].name is None else tokens[index].start
            yield Anchor(sort, entity, max(start, 0), tokens[index].end, index)
            if sort == "name" and self._is_sited(parse, index):
                place = new_entity(entity.name, EntityKind.PLACE)
                yield Anchor("place", place, tokens[index].start, tokens[index].end, index)
        for index, token in enumerate(tokens):
            if token.sort is Sort.SELF and self.scope.body is not None:
                yield Anchor("organisation", self.scope.body, token.start, token.end, index)
        for match in _WIDE.finditer(parse.text):
            if self.scope.place is not None:
                yield Anchor("place", self.scope.place, match.start(), match.end())
        yield from _dates_in(parse.text)

    def _sort_of(self, entity: Entity) -> str:
        if entity.kind is EntityKind.PLACE:
            return "place"
        last = entity.name.split()[-1].lower()
        is_thing = entity.kind in (EntityKind.PROGRAMME, EntityKind.FUND) or (
            not entity.verified
            and (self.lexicon.is_in("programme-kind", last) or self.lexicon.is_in("award-thing", last))
        )
        return "thing" if is_thing else "organisation"

    def _is_time(self, name: str) -> bool:
        """Return True for a name that is a time, such as "Spring 2021"."""
        return any(one.isdigit() for one in name) or self.lexicon.is_in("time-of-year", name.split()[0])

    def _is_sited(self, parse: Parse, index: int) -> bool:
        """Return True for an unknown name in the position of a place: "in Elmley and Oakham"."""
        for at in joined_names(parse, index):
            name = parse.tokens[at].name
            if name is None or not name.entity.name[:1].isupper() or self._is_time(name.entity.name):
                return False
            last = name.entity.name.split()[-1]
            if at == index and (last.isupper() or self.lexicon.is_in("head", last)):
                return False  # "in Harbour Trust", "in the East BCU": a body
        first = parse.tokens[joined_names(parse, index)[0]]
        return _SITED.search(parse.text[: first.start]) is not None


def _dates_in(text: str) -> Iterator[Anchor]:
    dates = find_dates(text)
    for date in dates:
        yield Anchor("date", date.date, date.start, date.end)
    for match in _YEAR.finditer(text):
        if not any(date.start <= match.start() < date.end for date in dates):
            yield Anchor("date", re.sub(r"/20(\d\d)$", r"/\1", match[0]), match.start(), match.end())
