"""The answer that people get: of the chosen form, or why no form was chosen; always with how the question was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graph.ask.known.facts import Facts
from graph.ask.language.edits import conditions_of, scans_of
from graph.ask.language.english import english
from graph.ask.language.phrases import listed
from graph.ask.language.terms import (
    Choice,
    During,
    Form,
    Named,
    OfKind,
    Quote,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Sized,
    Standing,
)
from graph.ask.reading.candidates import Candidate
from graph.ask.reading.read import Reading
from graph.ask.result import Alternative, Answer, Caveat, LeftOutSum, Passage, Status
from graph.ask.running.caveats import IN_DOUBT, NO_YEAR, not_spent
from graph.ask.running.draft import Draft
from graph.ask.running.sums import is_narrow
from graph.ask.running.unknown_kinds import kind_not_known, kinds_left_open
from graph.ask.running.whom import places_within
from graph.ask.running.without_year import said_alone
from graph.ask.saying.ranking import Tried
from graph.counting.bounds import Bounds, bounds
from graph.counting.left_out import is_money
from graph.counting.tally import Tally
from graph.counting.unsure import Unsure, unsure_part
from graph.identifiers import entity_iri
from graph.queries import query

_MORE = (
    "Ask about a programme, an organisation, a place, a year or a decision, for example 'who funds Drive in West "
    "Mercia'."
)
_CLOSE = 0.06  #: two readings whose probabilities differ by less are both told, where their answers differ
_OFFERED = 3
_LIKELY = 0.5  #: probability from which on an answer that is not given is said to be likely
_UNDERSTOOD = 0.5  #: probability from which on it is plain what is asked
_SPENT = re.compile(r"\b(?:spent|spends?|spending|expenditure)\b")
_TELLS_MUCH = 0.7  #: weight from which on a word that no document has is named
#: the parts of a reading by which a sum has the thing of a role
_SLOTS = {
    Role.FUNDER: ("funder",), Role.RECIPIENT: ("recipient",), Role.PARTY: ("funder", "recipient"),
    Role.PROGRAMME: ("programme",), Role.FUND: ("fund",),
}  # fmt: skip
_ASKS = {
    "List": "list", "Total": "amount", "Count": "count", "Mean": "average", "Share": "share", "Compare": "comparison",
    "Series": "by-year", "Get": "detail", "Is": "yes-or-no", "Path": "connection", "Describe": "definition",
    "Verify": "checks", "Quote": "words",
}  # fmt: skip


def answered(reading: Reading, best: Tried, rivals: Sequence[Tried], facts: Facts) -> Answer:
    """Return the answer of the form that a question is read as."""
    draft, form = best.draft, best.candidate.form
    said = answer_of_form(reading.whole, form, draft, facts, probability=round(best.sureness, 2))
    if _SPENT.search(reading.masked) and said.unsure is not None:
        said = replace(said, caveats=(not_spent(), *said.caveats))
    said = replace(said, interpretation=said.interpretation | _aside(reading))
    unused = _left_aside(reading, best)
    if unused:
        said = replace(said, text=f"{said.text} The answer does not go by {listed(f'“{word}”' for word in unused)}.")
    other = _other_reading(best, rivals)
    if other is None:
        return said
    asked = f"{english(form)}, or {english(other.candidate.form)}"
    text = f"The question can mean two things: {asked}. {draft.text} {other.draft.text}{draft.ending}"
    alternatives = tuple(_alternative(each) for each in (best, other))
    return replace(said, status=Status.AMBIGUOUS, text=text, alternatives=alternatives)


def answer_of_form(question: str, form: Form, draft: Draft, facts: Facts, *, probability: float = 1.0) -> Answer:
    """Return the answer of a form that was executed, without comparing it with other readings."""
    unsure = _unsure(draft)
    sureness = f" {unsure.sureness_said}".rstrip() if unsure and "£" in draft.text else ""
    bounded = _bounds(form, draft)
    clause = f" It is {bounded.clause}." if bounded and bounded.clause else ""
    text = f"{draft.text}{sureness}{clause}{draft.ending}"
    return Answer(
        question=question, status=draft.status, text=text, items=tuple(draft.items), value=draft.value,
        citations=draft.citations, checks=tuple(draft.checks), interpretation=interpretation(form, facts, draft),
        sparql=sparql_of(form), confidence=probability, caveats=(*draft.caveats, *_in_doubt(bounded, facts)),
        flows=tuple(dict.fromkeys(draft.flows)), counted=draft.counted, unsure=unsure, bounds=bounded, form=form,
        probability=probability, left_out=left_out(draft, facts),
    )  # fmt: skip


def _aside(reading: Reading) -> dict[str, Any]:
    """Return {"aside": [...]} with the words around the question that ask for nothing; {} without such words."""
    return {"aside": list(reading.aside)} if reading.aside else {}


def _left_aside(reading: Reading, best: Tried) -> list[str]:
    """Return the telling words of the question that are no condition of the chosen form."""
    form = best.candidate.form
    if isinstance(form, Quote) or not best.candidate.unused:
        return []
    said = {word for c in conditions_of(form) if isinstance(c, Says) for word in c.words}
    return [word for word in reading.telling if word not in said]


def _other_reading(best: Tried, rivals: Sequence[Tried]) -> Tried | None:
    """Return another reading that is about as probable and gives a different amount; None without one."""
    if isinstance(best.candidate.form, Quote) or best.draft.value.amount is None:
        return None
    for each in rivals:
        amount = each.draft.value.amount
        if isinstance(each.candidate.form, Quote) or type(each.candidate.form) is not type(best.candidate.form):
            continue
        if amount is not None and amount != best.draft.value.amount and best.probability - each.probability < _CLOSE:
            return each
    return None


def _alternative(tried: Tried) -> Alternative:
    said = english(tried.candidate.form)
    return Alternative(said, said, tried.candidate.form)


def refused(
    reading: Reading,
    tried: Sequence[Tried],
    empty: Sequence[Candidate],
    facts: Facts,
    *,
    why: str = "",
    unknown: Sequence[str] = (),
) -> Answer:
    """Return the answer of a question that no form answers: what was looked for, and the nearest that is there.

    Its status is `no_data` if it is clear what is asked and nothing is recorded, else `not_understood`.

    Args:
        reading: The question taken apart.
        tried: The forms that have an answer, the most probable first.
        empty: The forms on which nothing is recorded, the likeliest first.
        facts: The graph.
        why: Why no form can answer it, in a sentence; "" where that is not known beforehand.
        unknown: Names in the question that nothing loaded knows.
    """
    missing = _missing(reading, facts, unknown)
    best = tried[0] if tried else None
    looked = _looked_for(tried, empty)
    form = looked or (best.candidate.form if best else None)
    known = None if why or missing else _undated(looked, best, empty, facts)
    if known is not None:
        form, draft = known
        status, text = draft.status, draft.text
    elif why:
        status, text = Status.NOT_UNDERSTOOD, why
    elif missing:
        status, text = Status.NO_DATA, f"Nothing is recorded on {listed(missing, last='or')}."
    elif reading.other_kind:
        status, text = Status.NOT_UNDERSTOOD, kind_not_known(reading.other_kind)
    elif looked is not None and (said := kinds_left_open(looked, facts)):
        status, text = Status.NOT_UNDERSTOOD, said
    elif looked is not None:
        status, text = Status.NO_DATA, f"Nothing is recorded: {english(looked)}."
    elif best is None and reading.linked.mentions:
        named = listed(m.words for m in reading.linked.mentions)
        status, text = Status.NO_DATA, f"Nothing is recorded that answers this about {named}."
    elif best is not None:
        status = Status.NOT_UNDERSTOOD
        text = f"No answer is sure{_in_no_document(reading, facts)}.{_likely(tried)} What comes nearest stands below."
    else:
        status = Status.NOT_UNDERSTOOD
        text = f"These decisions don't answer that{_in_no_document(reading, facts)}. {_MORE}"
    offered = [each for each in tried if not isinstance(each.candidate.form, Quote)][:_OFFERED]
    return Answer(
        reading.whole, status, text, interpretation=interpretation(form, facts) | _aside(reading) if form else {},
        alternatives=tuple(_alternative(each) for each in offered), nearest=_nearest(tried, facts), form=form,
        citations=known[1].citations if known else (), left_out=left_out(known[1], facts) if known else (),
        confidence=round(best.sureness, 2) if best else 0.0, probability=round(best.sureness, 2) if best else 0.0,
    )  # fmt: skip


def _undated(
    looked: Form | None, best: Tried | None, empty: Sequence[Candidate], facts: Facts
) -> tuple[Form, Draft] | None:
    """Money that is known of what was looked for in vain, without its year, and the form that looked for it."""
    forms = [looked] if looked is not None else [each.form for each in empty if best is None]
    return next(((form, found) for form in forms if (found := said_alone(form, facts)) is not None), None)


def _likely(tried: Sequence[Tried]) -> str:
    """Return a sentence with the likeliest answer, marked as one to be checked.

    "" if none is more likely right than wrong.
    """
    for each in tried:
        is_quote = isinstance(each.candidate.form, Quote)
        if each.probability >= _LIKELY and not is_quote and each.draft.status is Status.ANSWERED:
            return f" The likeliest, to be checked: {each.draft.text}{each.draft.ending}"
    return ""


def _looked_for(tried: Sequence[Tried], empty: Sequence[Candidate]) -> Form | None:
    """Return the form that a question plainly means and on which nothing is recorded; None if another reading fits."""
    plain = next((each for each in empty if not isinstance(each.form, Quote) and _is_plain(each)), None)
    if plain is None or any(each.candidate.asks == plain.asks and not each.candidate.unused for each in tried):
        return None
    return plain.form


def _is_plain(candidate: Candidate) -> bool:
    """Return True if a form is likely, narrow and without conditions on words, which may belong to the asking."""
    scans = scans_of(candidate.form)
    likely = candidate.probability >= _UNDERSTOOD and candidate.parts >= _UNDERSTOOD and not candidate.unused
    says = any(isinstance(c, Says) for c in conditions_of(candidate.form))
    return likely and not says and bool(scans) and all(is_narrow(scan) for scan in scans)


def _missing(reading: Reading, facts: Facts, unknown: Sequence[str] = ()) -> list[str]:
    """Return the names of the question that occur in no document, as they are written there."""
    out = list(unknown)
    for mention in reading.linked.mentions:
        if mention.reference and not any(i in facts.documents_of for i in facts.by_key.get(mention.reference, ())):
            out.append(mention.words)
        if mention.choice is not None and not _is_known(mention.choice, facts):
            out.append(mention.words)
    return out


def _in_no_document(reading: Reading, facts: Facts) -> str:
    """Return the telling words of a question that occur in no document, as the end of a sentence; "" without one.

    They may ask ("whence") as well as be what is asked for, so they don't tell that nothing is recorded.
    """
    telling = (term for term in reading.words if term.weight >= _TELLS_MUCH)
    words = [f"“{term.said}”" for term in telling if not facts.texts.documents_with(term)]
    return f": no document has the word{'s' * (len(words) > 1)} {listed(words, last='or')}" if words else ""


def _is_known(choice: Choice, facts: Facts) -> bool:
    """Return True if the graph, or the words of a document, name one of a choice's entities."""
    if any(facts.documents_naming(entity) for entity in choice.entities):
        return True
    return any(facts.says(name) for entity in choice.entities for name in (entity.name, choice.words))


def _nearest(tried: Sequence[Tried], facts: Facts) -> tuple[Passage, ...]:
    """Return the passages that the likeliest forms rest on, to be offered as near rather than as an answer."""
    found: dict[tuple[str, str], Passage] = {}
    for each in tried[:2]:
        for citation in each.draft.citations[:2]:
            key = citation.document, citation.locator
            found.setdefault(key, Passage(citation.decision, citation.document, citation.locator, citation.quote[:600]))
    return tuple(found.values())[:_OFFERED]


def _unsure(draft: Draft) -> Unsure | None:
    """Return how much of an answer's money is not sure; None if the answer gives no sum."""
    if draft.value.amount is None and all(item.amount is None for item in draft.items):
        return None
    if draft.counted is not None:
        return unsure_part(draft.counted.flows or draft.counted.joint)
    return unsure_part(stated for stated in dict.fromkeys(draft.flows) if is_money(stated))


def _bounds(form: Form, draft: Draft) -> Bounds | None:
    """Return the bounds of an answer's figure; None where it is no sum that is counted."""
    counted, amount = draft.counted, draft.value.amount
    if counted is None or amount is None or amount != counted.total:
        return None
    slots = {_SLOTS.get(c.role, ()) for c in conditions_of(form) if isinstance(c, Named) and not c.without}
    slots |= {("year",) for c in conditions_of(form) if isinstance(c, During)}
    return bounds(counted, {slot for each in slots for slot in each})


def _in_doubt(bounded: Bounds | None, facts: Facts) -> tuple[Caveat, ...]:
    said = bounded.sentence(facts.caption_of) if bounded is not None else ""
    return (Caveat(IN_DOUBT, said),) if said else ()


def left_out(draft: Draft, facts: Facts) -> tuple[LeftOutSum, ...]:
    """The sums that touch the question and are not in the figure, each with its reason."""
    counted = draft.counted or Tally(())
    left = [(stated, NO_YEAR) for stated in draft.undated]
    left += [(stated, "one sum for several programmes") for stated in counted.joint if counted.flows]
    left += [(out.flow, out.said) for out in counted.left_out]
    return tuple(
        LeftOutSum(stated.flow.amount, reason, facts.caption_of(stated.document), stated.iri)
        for stated, reason in dict.fromkeys(left)
    )


def interpretation(form: Form, facts: Facts, draft: Draft | None = None) -> dict[str, Any]:
    """Return how the question was read, in words that people can check: a JSON object with a key for each condition."""
    out: dict[str, Any] = {"asks": _ASKS[type(form).__name__], "read_as": english(form)}
    for condition in conditions_of(form):
        if isinstance(condition, Named):
            names = [choice.label for choice in condition.choices]
            out["other_than" if condition.without else condition.role.value] = names[0] if len(names) == 1 else names
        elif isinstance(condition, Referred):
            out["decided_by" if condition.role is Role.DECIDER else "decision"] = list(condition.names)
        elif isinstance(condition, During):
            period = condition.period
            out["years"] = list(period.years or [str(y) for y in period.calendar]) or [
                period.first or "",
                period.last or "",
            ]
        elif isinstance(condition, Sized):
            out |= {"at_least": f"{condition.at_least:.2f}"} if condition.at_least is not None else {}
            out |= {"at_most": f"{condition.at_most:.2f}"} if condition.at_most is not None else {}
        elif isinstance(condition, Standing):
            out["kinds"] = [each.value for each in (*condition.kinds, *condition.statuses)]
        elif isinstance(condition, OfKind):
            out["of_kind"] = ("not " if condition.without else "") + condition.kind.value
        elif isinstance(condition, Says):
            out["words"] = list(condition.words)
    out.setdefault("years", None)
    included = _included(form, facts, draft) if draft is not None else []
    if included:
        out["includes"] = included
    return out


def _included(form: Form, facts: Facts, draft: Draft) -> list[str]:
    """Return the names of the places inside the asked place that the answer covers."""
    choices = [
        c for each in conditions_of(form) if isinstance(each, Named) and each.role is Role.PLACE for c in each.choices
    ]
    asked = {e.id for c in choices for e in c.entities}
    within = places_within(choices, facts) - asked
    named = (s.flow.place.name for s in draft.flows if s.flow.place is not None and s.flow.place.id in within)
    return list(dict.fromkeys(named))


def sparql_of(form: Form) -> str:
    """Return a SPARQL query for the sums that a form's names touch, with its values, ready to run elsewhere."""
    scans = [scan for scan in scans_of(form) if scan.rows is Rows.AWARDS]
    if not scans:
        return ""
    iris = _iris(scans[0])
    if not iris:
        return query("ask-all-flows")
    return query("ask-flows").replace("WHERE {", f"WHERE {{\n  VALUES ?thing {{ {' '.join(iris)} }}", 1)


def _iris(scan: Scan) -> list[str]:
    for role in (Role.PROGRAMME, Role.FUND, Role.RECIPIENT, Role.FUNDER, Role.PARTY):
        named = [c for c in scan.where if isinstance(c, Named) and c.role is role and not c.without]
        if named:
            return [f"<{entity_iri(e)}>" for c in named[0].choices for e in c.entities]
    return []
