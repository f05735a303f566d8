"""The forms that a question may mean: for each likely label, assignment of roles to its names, and use of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from graph.ask.language.edits import scans_of
from graph.ask.language.terms import (
    Attribute,
    Both,
    Choice,
    Condition,
    Describe,
    During,
    Form,
    Get,
    Is,
    List,
    Mean,
    Named,
    Order,
    Path,
    Quote,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Sized,
    Standing,
    States,
    Total,
    Verify,
    Wanted,
    What,
)
from graph.ask.reading.asked_conditions import conditions, of_kind, referred
from graph.ask.reading.figure_forms import figures
from graph.ask.reading.label_guesses import TOKEN, speaks_for
from graph.ask.reading.lists import arithmetic_in
from graph.ask.reading.read import Parts, Reading
from graph.model import RelationKind
from graph.settings import Settings

ASKS = 4  #: likely things asked that are tried
LEAST = 0.04  #: probability below which a thing asked is not tried
_STATED = {
    "deliverers": RelationKind.DELIVERS, "partners": RelationKind.PARTNER_IN, "leaders": RelationKind.LEADS,
    "developers": RelationKind.DEVELOPED, "evaluators": RelationKind.EVALUATES,
}  # fmt: skip
_WANTED = {
    "total": Wanted.AMOUNT, "mean": Wanted.AMOUNT, "most": Wanted.AMOUNT, "least": Wanted.AMOUNT,
    "change": Wanted.AMOUNT, "count": Wanted.NUMBER, "share": Wanted.PERCENT, "signed": Wanted.DATE,
    "starts": Wanted.DATE, "ends": Wanted.DATE, "first": Wanted.DATE, "last": Wanted.DATE, "funders": Wanted.NAME,
    "recipients": Wanted.NAME, "deliverers": Wanted.NAME,
    "partners": Wanted.NAME, "leaders": Wanted.NAME, "developers": Wanted.NAME, "evaluators": Wanted.NAME,
    "decider": Wanted.NAME, "places": Wanted.PLACE, "reason": Wanted.REASON,
}  # fmt: skip
#: what the asking words say must be in the answer
SAID_WANTED = (
    (Wanted.PERCENT, re.compile(r"\b(?:per ?cent|percentage|proportion|fraction|what share|share of)\b|%")),
    (Wanted.SPAN, re.compile(r"\bhow long\b|\bhow many (?:months|years|weeks|days)\b|\blength of\b")),
    (
        Wanted.DATE,
        re.compile(r"\b(?:when|what date|which date|on what day|which day|by when|until when|deadline|wen)\b"),
    ),
    (
        Wanted.AMOUNT,
        re.compile(
            r"\b(?:how much|how mutch|how mch|hw much|what sum|amount|cost|value|budget|worth|price|figure)\b|£"
        ),
    ),
    (Wanted.NUMBER, re.compile(r"\b(?:how many|number of|hw many)\b")),
    (Wanted.REASON, re.compile(r"\b(?:why|what reason|how come)\b")),
    (Wanted.PLACE, re.compile(r"\b(?:where|which (?:place|area|borough|county|city|town|prison|district)s?)\b")),
    (
        Wanted.NAME,
        re.compile(r"\b(?:who|whom|whose|whos|which (?:organisation|charity|council|body|company|provider|firm)s?)\b"),
    ),
)
_OF_MONEY = re.compile(r"\b(?:fund\w*|pa(?:y|id)\w*|money|grants?|award\w*|spen[dt]\w*|financ\w*|budget\w*)\b|£")
_SIGNED = re.compile(r"\b(?:sign\w*|taken|dated|decided|made|published|approved|issued)\b")
#: what is asked with words of its own: without one of them it is not asked
_SPOKEN = frozenset({
    "path", "names", "checks", "links", "outcome", "evaluators", "developers", "leaders", "decider", "signed", "starts",
    "ends", "partners", "share", "mean",
})  # fmt: skip
_MODIFIES = re.compile(r"\b(modif|amend|chang|extend|supersed|replac)\w*")
_INCOMING = re.compile(
    r"\b(?:later|since|subsequent|after|follow\w*|build\w* on|built on|refer\w* (?:back )?to|cit\w+|mention\w*|"
    r"updat\w+)\b|(?:modif|amend|chang|extend|supersed|replac)\w{0,40} (?:the |decision )*ref_\d+|"
    r"ref_\d+ (?:been |was |is |later |since )*(?:modified|amended|changed|extended|superseded|replaced|cited|"
    r"mentioned|followed)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that a question may mean, with how likely that is."""

    form: Form
    asks: str
    probability: float  #: of what is asked
    parts: float = 1.0  #: of the parts that the names play
    unused: float = 0.0  #: weight of the words of the question that were left aside


def candidates(reading: Reading, settings: Settings) -> list[Candidate]:
    """Return the forms that a question may mean, each once, with their probabilities."""
    found: dict[Form, Candidate] = {}
    likely = [g for g in reading.asks[:ASKS] if g.probability >= LEAST and _is_spoken(g.label, reading, settings)]
    more = [g for g in reading.asks[ASKS:] if g.label == arithmetic_asked(reading.masked)]
    for guess in [*(likely or list(reading.asks[:1])), *more]:
        spoken = speaks_for(reading.telling, guess.label, settings)
        narrowed = replace(reading, words=tuple(term for term in reading.words if term.said not in spoken))
        for variant in _variants(narrowed):
            unused = sum(
                t.weight for t in narrowed.words if t.said in narrowed.telling and t.said not in variant.telling
            )
            for form, parts in _ways(guess.label, variant).items():
                candidate = Candidate(form, guess.label, guess.probability, parts, unused)
                if form not in found or _rank(found[form]) < _rank(candidate):
                    found[form] = candidate
    for candidate in _quotes(reading, [g.label for g in likely]):
        found.setdefault(candidate.form, candidate)
    return list(found.values())


def _ways(asks: str, reading: Reading) -> dict[Form, float]:
    """Return the forms for one label, each with the summed probability of the role assignments that lead to it."""
    found: dict[Form, float] = {}
    for parts in reading.parts or (Parts((), 1.0),):
        for form in dict.fromkeys(_forms(asks, reading, parts)):
            found[form] = min(1.0, found.get(form, 0.0) + parts.probability)
    return found


def _is_spoken(label: str, reading: Reading, settings: Settings) -> bool:
    """Return True if decisions can answer a label.

    Some labels also need a word in the question that speaks for them.
    """
    if label == "none":
        return False
    return label not in _SPOKEN or bool(speaks_for(TOKEN.findall(reading.masked), label, settings))


def is_bare(form: Form) -> bool:
    """Return True if a form asks who or how much about nothing in particular, without a name, a time or a word."""
    asked = isinstance(form, Total | Series | Mean | Is) or (isinstance(form, List) and form.order is None)
    return asked and any(not scan.where for scan in scans_of(form))


def _rank(candidate: Candidate) -> tuple[float, float]:
    return candidate.probability * candidate.parts, -candidate.unused


def _variants(reading: Reading) -> Iterator[Reading]:
    """Yield the question as it is; with partly named programmes read as words; and without its words."""
    yield reading
    called = [
        n
        for n, m in enumerate(reading.linked.mentions)
        if m.choice is not None
        and m.tag in {"prog", "fund"}
        and m.words.lower() not in {entity.name.lower() for entity in m.choice.entities}
    ]
    if called:
        words = tuple(term for n in called for term in reading.name_words[n])
        parts = tuple(
            Parts(tuple(r for r in p.roles if r[0] not in called), p.probability * 0.5) for p in reading.parts
        )
        yield replace(reading, parts=parts or (Parts((), 0.5),), words=(*reading.words, *words))
    anchored = any(m.tag not in {"year", "cal", "date", "money"} for m in reading.linked.mentions)
    if anchored and reading.telling:
        yield replace(reading, words=tuple(t for t in reading.words if t.said not in reading.telling))


def arithmetic_asked(masked: str) -> str:
    """Return the label that a question's words of arithmetic call for: "mean", "compare" or "share"; "" for none."""
    does = arithmetic_in(masked)
    return {"mean": "mean", "difference": "compare", "share": "share"}.get(does, "")


# --- forms


def _forms(asks: str, reading: Reading, parts: Parts) -> Iterator[Form]:
    """Yield the forms for one label."""
    where = conditions(reading, parts)
    money = Scan(Rows.AWARDS, where)
    if asks in _LISTS:
        kinds = of_kind(reading) if asks in _OF_BODIES else ()
        listed = Scan(Rows.AWARDS, (*where, *kinds))
        yield List(_both(listed.where, reading) or listed, _LISTS[asks])
    elif asks in _PLAIN:
        yield _PLAIN[asks](money)
    elif asks in _STATED:
        yield List(Scan(Rows.FACTS, (*_timeless(where), States((_STATED[asks],)))), What.SUBJECT)
    elif asks in _FIGURED:
        yield from figures(asks, where, reading, parts)
    else:
        yield from _of_decisions(asks, reading, parts)


_LISTS = {
    "funders": What.FUNDER, "recipients": What.RECIPIENT, "awards": What.AWARD, "places": What.PLACE,
    "programmes": What.PROGRAMME, "funds": What.FUND, "purpose": What.PURPOSE,
}  # fmt: skip
_OF_BODIES = frozenset({"funders", "recipients", "awards"})
_PLAIN: Mapping[str, Callable[[Scan], Form]] = {
    "by_year": Series, "yesno": Is, "history": lambda money: Series(money, What.DECISION),
}  # fmt: skip
_FIGURED = frozenset({"total", "mean", "most", "least", "share", "compare", "change", "count"})


def _of_decisions(asks: str, reading: Reading, parts: Parts) -> Iterator[Form]:
    """Yield the forms for the labels that are about decisions and things rather than money."""
    where = tuple(_named_in_decision(c) for c in conditions(reading, parts, signed=True))
    decisions = Scan(Rows.DECISIONS, where)
    choices = [m.choice for m in reading.linked.mentions if m.choice is not None]
    if asks == "decisions":
        yield List(decisions, What.DECISION)
        if reading.period and _OF_MONEY.search(reading.masked) and not _SIGNED.search(reading.masked):
            yield List(Scan(Rows.AWARDS, conditions(reading, parts)), What.DECISION)
    elif asks in {"first", "last"}:
        yield List(decisions, What.DECISION, Order("time", asks == "first", reading.limit))
    elif asks in {"signed", "decider"}:
        yield Get(decisions, Attribute.SIGNED if asks == "signed" else Attribute.DECIDER)
    elif asks in {"starts", "ends"}:
        yield Get(Scan(Rows.FACTS, _timeless(where)), Attribute.STARTS if asks == "starts" else Attribute.ENDS)
    elif asks == "links":
        verb = _MODIFIES.search(reading.masked)
        stem = verb.group(1) if verb else ""
        incoming = bool(_INCOMING.search(reading.masked))
        yield Get(decisions, Attribute.CHANGED, f"{'in' if incoming else 'out'}:{stem}")
    elif asks == "outcome":
        yield Get(Scan(Rows.AWARDS, tuple(c for c in where if not isinstance(c, Standing))), Attribute.OUTCOME)
    elif asks == "checks":
        yield Verify(Scan(Rows.CHECKS, where))
    elif asks == "names" and choices:
        yield Get(Scan(Rows.THINGS, where), Attribute.NAMES)
    elif asks == "path" and len(choices) >= 2:
        yield Path(choices[0], choices[1])
    elif asks == "describe":
        yield from _descriptions(decisions, reading, choices)


def _named_in_decision(condition: Condition) -> Condition:
    """Return the condition with PARTY in place of the roles funder, recipient and body: any part in it will do."""
    sides = {Role.FUNDER, Role.RECIPIENT, Role.BODY}
    is_side = isinstance(condition, Named) and condition.role in sides and not condition.without
    return structs.replace(condition, role=Role.PARTY) if is_side else condition


def _descriptions(decisions: Scan, reading: Reading, choices: Sequence[Choice]) -> Iterator[Form]:
    if any(isinstance(c, Referred) for c in decisions.where):
        yield Get(decisions, Attribute.SUMMARY)
    elif len(choices) == 1 and not reading.telling:
        yield Describe(choices[0])
    elif not choices and reading.telling:
        yield Describe(None, reading.telling)


def _both(where: tuple[Condition, ...], reading: Reading) -> Both | None:
    """Return the intersection of two sets for a question such as "funded by both X and Y".

    Return None for any other question.
    """
    if not re.search(r"\bboth\b", reading.masked):
        return None
    sides = {Role.FUNDER, Role.RECIPIENT, Role.PARTY}
    for n, c in enumerate(where):
        if isinstance(c, Named) and not c.without and len(c.choices) == 2 and c.role in sides:
            role = Role.FUNDER if c.role is Role.PARTY else c.role
            one, other = (
                Scan(Rows.AWARDS, (*where[:n], Named(role, (choice,)), *where[n + 1 :])) for choice in c.choices
            )
            return Both(one, other)
    return None


def _timeless(where: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions without those on time, amount and standing, which only money has."""
    return tuple(c for c in where if not isinstance(c, During | Standing | Sized))


# --- quotes


def wanted_said(masked: str) -> Wanted | None:
    """Return the sort of expression that the asking words want ("when": a date); None where they leave it open."""
    return next((wanted for wanted, pattern in SAID_WANTED if pattern.search(masked)), None)


def _quotes(reading: Reading, asks: Sequence[str]) -> Iterator[Candidate]:
    """Yield the forms that quote the sentences which hold most of the question, one for each sort of expression."""
    words = Says(tuple(term.said for term in reading.words)) if reading.words else None
    where: list[Condition] = [Named(Role.PARTY, (m.choice,)) for m in reading.linked.mentions if m.choice is not None]
    where += referred(reading)
    if reading.period or reading.signed_period:
        where.append(During(reading.signed_period if any(m.date for m in reading.linked.mentions) else reading.period))
    if words is not None:
        where.append(words)
    if not where:
        return
    scan = Scan(Rows.PASSAGES, tuple(where))
    said = wanted_said(reading.masked)
    by_asks = _WANTED.get(asks[0]) if asks else None
    for wanted in dict.fromkeys(w for w in (said, by_asks, Wanted.WORDS) if w is not None):
        probability = next((g.probability for g in reading.asks if _WANTED.get(g.label, Wanted.WORDS) is wanted), 0.1)
        yield Candidate(Quote(scan, wanted, reading.linked.text), f"quote {wanted.value}", probability)
