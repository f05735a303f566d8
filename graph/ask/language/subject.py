"""Sets in plain English: the subject of a set with every condition, as it stands in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.ask.language.phrases import listed, period_words, pounds
from graph.ask.language.terms import (
    Both,
    Choice,
    Condition,
    During,
    Either,
    Kind,
    Named,
    OfKind,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Set,
    Sized,
    Standing,
    States,
    Sum,
    Without,
)
from graph.model import FlowKind, FlowStatus, RelationKind

ALL = 10_000  #: names of a list that are said: every one

#: rows -> the words for them, and the words that stand before what they are about
_ROWS = {
    Rows.AWARDS: ("funding", "money for"), Rows.DECISIONS: ("decisions", "decisions on"),
    Rows.FACTS: ("stated facts", "stated facts about"), Rows.CHECKS: ("compared figures", "compared figures for"),
    Rows.THINGS: ("named things", "named things called"), Rows.PASSAGES: ("passages", "passages on"),
}  # fmt: skip
RELATED = {
    RelationKind.DELIVERS: "delivers", RelationKind.LEADS: "leads", RelationKind.DEVELOPED: "developed",
    RelationKind.EVALUATES: "evaluates", RelationKind.PARTNER_IN: "is a partner in",
    RelationKind.DELIVERED_IN: "is delivered in", RelationKind.PILOTED_IN: "was piloted in",
}  # fmt: skip
#: every other fact, as it follows "who" or stands in a list
STATED = {
    **RELATED, RelationKind.MODIFIES: "changes", RelationKind.EXTENDS: "extends", RelationKind.SUPERSEDES: "replaces",
    RelationKind.REFERS_TO: "refers to", RelationKind.MEMBER_OF_PANEL: "sat on the panel for",
    RelationKind.MENTIONS: "mentions", RelationKind.ABOUT: "is about", RelationKind.PART_OF: "is part of",
    RelationKind.FUNDED_FROM: "is paid from", RelationKind.STARTS: "starts", RelationKind.ENDS: "ends",
    RelationKind.DECLINED: "declined to fund", RelationKind.BID_UNSUCCESSFUL: "bid without success for",
    RelationKind.NUMBER_OF_AWARDS: "gave a number of awards in", RelationKind.SHARE: "has a share of",
}  # fmt: skip
KINDS = {
    Kind.COUNCIL: "councils", Kind.BOROUGH: "boroughs", Kind.CHARITY: "charities", Kind.COMMISSIONER: "commissioners",
    Kind.FORCE: "police forces", Kind.ORGANISATION: "organisations",
}  # fmt: skip
_MONEY = {
    FlowKind.GRANT: "grants", FlowKind.ALLOCATION: "allocations", FlowKind.MATCH: "match funding",
    FlowKind.OWN_COST: "the funder's own costs", FlowKind.SUB_GRANT: "money passed on",
    FlowKind.CARRY_FORWARD: "money carried forward", FlowKind.BID: "bids",
    FlowKind.ENVELOPE: "ceilings and overall totals",
}  # fmt: skip
_STATES = {
    FlowStatus.APPROVED: "approved", FlowStatus.PROPOSED: "proposed", FlowStatus.PROVISIONAL: "provisional",
    FlowStatus.UNSUCCESSFUL: "unsuccessful", FlowStatus.SUPERSEDED: "replaced", FlowStatus.CONTEXT: "background",
}  # fmt: skip
#: the words before the names in a role; programmes head the phrase instead
_BEFORE = {
    Role.PROGRAMME: "for", Role.FUND: "out of", Role.FUNDER: "from", Role.RECIPIENT: "to", Role.PARTY: "involving",
    Role.PLACE: "in", Role.BODY: "by decision of", Role.DECISION: "under the decision",
    Role.DECIDER: "with the signature of",
}  # fmt: skip
_AS = {
    Role.PROGRAMME: " as a programme", Role.FUND: " as a fund", Role.FUNDER: " as funder",
    Role.RECIPIENT: " as recipient", Role.PARTY: "", Role.PLACE: " as a place",
    Role.BODY: " as the body that decides", Role.DECISION: " as a decision", Role.DECIDER: " as the person who signs",
}  # fmt: skip


def names_of(choices: Iterable[Choice]) -> str:
    """Return the canonical names of all choices in a list: "A, B and C"."""
    return listed((choice.label for choice in choices), most=ALL)


def subject(of: Set, usual: Rows | None = Rows.AWARDS) -> str:
    """Return the subject of a set in words: "Drive in West Mercia in 2023/24".

    Args:
        of: The set.
        usual: The sort of rows that goes without saying; sets of other rows name theirs. None: always name the rows.
    """
    if isinstance(of, Sum):
        return pounds(of.amount)
    if isinstance(of, Scan):
        return _scan(of, usual)
    said = [(each, subject(each, usual)) for each in (of.one, of.other)]
    one, other = (words if isinstance(each, Scan | Sum) else f"({words})" for each, words in said)
    if isinstance(of, Both):
        return f"both {one} and {other}"
    return f"either {one} or {other}" if isinstance(of, Either) else f"{one} but not {other}"


def _scan(of: Scan, usual: Rows | None) -> str:
    head, *tail = phrases_of(of)
    noun, about = _ROWS[of.rows]
    if not head:
        return joined([noun, *tail])
    return joined([head if of.rows is usual else f"{about} {head}", *tail])


def joined(parts: Iterable[str]) -> str:
    """Return the parts that are not empty, joined by blanks."""
    return " ".join(part for part in parts if part)


def phrases_of(of: Scan) -> list[str]:
    """Return the conditions of a scan as phrases in sentence order. The first is the subject, "" if there is none."""
    heads = [c for c in of.where if _is_head(c, of.rows)]
    first = {_rank(c) for c in heads[:1]} if of.rows is Rows.THINGS else {min(map(_rank, heads), default=0)}
    leading = [c for c in heads if _rank(c) in first]
    head = " together with ".join(_bare(c) for c in leading)
    rest = sorted((c for c in of.where if c not in leading), key=_place_in_sentence)
    return [head, *_in_words(rest, of.rows)]


def _in_words(conditions: Iterable[Condition], rows: Rows) -> list[str]:
    """Return conditions as phrases; names in the same role are put into one phrase."""
    said: list[str] = []
    before: Role | None = None
    for condition in conditions:
        role = condition.role if isinstance(condition, Named) and not condition.without else None
        if isinstance(condition, Named) and role is not None and role is before:
            said.append(f"together with {names_of(condition.choices)}")
        elif isinstance(condition, Named) and role is Role.PARTY and rows is Rows.PASSAGES:
            said.append(f"naming {names_of(condition.choices)}")
        elif isinstance(condition, Named) and role is Role.BODY and rows is Rows.DECISIONS:
            said.append(f"made by {names_of(condition.choices)}")
        elif isinstance(condition, During) and rows is Rows.DECISIONS:
            said.append(f"signed {_during(condition)}")
        else:
            said.append(_SAID[type(condition)](condition))
        before = role
    return said


#: what a phrase begins with, the first that there is: its programme, else its decision
_HEADS = {Role.PROGRAMME: 0, Role.DECISION: 1}
_OF_DECISIONS = frozenset({Rows.DECISIONS, Rows.CHECKS, Rows.PASSAGES})


def _is_head(condition: Condition, rows: Rows) -> bool:
    """Return True if a phrase may begin with a condition: the programme, or for named things any name."""
    if isinstance(condition, Referred):
        return condition.role is Role.DECISION and rows in _OF_DECISIONS
    if not isinstance(condition, Named) or condition.without:
        return False
    return rows is Rows.THINGS or condition.role is Role.PROGRAMME


def _rank(condition: Condition) -> int:
    return _HEADS.get(getattr(condition, "role", Role.PARTY), 0)


def _bare(condition: Condition) -> str:
    """Return a condition as the beginning of a phrase, without a preposition."""
    if isinstance(condition, Referred):
        return f"decision {listed(condition.names, last='or', most=ALL)}"
    return names_of(getattr(condition, "choices", ()))


def _place_in_sentence(condition: Condition) -> tuple[int, int]:
    """Return a sort key for the order of conditions in a sentence: funds first, exclusions last."""
    role = getattr(condition, "role", Role.PARTY)
    without = bool(getattr(condition, "without", False))
    return _ORDER[type(condition)] + 10 * without, list(_BEFORE).index(role)


def _named(condition: Named) -> str:
    names = names_of(condition.choices)
    if condition.without:
        return f"leaving out {names}{_AS[condition.role]}"
    return f"{_BEFORE[condition.role]} {names}"


def _referred(condition: Referred) -> str:
    names = listed(condition.names, last="or", most=ALL)
    return f"signed by {names}" if condition.role is Role.DECIDER else f"under decision {names}"


def _of_kind(condition: OfKind) -> str:
    kinds = KINDS[condition.kind]
    if condition.without:
        return f"leaving out {kinds}{_AS[condition.role]}"
    plain = {Role.FUNDER: f"from {kinds}", Role.RECIPIENT: f"to {kinds}", Role.PARTY: f"among {kinds}"}
    return plain.get(condition.role, f"with {kinds}{_AS[condition.role]}")


def _sized(condition: Sized) -> str:
    low, high = (None if each is None else pounds(each) for each in (condition.at_least, condition.at_most))
    if low and high:
        return f"in sums of more than {low} and less than {high}" if condition.strict else f"in sums of {low} to {high}"
    if low:
        return f"in sums of more than {low}" if condition.strict else f"in sums of {low} or more"
    if high:
        return f"in sums of less than {high}" if condition.strict else f"in sums of {high} or less"
    return "in sums of any size"


def _during(condition: During) -> str:
    return period_words(condition.period).strip() or "at any time"


def _standing(condition: Standing) -> str:
    kinds = listed((_MONEY[kind] for kind in condition.kinds), most=ALL)
    states = listed((_STATES[status] for status in condition.statuses), last="or", most=ALL)
    if kinds:
        return f"counting only {kinds}" + (f" that are {states}" if states else "")
    return f"counting only {states} sums" if states else "counting whatever was granted"


def _says(condition: Says) -> str:
    noun = "words" if len(" ".join(condition.words).split()) > 1 else "word"
    return f"{'without' if condition.without else 'with'} the {noun} {quoted(condition.words)}"


def quoted(words: Iterable[str]) -> str:
    """Return the words in quotation marks, as a list: “a”, “b” and “c”."""
    return listed((f"“{word}”" for word in words), most=ALL)


def verbs(condition: States) -> str:
    """Return the verbs of the relations that facts must state, such as "leads or delivers"."""
    return listed((STATED[kind] for kind in condition.kinds), last="or", most=ALL)


_SAID: Mapping[type, Callable[..., str]] = {
    Named: _named, Referred: _referred, OfKind: _of_kind, Sized: _sized, During: _during, Standing: _standing,
    Says: _says, States: lambda condition: f"that say who or what {verbs(condition)}",
}  # fmt: skip
#: where in the sentence a condition stands
_ORDER = {Named: 1, OfKind: 2, Referred: 3, During: 4, Says: 5, Sized: 6, Standing: 7, States: 8}


def is_headed(of: Set) -> bool:
    """Return True if the words for a set begin with a name; of a combined set, if those for its first set do."""
    if isinstance(of, Both | Either | Without):
        return is_headed(of.one)
    return isinstance(of, Scan) and bool(phrases_of(of)[0])
