"""Turn the readings of prose into sums for the account, with the marks that words give them ("further", "total")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graph.model import Entity, EntityKind, FlowKind, FlowStatus
from graph.parse.money import MoneyMention
from graph.parse.years import next_year
from ingest.extract.choice import Choice
from ingest.extract.scope.document import Scope
from ingest.extract.slots.background import OF_THAT
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.purpose import purpose_of
from ingest.extract.slots.readings import Reading
from ingest.extract.slots.standing import Standing
from ingest.extract.slots.sum_cues import cues_of
from ingest.extract.slots.years import Years
from ingest.extract.statements.statement import Statement
from ingest.extract.sums.several import passed_on, payees_of, times_of
from ingest.extract.sums.sums import Said, Spot, Sum, certain
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort

_PARTS = {"of which": Said.PART, "including": Said.PART, "remaining": Said.REST, "total": Said.TOTAL}
_DIGITS = re.compile(r"\d[\d,  ]*(?:\.(?P<pence>\d+))?")
_CUES = {
    Said.TOTAL: ("total@before-near", "total@after-near", "total@label"),
    Said.PART: ("of-which@before-near",),
    Said.INCREASE: ("increase@before-near",),
    Said.TAXED: ("with-tax@before-near", "with-tax@after-near"),
    Said.UNTAXED: ("without-tax@before-near", "without-tax@after-near"),
}

_OF_THE_NEXT = re.compile(r"\s+(?:out\s+)?of\s+(?:the|this|that|its)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_OF_IT = re.compile(r"\s*(?:\([^()]*\)\s*)?of\s+(?:this|that|these|those|it)\b", re.I)
_OUT_OF_IT = re.compile(
    r"\W*(?:and\s+)?(?:out\s+)?of\s+(?:this|that|these|those|it)\b,?\s+(?:[\w’'-]+,?\s+){0,4}", re.I
)
_FEW_WORDS = 5  #: "a further government grant of £5,000"
_MOST_LINES = 8  #: lines above a text: its headline, what stands under it, a date
_ENDS = (".", ":", ";")
_MATCH_BEHIND = re.compile(r"(?:['’]s?)?\s+(?:own\s+)?match", re.I)
_MATCH_FROM = re.compile(r"\bmatch(?:ed)?(?:[\s-]+(?:fund\w*|contributions?))?\s+(?:from|by)\s+(?:the\s+)?$", re.I)
_BESIDE = 7  #: tokens between a sum and who puts it in as match funding
_NEAR = 60  #: characters before a figure that are looked at
_LEANS = {Said.MORE: "rather-more", Said.LESS: "rather-less"}


def sums_of(readings: Sequence[Reading], scope: Scope, lexicon: Lexicon) -> list[Sum]:
    """Return the sums of readings, in order; a figure that several payees or years get in full makes several sums."""
    return [one for reading in readings for one in _sums(reading, scope, lexicon)]


def _sums(reading: Reading, scope: Scope, lexicon: Lexicon) -> Iterator[Sum]:
    statement, money = reading.statement, reading.statement.money
    cues = frozenset(cues_of(statement, lexicon))
    kind = _kind(reading, scope, cues)
    read = _of_match(reading, scope.body) if kind is FlowKind.MATCH else reading.parties
    pair, chance, years = read.value, read.probability, reading.years
    payees = payees_of(reading) if read is reading.parties else [pair.payee]
    if kind is FlowKind.CARRY_FORWARD and (later := _carried_to(statement.parse)):
        years = certain(later, years.probability)
    is_yearly = money.per_year and reading.standing.value is Standing.FLOW
    spans = [certain(years.value[at : at + 1], years.probability) for at in range(len(years.value))]
    series = f"list {statement.list_key}" if statement.list_key is not None else ""
    further = passed_on(statement)
    if further is not None:  # the words say it: no other statement of the sum says otherwise
        payees, chance = [further[0]], 1.0
    copies = [
        (read if not further and payees == [pair.payee] else certain(Pair(pair.payer, payee), chance), span)
        for payee in payees
        for span in (spans if is_yearly and len(spans) > 1 else [years])
    ] * (times_of(statement, lexicon) if len(payees) == 1 else 1)
    onward = [(certain(Pair(*further), chance), years)] if further is not None else []
    for copy, (parties, span) in enumerate([*copies, *onward]):
        yield Sum(
            amount=money.amount,
            spot=Spot(
                statement.origin,
                statement.evidence,
                statement.start + statement.token.start,
                statement.start,
                statement.block.start,
                series,
            ),
            standing=reading.standing,
            parties=parties,
            years=span,
            programmes=reading.programme,
            fund=reading.fund,
            basis=money.basis,
            unit=printed_unit(money),
            kind=FlowKind.SUB_GRANT if copy == len(copies) else kind,
            status=reading.status,
            said=_said(reading, cues, lexicon) | _headline(statement, scope),
            per_year=money.per_year,
            copy=copy,
            purpose=purpose_of(statement),
            label=statement.text,
            reading=reading,
        )


def _of_match(reading: Reading, body: Entity | None) -> Choice[Pair]:
    """Return the parties of match funding: whoever adds it to an award keeps it, unless the words name a payee."""
    statement, pair = reading.statement, reading.parties.value
    giver = _giver_of_match(statement, body)
    payer = pair.payer if giver is None else giver
    is_kept = pair.payee is not None and (pair.payee == payer or not _speaks_of(statement, pair.payee))
    payee = None if is_kept and pair.payee == body else pair.payee
    if (payer, payee) == (pair.payer, pair.payee):
        return reading.parties
    return certain(Pair(payer, payee), reading.parties.probability if payer == pair.payer else 1.0)


def _giver_of_match(statement: Statement, body: Entity | None) -> Entity | None:
    """Return who provides match funding by nearby words: "X's match funding", "£5,000 of X match", "match from X"."""
    tokens, text = statement.parse.tokens, statement.text
    sums = [index for index, token in enumerate(tokens) if token.money is not None]
    for index, token in enumerate(tokens):
        if min(sums, key=lambda one: abs(one - index)) != statement.at or abs(statement.at - index) > _BESIDE:
            continue  # it stands at another sum
        is_party = token.name is not None and token.name.entity.kind is EntityKind.ORGANISATION
        if (is_party or token.sort is Sort.SELF) and (
            _MATCH_BEHIND.match(text, token.end) or _MATCH_FROM.search(text, 0, token.start)
        ):
            return body if token.name is None else token.name.entity
    return None


def _speaks_of(statement: Statement, body: Entity) -> bool:
    tokens = statement.parse.tokens
    return any(one.sort is Sort.SELF or (one.name is not None and one.name.entity == body) for one in tokens)


def printed_unit(money: MoneyMention) -> Decimal:
    """Return the value in pounds of one step of a figure's last printed digit: 100000 for "£1.2m", 1 for "£1,234"."""
    found = _DIGITS.search(money.text)
    number = re.sub(r"[^\d.]", "", found[0]) if found else ""
    if found is None or not number or not Decimal(number):
        return Decimal("0.01")
    return money.amount / Decimal(number) * Decimal(10) ** -len(found["pence"] or "")


def _carried_to(parse: Parse) -> Years:
    """Return the years to which money is carried forward: those it goes into, else the year after its source year."""
    source: Years = ()
    for token in parse.tokens:
        if token.years is None or not token.years.years:
            continue
        words = parse.text[: token.start].lower().split()[-4:]
        ways = [word for word in words if word in ("from", "of", "to", "into", "in", "for", "during")]
        if ways and ways[-1] in ("from", "of"):
            source = token.years.years
        elif ways:
            return token.years.years
    return (next_year(source[0]),) if source else ()


def _said(reading: Reading, cues: frozenset[str], lexicon: Lexicon) -> frozenset[Said]:
    statement = reading.statement
    found = {said for said, names in _CUES.items() if cues & set(names)}
    words = re.findall(r"[\w’']+", statement.text[: statement.token.start].lower()[-_NEAR:])
    is_beside = bool(lexicon.groups["beside"] & set(words[-4:]))
    if statement.money.part and not is_beside:
        found.add(_PARTS[statement.money.part])
    if words and words[-1] in lexicon.groups["points-back"]:
        found.add(Said.BACK)
    if _is_new(words, lexicon):
        found.add(Said.NEW)
    if OF_THAT.match(statement.after):
        found.add(Said.PART)
    opens = _OUT_OF_IT.fullmatch(statement.text, 0, statement.token.start)
    if _OF_IT.match(statement.after) or (opens and not is_beside):
        found |= {Said.PART, Said.OF_IT}
    if _OF_THE_NEXT.fullmatch(statement.after):
        found.add(Said.OUT_OF)
    qualifier = set(statement.money.qualifier.lower().split())
    found |= {said for said, group in _LEANS.items() if qualifier & lexicon.groups[group]}
    return frozenset(found)


def _is_new(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return True if the words before a sum call it a further one: "another £5,000", "a further grant of £5,000"."""
    if words and words[-1] in lexicon.groups["new-money"]:
        return True
    places = [place for place, word in enumerate(words) if word in lexicon.groups["more-money"]]
    between = words[places[-1] + 1 :] if places else ()
    others = lexicon.groups["preposition"] - {"of"} | lexicon.groups["and"]
    return 0 < len(between) < _FEW_WORDS and not others & set(between)


def _headline(statement: Statement, scope: Scope) -> frozenset[Said]:
    """Return {HEADLINE} for a sum in the title or in a line above the first sentence of the text, else an empty set."""
    text = statement.text.strip()
    above = itertools.takewhile(
        lambda block: not block.text.rstrip().endswith(_ENDS), scope.document.blocks[:_MOST_LINES]
    )
    is_above = statement.block.start in {block.start for block in above} and statement.list_key is None
    is_line = is_above and statement.label is None and not text.endswith(_ENDS)
    return frozenset({Said.HEADLINE}) if is_line or text == scope.decision.title.strip() else frozenset()


def _kind(reading: Reading, scope: Scope, cues: frozenset[str]) -> FlowKind | None:
    """Return the kind of flow that the words give; None for grants and allocations, which the payee tells apart."""
    statement, pair = reading.statement, reading.parties.value
    verb = statement.governor.verb_class if statement.governor is not None else ""
    status = reading.status.value
    is_ask = verb == "ask" or "bid@before" in cues
    if status is FlowStatus.UNSUCCESSFUL or (status is FlowStatus.PROPOSED and is_ask):
        return FlowKind.BID
    is_unpaid = pair.payee is None or pair.payee == scope.body
    is_match = cues & {"match@before-near", "match@after-near"} or _giver_of_match(statement, scope.body) is not None
    if is_match and is_unpaid:
        return FlowKind.MATCH
    if "own-cost@after-near" in cues and pair.payee is None:
        return FlowKind.OWN_COST
    return FlowKind.CARRY_FORWARD if cues & {"carry@before", "carry@after"} else None
