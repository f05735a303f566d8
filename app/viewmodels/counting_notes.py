"""Notes on a page's totals: what they leave out and why, and where they may mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from app.viewmodels import words
from graph.counting.doubts import may_be_the_same, same_money_doubt
from graph.counting.left_out import Reason, is_money, no_money
from graph.counting.likeness import total
from graph.counting.placed_years import placed_years
from graph.counting.tally import Tally
from graph.model import Entity, EntityKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def row_notes(flows: Sequence[StatedFlow], tallies: Sequence[Tally]) -> dict[str, str]:
    """Return why a flow is in none of a page's totals, or how much of it is, by its IRI; others have no note.

    Args:
        flows: The flows of the page.
        tallies: The page's counts, that of the money's sources first: money passed on is counted at its source.
    """
    counted: dict[str, Decimal] = {}
    for tally in tallies:
        for stated in tally.flows:
            counted.setdefault(stated.iri, stated.flow.amount)
    notes = {stated.iri: no_money(stated).said for stated in flows if not is_money(stated)}
    for tally in tallies:
        notes |= {left.flow.iri: left.said for left in tally.left_out if left.flow.iri not in notes}
        notes |= {stated.iri: Reason.JOINT.sentence for stated in tally.joint}
    onward = Reason.PASSED_ON.sentence
    parts = {s.iri: counted[s.iri] for s in flows if s.iri in counted and counted[s.iri] < s.flow.amount}
    partly = {iri: f"Partly: {words.pounds(part)} of it; the rest counts elsewhere" for iri, part in parts.items()}
    left = {stated.iri: f"Not added: {notes.get(stated.iri, onward)}" for stated in flows if stated.iri not in counted}
    return partly | left


def left_out(flows: Sequence[StatedFlow], notes: dict[str, str]) -> str:
    """Return a sentence on how many figures the totals leave out, and why; "" if none."""
    said = [notes[stated.iri] for stated in flows if notes.get(stated.iri, "").startswith("Not added: ")]
    reasons = Counter(note.removeprefix("Not added: ") for note in said)
    no_awards = reasons.pop(Reason.NO_AWARD.sentence, 0)
    reasons.pop(Reason.PASSED_ON.sentence, None)
    parts = [f"{words.count(number, 'figure')} ({reason})" for reason, number in reasons.most_common()]
    parts += [f"{words.count(no_awards, 'figure')} (ceilings and bids, not awards)"] if no_awards else []
    return f"Left out of the totals: {words.listed(parts, limit=9)}. Every sum is in the table." if parts else ""


def sides_differ(came: Tally, went: Tally) -> str:
    """Return a sentence on why known payments and known income differ; "" if they are equal or one is unknown."""
    if not came.total or not went.total or came.total == went.total:
        return ""
    if went.total < came.total:
        return (
            f"{words.pounds(came.total - went.total)} less is known to be paid than is known to come in: decisions "
            "that accept or set aside money do not always say who gets it."
        )
    return (
        f"{words.pounds(went.total - came.total)} more is known to be paid than is known to come in: decisions that "
        "award money do not always say where it comes from."
    )


def given_on(came: Tally, went: Tally) -> str:
    """Return a sentence on money that an organisation was given and may have spent; "" where it gets or gives none."""
    if not came.total or not went.total:
        return ""
    return "What it received counts as given or spent only where a decision says whom it goes to."


def doubts(tally: Tally) -> str:
    """Return a caution on sums that may partly be the same money; "" if there are none."""
    pair = next(may_be_the_same(tally.flows), None)
    return same_money_doubt(*pair) if pair else ""


def area_placed(subject: Entity, flows: Iterable[StatedFlow]) -> str:
    """Return a sentence on money placed here only because it is the deciding body's area; "" if there is none."""
    unplaced = {stated.iri: stated for stated in flows if stated.flow.place is None}
    if subject.kind is not EntityKind.PLACE or not unplaced:
        return ""
    amount = words.pounds(total(unplaced.values()))
    return f"For {amount} no place is stated: it counts here as decided by a body that serves this area."


def year_placed(flows: Iterable[StatedFlow], heads: Mapping[str, DecisionHead]) -> str:
    """Return a sentence on money shown in the year of its decision, for lack of a stated year; "" if there is none."""
    undated = {stated.iri: stated for stated in flows if not stated.flow.years}
    placed = [stated for stated in undated.values() if placed_years(stated, heads).years]
    if not placed:
        return ""
    return f"No year is stated for {words.pounds(total(placed))}: it is shown in the year of its decision."
