"""Who and what may be funded without a printed sum: the names of a document with the features of their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model import Entity, EntityKind, Evidence, FundingFlow
from graph.names.new_names import new_entity
from graph.parse.money import find_money
from ingest.document import Block, BlockKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.sections import origin_of
from ingest.extract.sentences import Sentence, sentences_of
from ingest.extract.slots.choice import Option
from ingest.extract.slots.parties import PartyReader
from ingest.extract.statements.prose import ProseCutter
from ingest.extract.statements.statement import Lead
from ingest.extract.words.clauses import Governor, Parse, governor_of, role_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort, Token

_LONGEST_ENTRY = 110
_CUT = re.compile(r"\s+[-–—]\s+|\s*[:;|(]\s*|,\s+|\s+(?=which\b|who\b|for\b|to\b|with\b)")
_BULLET = re.compile(r"^[\s•*·▪‣◦o-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)?(?:and\s+)?")


class AwardRole(StrEnum):
    """What a name is to an award without a sum."""

    NONE = "none"
    PAYEE = "payee"
    THING = "thing"  #: what is funded, where the text names nobody who is paid
    GIVER = "giver"  #: who gives the deciding body money


@dataclass(frozen=True, slots=True)
class Where:
    """Where words stand: their evidence, their block, the sentence that leads up to their list."""

    evidence: Evidence
    block: Block | None = None  #: None for the title
    lead: Lead | None = None
    form: str = ""  #: "entry" of a list, "column" of a table; "" for a sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: its sentence, list entry, title or cell."""

    entity: Entity
    parse: Parse
    index: int  #: of the name among the tokens
    evidence: Evidence
    features: tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    """A name with all its mentions."""

    entity: Entity
    mentions: list[Mention] = field(default_factory=list)
    features: list[str] = field(default_factory=list)  #: of the name in the whole document

    def options(self) -> list[Option[tuple[AwardRole, Mention | None]]]:
        """Return what the name may be, by each of its mentions, with the features of the mention and of the name."""
        roles = [AwardRole.PAYEE, AwardRole.THING]
        if "kind=giver" in self.features:
            roles = [AwardRole.GIVER]
        elif self.entity.kind in (EntityKind.FUND, EntityKind.PROGRAMME) and self.entity.verified:
            roles = [AwardRole.THING]
        found: list[Option[tuple[AwardRole, Mention | None]]] = [Option((AwardRole.NONE, None), ())]
        for mention in self.mentions:
            for role in roles if "kind=giver" not in self.features or _speaks_of_money(mention) else ():
                features = tuple(f"{role}:{feature}" for feature in ("bias", *self.features, *mention.features))
                found.append(Option((role, mention), features))
        return found


class CandidateReader:
    """Finds the names of one document that may be funded."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon, flows: Sequence[FundingFlow]) -> None:
        self.scope = scope
        self.lexicon = lexicon
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
            is_entry = block.kind is BlockKind.ITEM or (lead is not None and len(block.text) <= _LONGEST_ENTRY)
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
        for index, entity in self._named(parse):
            yield self._mention(entity, parse, index, where)

    def _named(self, parse: Parse) -> Iterator[tuple[int, Entity]]:
        """Yield the names of a sentence that may be funded, but for those whose sum stands beside them."""
        for index, entity in named_in(parse, self.lexicon):
            if (
                entity.kind is not EntityKind.PLACE
                and entity != self.scope.body
                and not _is_labelled(parse.tokens, index)
            ):
                yield index, entity

    def _of_entry(self, block: Block, lead: Lead) -> Iterator[Mention]:
        """Yield who is paid by a list entry without a verb: "NAME - what for", "what for - NAME", "PLACE - NAME"."""
        text = self.scope.document.text[block.start : block.end]
        opening = _BULLET.match(text)
        begin = opening.end() if opening else 0
        words = text[begin:].split("\n")[0].strip(" .;,")
        if find_money(words) or len(words) < 3:
            return
        cut = _CUT.search(words)
        head, rest = (words[: cut.start()], words[cut.end() :]) if cut is not None and cut.start() > 1 else (words, "")
        parse = self.cutter.parse(text)
        if any(token.sort is Sort.VERB and begin <= token.start < begin + len(head) for token in parse.tokens):
            return
        evidence = Sentence(text, block.start, block.end, block).evidence()
        spoken = [one.entity for one in self.names.find(head)]
        if rest and (head[:1].islower() or (spoken and all(one.kind is EntityKind.PLACE for one in spoken))):
            cut = _CUT.search(rest)
            head, rest = (rest[: cut.start()], "") if cut is not None and cut.start() > 1 else (rest, "")
        paid = [one.entity for one in self.names.find(rest) if one.entity.kind is EntityKind.ORGANISATION]
        entity = self.cutter.entity_of_label(head) if len(head) <= _LONGEST_ENTRY else None
        named = [(entity, "entry-before" if paid else "entry")] if entity is not None else []
        for one, form in [*named, *((one, "entry-after") for one in paid)]:
            if one.kind is not EntityKind.PLACE:
                index = next((i for i, token in enumerate(parse.tokens) if token.end > begin), 0)
                yield self._mention(one, parse, index, Where(evidence, block, lead, form))

    def _of_table(self, block: Block) -> Iterator[Mention]:
        """Yield the names in a column for payees of a table without sums."""
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
        features = [*([where.form] if where.form else ()), *self._of_words(parse, where)]
        features += self._of_role(parse, index, governor_of(parse, index))
        return Mention(entity, parse, index, where.evidence, tuple(features))

    def _of_role(self, parse: Parse, index: int, governor: Governor | None) -> list[str]:
        money = self._money_of(parse, index, governor)
        noun = self._noun_before(parse, index)
        found = [f"clause={money}"]
        if self._owns_money(parse, index):
            found.append("owns-money")
        if parse.text[: parse.tokens[index].start].endswith(("'", "‘", "“", '"')):
            found.append("quoted")
        found += self._list_of(parse, index)
        if governor is None:
            return [*found, "no-verb", *([f"noun={noun}|no-verb"] if noun else [])]
        role = role_of(parse, index, governor.index, governor)
        role = "subject" if role in ("beside", "bracket", "label") else role
        sort = self._sort_of(parse, governor.index)
        frame = self.lexicon.frames.get((governor.key, role)) or self.lexicon.frames.get(("", role), "none")
        voice = "passive" if governor.passive else "active"
        found += [
            f"frame={frame}|{sort}|{money}",
            f"frame={frame}|{sort}",
            f"role={role}|{sort}.{voice}",
            f"role={role}",
        ]
        if noun:
            found += [f"noun={noun}", f"noun={noun}|{role}"]
        if governor.inherited or role.startswith("far"):
            found.append("loose")
        return found

    def _main_verb(self, parse: Parse) -> str:
        """Return what the first verb of a sentence that moves money does; "other" where none does."""
        sorts = [self._sort_of(parse, at) for at, token in enumerate(parse.tokens) if token.sort is Sort.VERB]
        return next((sort for sort in sorts if sort in ("give", "fund", "hire", "extend")), "other")

    def _sort_of(self, parse: Parse, at: int) -> str:
        """Return what a verb does to an award, in one word: "give", "fund", "hire", "extend", "deliver" or "other"."""
        verb = parse.tokens[at].verb
        assert verb is not None
        return next(
            (sort for sort in ("give", "extend", "deliver") if verb.lemma in self.lexicon.groups[f"award-{sort}"]),
            verb.verb_class if verb.verb_class in ("fund", "hire", "ask") else "other",
        )

    def _money_of(self, parse: Parse, index: int, governor: Governor | None) -> str:
        """Return "priced" if a sum goes with the words, "moneyed" if they speak of money, else "bare"."""
        clause = parse.clause[index]
        for at, token in enumerate(parse.tokens):
            if token.money is not None:
                own = governor_of(parse, at)
                if (
                    parse.clause[at] == clause
                    or abs(at - index) < 4
                    or (own and governor and own.index == governor.index)
                ):
                    return "priced"
        nouns = self.lexicon.groups["money-noun"] | self.lexicon.groups["hire-noun"]
        inside = [token for at, token in enumerate(parse.tokens) if parse.clause[at] == clause]
        is_moneyed = any(
            token.text.lower() in nouns or (token.name and token.name.entity.kind is EntityKind.FUND)
            for token in inside
        )
        return "moneyed" if is_moneyed else "bare"

    def _owns_money(self, parse: Parse, index: int) -> bool:
        """Return True for "the Ministry's general grant", "Home Office funding": money right behind a name."""
        for token in parse.tokens[index + 1 : index + 5]:
            if token.text.lower() in self.lexicon.groups["money-noun"]:
                return True
            if token.sort in (Sort.VERB, Sort.AUXILIARY, Sort.PREPOSITION, Sort.COMMA, Sort.STOP, Sort.AND):
                return False
        return False

    def _list_of(self, parse: Parse, index: int) -> list[str]:
        """Return what the words before a name announce: "ten services: X, Y", "these charities: X, Y"."""
        for token in reversed(parse.tokens[:index]):
            for sort in ("thing", "party"):
                if token.name is None and self.lexicon.is_in(f"list-{sort}", token.text):
                    return [f"list-of={sort}"]
        return []

    def _noun_before(self, parse: Parse, index: int) -> str:
        """Return what sort of noun a name's preposition hangs on: "grant to", "contract with"; "" for another."""
        for token in reversed(parse.tokens[max(0, index - 6) : index]):
            word = token.text.lower()
            for group in ("money", "hire", "extend"):
                if word in self.lexicon.groups[f"{group}-noun"]:
                    return group
            if token.sort in (Sort.VERB, Sort.NAME, Sort.STOP):
                return ""
        return ""

    def _of_words(self, parse: Parse, where: Where) -> list[str]:
        origin = "title" if where.block is None else getattr(origin_of(where.block), "name", "none")
        cues = [cue for cue, pattern in self.lexicon.cues["award"] if pattern.search(parse.text)]
        found = [f"in={origin}", *(f"cue={cue}" for cue in cues)]
        named = {entity for _, entity in named_in(parse, self.lexicon) if entity.kind is not EntityKind.PLACE}
        if len(named) > 3:
            found += ["many", *(f"many|{cue}" for cue in cues), f"many|main={self._main_verb(parse)}"]
        if where.lead is not None:
            led = [cue for cue, pattern in self.lexicon.cues["award"] if pattern.search(where.lead.parse.text)]
            found += ["led-up", *(f"{where.form or 'led'}|{cue}" for cue in led)]
            found += [f"listed|{cue}" for cue in led if where.form]
        return found

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
        if any("frame=payer" in mention.features for mention in one.mentions):
            found.append("pays-somewhere")
        found += [f"flows={min(self.flows, 2)}", f"mentions={min(len(one.mentions), 3)}"]
        if entity in self.scope.programmes:
            found.append(f"of-document|flows={min(self.flows, 2)}")
        return found


def named_in(parse: Parse, lexicon: Lexicon) -> Iterator[tuple[int, Entity]]:
    """Yield the names of a sentence, and the services and groups that it speaks of in small letters."""
    for index, token in enumerate(parse.tokens):
        if token.name is not None:
            yield index, token.name.entity
            continue
        is_group = lexicon.is_in("award-group", token.text)
        if is_group or lexicon.is_in("award-thing", token.text):
            first = _phrase_start(parse.tokens, index, lexicon)
            if first < index:
                words = parse.text[parse.tokens[first].start : token.end]
                yield index, new_entity(words, EntityKind.ORGANISATION if is_group else EntityKind.PROGRAMME)


def _phrase_start(tokens: Sequence[Token], head: int, lexicon: Lexicon) -> int:
    """Return where the noun phrase that ends in a head begins: back over plain words and names."""
    first = head
    while first > 0:
        before = tokens[first - 1]
        is_joint = before.sort is Sort.AND and first > 1 and tokens[first - 2].sort is Sort.WORD and first < head
        if not is_joint and before.sort not in (Sort.WORD, Sort.NAME, Sort.NOUN):
            break
        if (
            lexicon.is_in("before-thing", before.text)
            or not re.match(r"[A-Za-z’']\w", before.text)
            or first - 1 < head - 7
        ):
            break
        first -= 1
    while first < head and tokens[first].sort is Sort.AND:
        first += 1
    return first


def _speaks_of_money(mention: Mention) -> bool:
    return "clause=bare" not in mention.features or bool({"owns-money", "cue=grant"} & set(mention.features))


def _is_labelled(tokens: Sequence[Token], index: int) -> bool:
    """Return True for "NAME - £5,000" and "NAME (£5,000)": that award has its sum."""
    for token in tokens[index + 1 : index + 4]:
        if token.money is not None:
            return True
        if token.sort not in (Sort.STOP, Sort.BRACKET):
            return False
    return False


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", name.lower())) - {"the", "and", "of", "for"}
