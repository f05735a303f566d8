"""Forms in plain English: the reading of a question, said back to the asker with every condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.ask.language.subject import RELATED, is_headed, joined, names_of, phrases_of, quoted, subject, verbs
from graph.ask.language.terms import (
    Attribute,
    Compare,
    Count,
    Describe,
    Form,
    Get,
    Is,
    List,
    Mean,
    Order,
    Path,
    Quote,
    Rows,
    Scan,
    Series,
    Set,
    Share,
    States,
    Total,
    Verify,
    Wanted,
    What,
)
from graph.model import RelationKind

__all__ = ["RELATED", "english", "names_of", "subject"]

#: what is listed -> the words before a named thing ("Drive in London"), and before money ("funding from Kent")
_LISTED = {
    What.FUNDER: ("who funds", "who gives"), What.RECIPIENT: ("who gets money for", "who gets"),
    What.PROGRAMME: ("the programmes within", "the programmes with"),
    What.PLACE: ("the places of", "the places with"), What.FUND: ("the funds behind", "the funds behind"),
    What.PURPOSE: ("what is paid for within", "what is paid for by"),
    What.DECISION: ("the decisions on", "the"), What.AWARD: ("each sum for", "each sum of"),
    What.YEAR: ("the years with money for", "the years with"),
    What.MONTH: ("the months with money for", "the months with"),
    What.SUBJECT: ("who is named beside the money for", "who is named beside"),
}  # fmt: skip
_ONE = {
    What.FUNDER: "funder", What.RECIPIENT: "recipient", What.PROGRAMME: "programme", What.PLACE: "place",
    What.FUND: "fund", What.PURPOSE: "purpose", What.DECISION: "decision", What.AWARD: "award", What.YEAR: "year",
    What.MONTH: "month", What.SUBJECT: "body",
}  # fmt: skip
_PLACED = {RelationKind.DELIVERED_IN: "is delivered", RelationKind.PILOTED_IN: "was piloted"}
_CHANGES = {
    "": "is linked with", "modif": "modifies", "amend": "amends", "chang": "changes", "extend": "extends",
    "supersed": "supersedes", "replac": "replaces",
}  # fmt: skip
_WANTED = {
    Wanted.AMOUNT: "the amount", Wanted.DATE: "the date", Wanted.NUMBER: "the number", Wanted.PERCENT: "the percentage",
    Wanted.SPAN: "the length of time", Wanted.NAME: "the name", Wanted.REASON: "the reason", Wanted.PLACE: "the place",
    Wanted.WORDS: "the sentence",
}  # fmt: skip
_BY = {What.YEAR: "year by year", What.DECISION: "decision by decision"}


# --- forms


def english(form: Form) -> str:
    """Return a form in plain English, as the asker is told how the question was read: a phrase without a full stop."""
    return _FORMS[type(form)](form)


def _list(form: List) -> str:
    ordered = _ordered(form.order)
    stated = _stated_list(form)
    if stated:
        return f"{stated}{ordered}"
    return f"{_LISTED[form.what][not is_headed(form.of)]} {subject(form.of, _usual(form.what))}{ordered}"


def _usual(what: What) -> Rows:
    return Rows.DECISIONS if what is What.DECISION else Rows.AWARDS


def _stated_list(form: List) -> str:
    """Return a list of facts in words: "who leads Drive", "where Drive is delivered"; "" for a list of money."""
    if not isinstance(form.of, Scan) or form.of.rows is not Rows.FACTS or form.what is not What.SUBJECT:
        return ""
    stated = [c for c in form.of.where if isinstance(c, States)]
    rest = Scan(Rows.FACTS, tuple(c for c in form.of.where if not isinstance(c, States)))
    said = subject(rest, Rows.FACTS) if is_headed(rest) else joined(["anything", *phrases_of(rest)[1:]])
    if len(stated) == 1 and len(stated[0].kinds) == 1 and stated[0].kinds[0] in _PLACED:
        return f"where {said} {_PLACED[stated[0].kinds[0]]}"
    return f"who {' and also '.join(verbs(each) for each in stated) or 'takes part in'} {said}"


def _ordered(order: Order | None) -> str:
    if order is None:
        return ""
    first = {
        ("amount", False): "largest", ("amount", True): "smallest",
        ("time", False): "latest", ("time", True): "earliest",
    }[order.by, order.ascending]  # fmt: skip
    if order.limit is None:
        return f", the {first} first"
    return f", only the {first}" if order.limit == 1 else f", only the {order.limit} {first}"


def _own(form: Total) -> str:
    return ", counting only what the funder adds of its own" if form.own else ""


def _of(of: Set) -> str:
    return f"{'for' if is_headed(of) else 'of'} {subject(of)}"


def _count(form: Count) -> str:
    usual = _usual(form.what)
    if form.what is What.DECISION:
        said = subject(form.of, usual)
        return f"the number of {'decisions on ' if is_headed(form.of) else ''}{said}"
    noun = "bodies" if form.what is What.SUBJECT else f"{_ONE[form.what]}s"
    return f"the number of {noun} {_of(form.of)}"


def _compare(form: Compare) -> str:
    sums = [f"{subject(total.of)}{_own(total)}" for total in form.totals]
    return ("the change from " + " to ".join(sums)) if form.over_time else " compared with ".join(sums)


def _get(form: Get) -> str:
    attribute = form.attribute
    usual = {Attribute.OUTCOME: Rows.AWARDS, Attribute.NAMES: Rows.THINGS}.get(attribute, Rows.DECISIONS)
    if isinstance(form.of, Scan) and form.of.rows is Rows.FACTS:
        usual = Rows.FACTS  # "when Drive ends", not "when stated facts about Drive end"
    said, several = subject(form.of, usual), not is_headed(form.of)
    decision = said if several or said.startswith("decision ") else f"the decision on {said}"
    rest = f" ({form.direction})" if form.direction and attribute is not Attribute.CHANGED else ""
    return {
        Attribute.SIGNED: f"when {decision} {'were' if several else 'was'} signed",
        Attribute.DECIDER: f"who signed {decision}",
        Attribute.STARTS: f"the start date in {said}" if several else f"when {said} starts",
        Attribute.ENDS: f"the end date in {said}" if several else f"when {said} ends",
        Attribute.SUMMARY: f"what was decided in {decision}",
        Attribute.NAMES: f"the other names of {said}",
        Attribute.OUTCOME: f"what became of the bid for {said}",
        Attribute.CHANGED: _changed(decision, form.direction),
    }[attribute] + rest


def _changed(decision: str, direction: str) -> str:
    way, _, stem = direction.partition(":")
    verb = _CHANGES.get(stem)
    if verb is None or way not in {"in", "out"}:
        return f"which decisions are linked with {decision}" + (f" ({direction})" if direction else "")
    return f"what {decision} {verb}" if way == "out" else f"what {verb} {decision}"


def _is_money(of: Set) -> bool:
    return is_headed(of) and isinstance(of, Scan) and of.rows is Rows.AWARDS


def _describe(form: Describe) -> str:
    words = quoted(form.words)
    if form.thing is None:
        return f"what is meant by {words}" if words else "what something is"
    return f"what {form.thing.label} is" + (f", and what is meant by {words}" if words else "")


def _verify(form: Verify) -> str:
    if isinstance(form.of, Scan):
        return f"the {subject(form.of, None)} that do not add up"
    return f"what does not add up for {subject(form.of, Rows.CHECKS)}"


_FORMS: Mapping[type, Callable[..., str]] = {
    List: _list,
    Count: _count,
    Compare: _compare,
    Get: _get,
    Describe: _describe,
    Verify: _verify,
    Total: lambda form: f"the total {_of(form.of)}{_own(form)}",
    Mean: lambda form: f"the average for each {_ONE[form.what]} {_of(form.of)}",
    Share: lambda form: f"{subject(form.part)}, as a share of {subject(form.whole)}",
    Series: lambda form: f"the total {_of(form.of)}, {_BY[form.by]}",
    Is: lambda form: f"whether there is {'money for ' if _is_money(form.of) else ''}{subject(form.of)}",
    Path: lambda form: f"how {form.one.label} and {form.other.label} are connected",
    Quote: lambda form: f"{_WANTED[form.wanted]} in the {subject(form.of, None)}",
}
