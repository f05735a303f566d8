"""Forms as people change them: a condition removed or set, something else looked for, another reading chosen.

A changed form is executed as it stands; the words of the question are not read again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from graph.ask.asking import answer_after, facts_of, form_of, forms_read
from graph.ask.known.facts import Facts
from graph.ask.language.edits import conditions_of, part_of_condition, scans_of, with_conditions, with_scans
from graph.ask.language.english import english
from graph.ask.language.form_json import UnreadableForm, form_from_json, form_json
from graph.ask.language.terms import (
    Both,
    Choice,
    Compare,
    Condition,
    Count,
    During,
    Either,
    Form,
    Is,
    List,
    Mean,
    Named,
    Period,
    Quote,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Set,
    Share,
    Standing,
    States,
    Total,
    What,
    Without,
)
from graph.ask.reading.link import MAX_CHARACTERS, clean
from graph.ask.result import Answer, Status
from graph.ask.running.execute import execute
from graph.ask.running.without_year import said_alone
from graph.ask.saying.answer import answer_of_form, interpretation
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from graph.parse.years import find_years
from graph.settings import Settings

FORM = "form"  #: the part that is the whole form, as JSON
ASKS = "asks"  #: the part that is what is looked for
YEARS = "years"

#: parts whose condition names a thing, and of what kind it is
THINGS: Mapping[str, EntityKind] = {
    "programme": EntityKind.PROGRAMME,
    "place": EntityKind.PLACE,
    "fund": EntityKind.FUND,
    "funder": EntityKind.ORGANISATION,
    "recipient": EntityKind.ORGANISATION,
    "party": EntityKind.ORGANISATION,
    "body": EntityKind.ORGANISATION,
    "other_than": EntityKind.ORGANISATION,
}
#: what can be looked for in a set -> what is listed
_LISTED: Mapping[str, What] = {
    "funder": What.FUNDER, "recipient": What.RECIPIENT, "award": What.AWARD, "programme": What.PROGRAMME,
    "place": What.PLACE, "fund": What.FUND, "decision": What.DECISION,
}  # fmt: skip
TOTAL, BY_YEAR, HISTORY = "total", "by-year", "history"
LOOKED_FOR = (*_LISTED, TOTAL, BY_YEAR, HISTORY)
_ROLES = {EntityKind.PROGRAMME: Role.PROGRAMME, EntityKind.FUND: Role.FUND, EntityKind.PLACE: Role.PLACE}

LONGEST_FORM = 20_000  #: characters of a form in a link
SAID = 0.75  #: how much of what is looked for a sentence must hold to be quoted as an answer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A change to one part of a question's reading: the part's new value, or its removal."""

    part: str  #: as `parts_of` names it; "asks" for what is looked for; "form" for the whole of it
    value: Entity | str = ""  #: a thing, years as text, what is looked for, a form as JSON; "" takes the part away


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier question of the conversation, with the changes that people made to its reading, in order."""

    text: str
    changes: Sequence[Change] = ()


def form_text(form: Form) -> str:
    """Return a form as one short line of JSON, for a link."""
    return json.dumps(form_json(form), separators=(",", ":"), ensure_ascii=False)


def form_given(text: str, facts: Facts) -> Form | None:
    """Return the form that a line of JSON holds.

    Return None if it holds no form, or names things that the graph does not know.
    """
    try:
        return form_from_json(json.loads(text[:LONGEST_FORM]), facts)
    except (UnreadableForm, ValueError, RecursionError):
        return None


def parts_of(form: Form) -> Mapping[str, Condition]:
    """Return the conditions of a form by the name of their part: "place", and "place.2" for a second one.

    The condition on what a fact must state is not among them: it is what the form looks for.
    """
    found: dict[str, Condition] = {}
    for condition in conditions_of(form):
        if isinstance(condition, States):
            continue
        name = part_of_condition(condition)
        count = sum(each.partition(".")[0] == name for each in found)
        found[f"{name}.{count + 1}" if count else name] = condition
    return found


def changed(form: Form, changes: Sequence[Change], facts: Facts) -> Form:
    """Return the form after some changes, made in order; a change that fits no part is left out."""
    for change in changes:
        if change.part == FORM:
            form = form_given(str(change.value), facts) or form
        elif change.part == ASKS:
            form = looking_for(form, str(change.value)) or form
        elif change.value == "":
            condition = parts_of(form).get(change.part)
            form = without(form, condition) if condition is not None else form
        else:
            form = _with(form, change)
    return form


def without(form: Form, condition: Condition) -> Form:
    """Return a form without a condition.

    A combined set that only this condition told from the other set goes with it.
    """
    if all(condition in scan.where for scan in scans_of(form)):
        return with_conditions(form, lambda where: tuple(each for each in where if each != condition))
    if isinstance(form, Share):
        return Total(form.whole)
    if isinstance(form, Compare):
        kept = tuple(total for total in form.totals if not _holds(total.of, condition))
        return structs.replace(form, totals=kept) if len(kept) > 1 else kept[0]
    if isinstance(form, List | Total | Count | Mean | Series | Is):
        return structs.replace(form, of=_leaving(form.of, condition))
    return form


def _holds(of: Set, condition: Condition) -> bool:
    return any(condition in scan.where for scan in scans_of(of))


def _leaving(of: Set, condition: Condition) -> Set:
    """Return a combined set without the one of its two sets that alone has the condition."""
    if isinstance(of, Both | Either | Without):
        one, other = _holds(of.one, condition), _holds(of.other, condition)
        if one and other:
            return structs.replace(of, one=_leaving(of.one, condition), other=_leaving(of.other, condition))
        return of.other if one else of.one
    if isinstance(of, Scan):
        return Scan(of.rows, tuple(each for each in of.where if each != condition))
    return of


def _with(form: Form, change: Change) -> Form:
    """Return a form with a thing or years in the place of a part, or as an additional condition."""
    made = _condition(change)
    if made is None:
        return form
    known = parts_of(form).get(change.part)
    if known is not None:
        return with_conditions(form, lambda where: tuple(made if each == known else each for each in where))
    return with_conditions(form, lambda where: (*where, made))


def _condition(change: Change) -> Condition | None:
    name, value = change.part.partition(".")[0], change.value
    if name == YEARS and isinstance(value, str):
        years = tuple(dict.fromkeys(year for found in find_years(value) for year in found.years))
        return During(Period(years=years, words=value)) if years else None
    if name in THINGS and isinstance(value, Entity) and value.kind is THINGS[name]:
        excluded = name == "other_than"
        return Named(Role.PARTY if excluded else Role(name), (Choice(value.name, (value,)),), excluded)
    return None


def looked_for(form: Form) -> str:
    """Return the name of what a form looks for, such as "funders"; "" for a form that people cannot choose."""
    if isinstance(form, List) and not any(isinstance(each, States) for each in conditions_of(form)):
        plain = form.order is None or form.what in {What.AWARD, What.DECISION}
        return next((name for name, what in _LISTED.items() if what is form.what), "") if plain else ""
    if isinstance(form, Total):
        return TOTAL
    if isinstance(form, Series):
        return HISTORY if form.by is What.DECISION else BY_YEAR
    return ""


def looking_for(form: Form, name: str) -> Form | None:
    """Return a form that looks for something else in the same set; None for a form that is not over a single set."""
    of = getattr(form, "of", None)
    if of is None or name not in LOOKED_FOR:
        return None
    money = with_rows(of, Rows.DECISIONS if name == "decision" else Rows.AWARDS)
    if name == TOTAL:
        return Total(money)
    if name in {BY_YEAR, HISTORY}:
        return Series(money, What.YEAR if name == BY_YEAR else What.DECISION)
    return List(money, _LISTED[name])


def with_rows(of: Set, rows: Rows) -> Set:
    """Return a set over another sort of rows.

    Conditions that only facts have are dropped, and roles follow the things' kinds.
    """
    other = (States, Standing) if rows is Rows.DECISIONS else (States,)

    def as_rows(scan: Scan) -> Scan:
        where = (_named_by_kind(each) for each in scan.where if not isinstance(each, other))
        return scan if scan.rows is rows else Scan(rows, tuple(where))

    return with_scans(of, as_rows)


def _named_by_kind(condition: Condition) -> Condition:
    """Return the condition with a role that suits the named thing's kind: a programme is no funder or recipient."""
    if isinstance(condition, Named) and condition.role is Role.PARTY and not condition.without:
        kinds = {choice.entities[0].kind for choice in condition.choices}
        role = _ROLES.get(next(iter(kinds))) if len(kinds) == 1 else None
        return structs.replace(condition, role=role) if role else condition
    return condition


# --- answers


def answer_form(question: str, form: Form, facts: Facts) -> Answer:
    """Return the answer of a form, executed as it stands; `no_data` if the graph holds nothing on it."""
    try:
        draft = execute(form, facts)
    except (LookupError, TypeError, AttributeError, AssertionError):
        log.warning("no way to execute form=%s", english(form), exc_info=True)  # a link may hold any form
        draft = None
    if draft is not None and draft.citations and not (isinstance(form, Quote) and draft.level < SAID):
        return answer_of_form(question, form, draft, facts)
    known = said_alone(form, facts)
    if known is not None:
        return answer_of_form(question, form, known, facts)
    text = f"Nothing is recorded for this: {english(form)}."
    return Answer(
        question, Status.NO_DATA, text, interpretation=interpretation(form, facts), form=form, probability=1.0
    )


def answer_as_changed(
    text: str,
    source: object,
    *,
    settings: Settings,
    names: NameIndex | None = None,
    before: Sequence[Before] = (),
    changes: Sequence[Change] = (),
) -> Answer:
    """Return the answer to a question after people changed how it, or the questions before it, were read.

    Args:
        text: The question as typed.
        source: A build, or Facts.
        settings: Where the word lists and fitted weights lie.
        names: The index of names, where the caller has one already.
        before: The earlier questions of the conversation, oldest first.
        changes: The changes to the reading of this question, in order.
    """
    facts = facts_of(source, settings=settings, names=names)
    earlier: Form | None = None
    for each in before:
        if each.changes:
            earlier = _shown(each.text, each.changes, earlier, facts, settings)
        else:
            earlier = form_of(each.text, facts, settings=settings, before=earlier)
    form = _shown(text, changes, earlier, facts, settings) if changes else None
    if form is None:
        answer = answer_after(text, earlier, facts, settings)
        meant = _meant(text, earlier, facts, settings) if _is_unread(answer) else None
        return replace(answer, form=meant, interpretation=interpretation(meant, facts)) if meant else answer
    return answer_form(clean(text[:MAX_CHARACTERS]), form, facts)


def _shown(text: str, changes: Sequence[Change], before: Form | None, facts: Facts, settings: Settings) -> Form | None:
    """Return the form that a question is read as, with changes made; None if it is read as nothing."""
    whole = [n for n, change in enumerate(changes) if change.part == FORM and form_given(str(change.value), facts)]
    if whole:
        given = form_given(str(changes[whole[-1]].value), facts)
        return changed(given, changes[whole[-1] + 1 :], facts) if given is not None else None
    read = answer_after(text, before, facts, settings)
    form = (_meant(text, before, facts, settings) if _is_unread(read) else None) or read.form
    return changed(form, changes, facts) if form is not None else None


def _is_unread(answer: Answer) -> bool:
    """Return True if a question got no answer and is read as nothing but a search for words."""
    unanswered = answer.status in {Status.NO_DATA, Status.NOT_UNDERSTOOD}
    return unanswered and (answer.form is None or isinstance(answer.form, Quote))


def _meant(text: str, before: Form | None, facts: Facts, settings: Settings) -> Form | None:
    """Return the likeliest form with a condition other than words, whether or not the graph holds anything on it."""
    found = forms_read(clean(text[:MAX_CHARACTERS]), facts, settings=settings, before=before).candidates
    fitting = [c for c in found if not isinstance(c.form, Quote) and any(
        not isinstance(each, Says) for each in parts_of(c.form).values())]  # fmt: skip
    best = max(fitting, key=lambda c: c.probability * c.parts - c.unused, default=None)
    return best.form if best is not None else None
