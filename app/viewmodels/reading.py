"""The reading of a question in parts that can be changed or removed, and possible follow-up questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.links import Asking, ask_link
from app.viewmodels import words
from graph.ask.language.edits import conditions_of
from graph.ask.language.english import RELATED
from graph.ask.language.phrases import period_words
from graph.ask.language.terms import (
    Attribute,
    Compare,
    Condition,
    Count,
    Describe,
    During,
    Form,
    Get,
    Is,
    List,
    Mean,
    Named,
    OfKind,
    Path,
    Quote,
    Referred,
    Says,
    Share,
    Sized,
    Standing,
    States,
    Verify,
)
from graph.ask.rereading import THINGS, YEARS, looked_for, parts_of
from graph.model import EntityKind
from graph.stated.things import thing_key

ASKS = {
    "funder": "who funds it",
    "recipient": "who is paid",
    "award": "each sum",
    "programme": "programmes",
    "place": "places",
    "fund": "funds",
    "decision": "decisions",
    "total": "how much",
    "by-year": "how much in each year",
    "history": "the history over time",
}
ALWAYS = ("programme", "place", YEARS)  #: parts that can be added where the question has none
CHIP = {
    "asks": "Looking for",
    "programme": "Programme",
    "place": "Place",
    "years": "Years",
    "funder": "Funder",
    "recipient": "Recipient",
    "party": "Organisation",
    "other_than": "Other than",
    "body": "Decision body",
    "fund": "Fund",
    "decision": "Decision",
    "decider": "Signed by",
    "amount": "Amount",
    "kinds": "Kind of money",
    "ofkind": "Kind of body",
    "words": "With the words",
}
_OTHERWISE: Mapping[type, str] = {
    Count: "how many", Mean: "the average", Share: "a share", Compare: "a comparison", Is: "whether there is any",
    Path: "how they are connected", Describe: "what it is", Verify: "figures that do not add up",
}  # fmt: skip
_ATTRIBUTE = {
    Attribute.SIGNED: "when it was signed", Attribute.DECIDER: "who signed it", Attribute.STARTS: "when it starts",
    Attribute.ENDS: "when it ends", Attribute.SUMMARY: "what was decided", Attribute.NAMES: "other names",
    Attribute.OUTCOME: "what became of the bid", Attribute.CHANGED: "the decisions linked with it",
}  # fmt: skip
_BODIES = {"council": "councils", "borough": "boroughs", "charity": "charities", "commissioner": "commissioners",
           "force": "police forces", "organisation": "organisations"}  # fmt: skip
AS_READ = "as read"  #: the value of a part that no single choice stands for: several programmes, a span of years


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a question's reading."""

    label: str
    value: str
    without: str = ""  #: the link that asks without this part; "" where it cannot be taken away
    chosen_from_list: bool = False  #: whether it is shown as a box of choices instead


@dataclass(frozen=True, slots=True)
class Chooser:
    """One part of the reading with its alternatives."""

    part: str
    label: str
    now: str  #: one of the choices; "" for any
    shown: Mapping[str, str]  #: choice: words


def choosers(
    form: Form,
    names: Mapping[EntityKind, Mapping[str, str]],
    years: Sequence[str],
    beside: Collection[str] = (),
) -> tuple[Chooser, ...]:
    """Return the parts of a reading that are chosen from lists: what is asked for, things, years.

    Args:
        form: The reading of the question.
        names: The names of things by kind and key, ordered by name.
        years: Financial years with money, the latest first.
        beside: Names of other things to ask for that have an answer.
    """
    found = []
    if beside:
        now = looked_for(form)
        options = {name: said for name, said in ASKS.items() if name in beside or name == now}
        found.append(
            Chooser("asks", CHIP["asks"], now or AS_READ, options if now else {AS_READ: asks_words(form)} | options)
        )
    if isinstance(form, Quote):
        return tuple(found)
    known = parts_of(form)
    named = [part for part in known if part.partition(".")[0] in THINGS]
    named += [part for part in ALWAYS if part not in known and part != YEARS and hasattr(form, "of")]
    for part in sorted(named, key=lambda part: [*THINGS].index(part.partition(".")[0])):
        found.append(_chooser(part, known.get(part), names.get(THINGS[part.partition(".")[0]], {})))
    for part in [part for part in known if part.partition(".")[0] == YEARS] or ([YEARS] if hasattr(form, "of") else []):
        found.append(_chooser(part, known.get(part), {year: year for year in years}))
    return tuple(found)


def _chooser(part: str, condition: Condition | None, known: Mapping[str, str]) -> Chooser:
    label = CHIP[part.partition(".")[0]]
    if condition is None:
        return Chooser(part, label, "", known)
    now = next((key for key in _keys(condition) if key in known), "")
    if now:
        return Chooser(part, label, now, known)
    return Chooser(part, label, AS_READ, {AS_READ: condition_words(condition), **known})


def _keys(condition: Condition) -> list[str]:
    """Return the keys of the choices that stand for a condition."""
    if isinstance(condition, Named) and len(condition.choices) == 1:
        return [thing_key(entity) for entity in condition.choices[0].entities]
    if isinstance(condition, During) and len(condition.period.years) == 1:
        return list(condition.period.years)
    return []


def asks_words(form: Form) -> str:
    """Return what a form asks for, in plain words."""
    name = looked_for(form)
    if name:
        return ASKS[name]
    if isinstance(form, Get):
        return _ATTRIBUTE[form.attribute]
    if isinstance(form, List):
        stated = [kind for c in conditions_of(form) if isinstance(c, States) for kind in c.kinds]
        if stated:
            return f"who {RELATED.get(stated[0], 'takes part in')} it"
        return "smallest first" if form.order and form.order.ascending else "largest first"
    return _OTHERWISE.get(type(form), "the words of the documents")


def condition_words(condition: Condition) -> str:
    """Return a condition in plain words, to stand after its label."""
    if isinstance(condition, Named):
        return words.listed([choice.label for choice in condition.choices], limit=4)
    if isinstance(condition, Referred):
        return words.listed(condition.names, limit=6)
    if isinstance(condition, OfKind):
        return f"{'no ' if condition.without else ''}{_BODIES[condition.kind.value]}"
    if isinstance(condition, Sized):
        return _sized(condition)
    if isinstance(condition, During):
        return period_words(condition.period).strip().removeprefix("in ")
    if isinstance(condition, Standing):
        kinds = [words.KIND[kind] for kind in condition.kinds]
        return words.listed([*kinds, *(words.STATUS[status] for status in condition.statuses)])
    return _quoted(condition) if isinstance(condition, Says) else ""


def _quoted(condition: Says) -> str:
    said = ", ".join(f"“{word}”" for word in condition.words)
    return f"none of {said}" if condition.without else said


def _sized(condition: Sized) -> str:
    said = []
    if condition.at_least is not None:
        said.append(f"{'over' if condition.strict else 'at least'} {words.pounds(condition.at_least)}")
    if condition.at_most is not None:
        said.append(f"{'under' if condition.strict else 'at most'} {words.pounds(condition.at_most)}")
    return " and ".join(said)


def chips_of(form: Form | None, asking: Asking, included: Sequence[str] = ()) -> tuple[Chip, ...]:
    """Return the reading of a question as chips, each condition with a link that asks without it.

    Args:
        form: The reading of the question; None if it was not understood.
        asking: The question as asked.
        included: Places inside the place asked about that the answer covers.
    """
    if form is None:
        return ()
    chips = [Chip(CHIP["asks"], asks_words(form), chosen_from_list=hasattr(form, "of"))]
    is_quote = isinstance(form, Quote)
    for part, condition in parts_of(form).items():
        name = part.partition(".")[0]
        label = "Naming" if is_quote and name == "party" else CHIP[name]
        listed = (name in THINGS or name == YEARS) and not is_quote
        chips.append(Chip(label, condition_words(condition), ask_link(asking.changed(part)), listed))
    if included:
        chips.append(Chip("Including", words.listed(included, limit=6)))
    return tuple(chips)


def follow_ups(form: Form | None, years: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return short follow-up questions for the latest years of an answer: "And in 2023/24?"."""
    if form is None or not hasattr(form, "of") or any(isinstance(each, During) for each in parts_of(form).values()):
        return ()
    return tuple(f"And in {year}?" for year in sorted(set(years), reverse=True)[:most])


def read_as(interpretation: Mapping[str, Any]) -> str:
    """Return an answer's reading in words, with the words of the question that were ignored; "" if there is none."""
    said = str(interpretation.get("read_as") or "")
    aside = "”, “".join(interpretation.get("aside") or ())
    return f"{said} (left aside: “{aside}”)" if said and aside else said
