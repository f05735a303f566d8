"""Candidates for awards without a printed amount: the names of a document with the features of their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graph.model import Entity, EntityKind, Evidence, FundingFlow
from graph.parse.money import find_money
from ingest.document import Block, BlockKind
from ingest.extract.awards.features import PlaceFeatures, Where
from ingest.extract.awards.named import named_in
from ingest.extract.choice import Option
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.parties import PartyReader
from ingest.extract.statements.prose import ProseCutter
from ingest.extract.statements.statement import Lead
from ingest.extract.words.clauses import Parse, governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sections import origin_of
from ingest.extract.words.sentences import Sentence, sentences_of
from ingest.extract.words.tokens import Sort, Token

_LONGEST_ENTRY = 110
_NEAR_START = 6  #: characters: a mark or an article may stand before the first name of an entry
_LONGEST_LINE = 160  #: characters of a line among several
_CUT = re.compile(
    r"\s{1,9}[-–—]\s{1,9}|\s{0,9}[:;|(]\s{0,9}|,\s{1,9}|\s{1,9}(?=[‘“'\"][A-Z])"
    r"|\s{1,9}(?=(?:which|who|for|to|with|in|from|based)\b)"
)
_BULLET = re.compile(r"^[\s•*·▪‣◦o-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)?(?:and\s+)?")


class AwardRole(StrEnum):
    """The role of a name in an award without a printed amount."""

    NONE = "none"
    PAYEE = "payee"
    THING = "thing"  #: what is funded, where the text names nobody who is paid
    GIVER = "giver"  #: who gives the deciding body money


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: in a sentence, list entry, title or cell."""

    entity: Entity
    parse: Parse
    index: int  #: of the name among the tokens
    evidence: Evidence
    features: tuple[str, ...]
    lead: int = 0  #: where the sentence stands that leads up to its list

    @property
    def row(self) -> tuple[str, int] | None:
        """The list that the mention belongs to (entries below a lead-in, items of a sentence); None for a lone name."""
        if "item" in self.features:
            return "item", self.evidence.start
        return ("entry", self.lead) if self.lead and self.features[0] == "entry" else None


@dataclass(slots=True)
class Candidate:
    """A name with all its mentions."""

    entity: Entity
    mentions: list[Mention] = field(default_factory=list)
    features: list[str] = field(default_factory=list)  #: of the name in the whole document

    def _is_body(self) -> bool:
        """Return True for an organisation by the registry or by the name's last word: it is paid rather than funded."""
        is_thing = {"last=programme-kind", "last=fund-kind", "last=award-thing"} & set(self.features)
        is_body = self.entity.verified or "last=head" in self.features
        return self.entity.kind is EntityKind.ORGANISATION and is_body and not is_thing

    def options(self) -> list[Option[tuple[AwardRole, Mention | None]]]:
        """Return "no role" and an option for each mention and possible role, with features of mention and name."""
        roles = [AwardRole.PAYEE, AwardRole.THING]
        if "kind=giver" in self.features:
            roles = [AwardRole.GIVER]
        elif self.entity.kind in (EntityKind.FUND, EntityKind.PROGRAMME) and self.entity.verified:
            roles = [AwardRole.THING]
        elif self._is_body():
            roles = [AwardRole.PAYEE]
        found: list[Option[tuple[AwardRole, Mention | None]]] = [Option((AwardRole.NONE, None), ())]
        for mention in self.mentions:
            for role in roles if "kind=giver" not in self.features or _speaks_of_money(mention) else ():
                features = tuple(f"{role}:{feature}" for feature in ("bias", *self.features, *mention.features))
                found.append(Option((role, mention), features))
        return found


class CandidateReader:
    """Finds the names of one document that may be funded without a printed amount."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow]) -> None:
        self.scope = scope
        self.lexicon = lexicon
        self.places = PlaceFeatures(lexicon)
        self.names = names
        self.cutter = ProseCutter(scope, names, lexicon)
        self.parties = PartyReader(scope, names, lexicon)
        self.paid = [_words(flow.recipient.name) for flow in flows if flow.recipient is not None]
        self.paying = {flow.funder for flow in flows}
        self.priced = {programme for flow in flows for programme in flow.programmes}
        self.flows = len(flows)

    def candidates(self) -> list[Candidate]:
        """Return the candidates in the order of the document."""
        found: dict[Entity, Candidate] = {}
        for mention in self._mentions():
            found.setdefault(mention.entity, Candidate(mention.entity)).mentions.append(mention)
        for one in found.values():
            one.features = self._of_name(one)
        return list(found.values())

    # -- mentions ------------------------------------------------------------------------------------------------

    def _mentions(self) -> Iterator[Mention]:
        yield from self._of_title()
        lead: Lead | None = None
        for block in self.scope.document.blocks:
            if block.kind is BlockKind.TABLE:
                yield from self._of_table(block)
            if block.kind in (BlockKind.TABLE, BlockKind.FIELD, BlockKind.HEADING) or origin_of(block) is None:
                lead = lead if block.kind is BlockKind.HEADING else None
                continue
            is_entry = block.kind is BlockKind.ITEM or (lead is not None and _is_entry(block.text))
            parse: Parse | None = None
            for sentence in sentences_of(self.scope.document, block):
                parse = self.cutter.parse(sentence.text)
                yield from self._of_sentence(sentence, parse, lead if is_entry else None)
            if is_entry and lead is not None:
                yield from self._of_entry(block, lead)
            if block.text.rstrip().endswith(":") and parse is not None and parse.tokens:
                lead = Lead(parse, governor_of(parse, len(parse.tokens) - 1))
            elif not is_entry:
                lead = None

    def _of_title(self) -> Iterator[Mention]:
        title = self.scope.decision.title
        start = self.scope.document.text.find(title)
        if title and start >= 0:
            parse = self.cutter.parse(title)
            where = Where(Evidence("Title", title, None, start, start + len(title)))
            for index, entity in self._named(parse):
                yield self._mention(entity, parse, index, where)

    def _of_sentence(self, sentence: Sentence, parse: Parse, lead: Lead | None) -> Iterator[Mention]:
        where = Where(sentence.evidence(), sentence.block, lead)
        is_first = lead is not None and sentence.start == sentence.block.start
        for index, entity in self._named(parse):
            opens = is_first and parse.tokens[index].start <= _NEAR_START
            yield self._mention(entity, parse, index, replace(where, opens=opens))

    def _named(self, parse: Parse) -> Iterator[tuple[int, Entity]]:
        """Yield the names of a sentence that may be funded, without those that have an amount beside them."""
        for index, entity in named_in(parse, self.lexicon):
            if (
                entity.kind is not EntityKind.PLACE
                and entity != self.scope.body
                and not _is_labelled(parse.tokens, index)
            ):
                yield index, entity

    def _of_entry(self, block: Block, lead: Lead) -> Iterator[Mention]:
        """Yield the payees of a list entry without a verb: "NAME - what for", "PLACE - NAME 'PROJECT'"."""
        text = self.scope.document.text
        for start, end in _lines(text, block):
            opening = _BULLET.match(text[start:end])
            begin = opening.end() if opening else 0
            words = text[start + begin : end].strip(" .;,")
            if not find_money(words) and len(words) > 2:
                yield from self._of_line(Sentence(text[start:end], start, end, block), begin, words, lead)

    def _of_line(self, line: Sentence, begin: int, words: str, lead: Lead) -> Iterator[Mention]:
        head, rest = _cut(words)
        parse = self.cutter.parse(line.text)
        if any(token.sort is Sort.VERB and begin <= token.start < begin + len(head) for token in parse.tokens):
            return
        spoken = [one.entity for one in self.names.find(head)]
        if rest and (head[:1].islower() or (spoken and all(one.kind is EntityKind.PLACE for one in spoken))):
            head, rest = _cut(rest)
        paid = [one.entity for one in self.names.find(rest) if self._is_paid(one.entity, opens=one.start < _NEAR_START)]
        entity = self.cutter.entity_of_label(head) if len(head) <= _LONGEST_ENTRY else None
        named = [(entity, "entry-before" if paid else "entry")] if entity is not None else []
        for one, form in [*named, *((one, "entry-after") for one in paid)]:
            if one.kind is not EntityKind.PLACE:
                index = next((i for i, token in enumerate(parse.tokens) if token.end > begin), 0)
                yield self._mention(one, parse, index, Where(line.evidence(), line.block, lead, form))

    def _is_paid(self, entity: Entity, *, opens: bool) -> bool:
        """Return True for an organisation behind an entry's mark that stands first or clearly is a body's name."""
        is_plain = entity.verified or self.lexicon.is_in("head", entity.name.split()[-1])
        return entity.kind is EntityKind.ORGANISATION and (opens or is_plain)

    def _of_table(self, block: Block) -> Iterator[Mention]:
        """Yield the names in the payee column of a table without sums."""
        header = block.header[-1].texts if block.header else ()
        columns = [
            number
            for number, words in enumerate(header)
            if {word.lower() for word in re.findall(r"\w+", words)} & self.lexicon.groups["payee-column"]
        ]
        for row in block.rows if columns and not find_money(block.text) else ():
            for cell in (row.cells[number] for number in columns if number < len(row.cells)):
                entity = self.cutter.entity_of_label(cell.text) if cell.text.strip() else None
                if entity is not None:
                    words = self.scope.document.text[row.start : row.end]
                    where = Where(Evidence(row.locator, words, row.page, row.start, row.end), block, form="column")
                    yield self._mention(entity, self.cutter.parse(cell.text), 0, where)

    # -- features ------------------------------------------------------------------------------------------------

    def _mention(self, entity: Entity, parse: Parse, index: int, where: Where) -> Mention:
        features = [*([where.form] if where.form else ()), *self.places.of_words(parse, where)]
        is_label = where.form in ("entry", "entry-before")  # the verbs behind a label speak of what it does
        features += self.places.of_role(parse, index, None if is_label else governor_of(parse, index))
        if where.form:
            features.append(f"listed|flows={min(self.flows, 2)}")
        return Mention(entity, parse, index, where.evidence, tuple(features), id(where.lead) if where.lead else 0)

    def _of_name(self, one: Candidate) -> list[str]:
        entity = one.entity
        words = _words(entity.name)
        found = [f"kind={self.parties.kind_of(entity)}", f"is={entity.kind}|{'known' if entity.verified else 'new'}"]
        last = re.split(r"\s+", entity.name)[-1].lower().rstrip(".")
        groups = ("head", "programme-kind", "fund-kind", "award-group", "award-thing")
        found += [f"last={group}" for group in groups if last in self.lexicon.groups[group]]
        if entity.name[:1].islower():
            found.append("small-letters")
        elif not entity.verified and entity.name.lower() in self.scope.document.text:
            found.append("small-elsewhere")  # "Domestic Abuse" beside "domestic abuse": a matter, not a name
        if words <= self.lexicon.groups["topic"]:
            found.append("topic")
        if len(words) == 1 and not entity.verified:
            found.append("one-word")
            found += ["common-word"] if self.lexicon.is_in("common-capital", last) else []
        is_paid = any(words <= paid or paid <= words for paid in self.paid)
        found.append("has-sum" if is_paid or entity in self.priced else "no-sum")
        if entity in self.paying:
            found.append("pays-sum")
        found += [f"flows={min(self.flows, 2)}", f"mentions={min(len(one.mentions), 3)}"]
        if entity in self.scope.programmes:
            found.append(f"of-document|flows={min(self.flows, 2)}")
        return found


def _speaks_of_money(mention: Mention) -> bool:
    return "clause=bare" not in mention.features or bool({"owns-money", "cue=grant"} & set(mention.features))


def _cut(words: str) -> tuple[str, str]:
    """Return the name at the start of the words, and the words after its mark: a dash, comma, quotation or "which"."""
    cut = _CUT.search(words)
    return (words[: cut.start()], words[cut.end() :]) if cut is not None and cut.start() > 1 else (words, "")


def _is_entry(text: str) -> bool:
    """Return True for a short line below a lead-in, and for several lines that form a list without bullets."""
    lines = [line.strip() for line in text.strip().split("\n")]
    longest = _LONGEST_ENTRY if len(lines) == 1 else _LONGEST_LINE
    return all(len(line) <= longest and line[:1].isupper() for line in lines if line) or len(text) <= _LONGEST_ENTRY


def _lines(text: str, block: Block) -> list[tuple[int, int]]:
    """Return the start and end of each line of an entry that lists names below each other; else of its first line."""
    found = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text[block.start : block.end])]
    lines = [(block.start + start, block.start + end) for start, end in found]
    printed = [text[start:end].strip() for start, end in lines]
    is_list = all(len(one) <= _LONGEST_ENTRY and one[:1].isupper() and one[-1:] not in ".,;" for one in printed if one)
    return lines if is_list else lines[:1]


def _is_labelled(tokens: Sequence[Token], index: int) -> bool:
    """Return True for "NAME - £5,000" and "NAME (£5,000)": the award has a printed amount."""
    for token in tokens[index + 1 : index + 4]:
        if token.money is not None:
            return True
        if token.sort not in (Sort.STOP, Sort.BRACKET):
            return False
    return False


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", name.lower())) - {"the", "and", "of", "for"}
