"""What a page says of its totals: what is not in them and why, and where they may mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.viewmodels import words
from graph.counting.doubts import may_be_the_same, same_money_doubt
from graph.counting.left_out import NO_AWARD, is_money, no_money
from graph.counting.tally import Tally
from graph.stated.flows import StatedFlow

JOINT = "one sum for several programmes, which no document splits"
ONWARD = "passed on, and counted where it comes in"


def row_notes(flows: Sequence[StatedFlow], tallies: Sequence[Tally]) -> dict[str, str]:
    """Return why a flow is in none of a page's totals, by its IRI; nothing for those that are in one.

    Args:
        tallies: Where the money comes from first; what is only paid on from there is counted at its source.
    """
    counted = {stated.iri for tally in tallies for stated in tally.flows}
    notes = {stated.iri: no_money(stated).reason for stated in flows if not is_money(stated)}
    for tally in tallies:
        notes |= {left.flow.iri: left.reason for left in tally.left_out if left.flow.iri not in notes}
        notes |= {stated.iri: JOINT for stated in tally.joint}
    return {stated.iri: f"Not added: {notes.get(stated.iri, ONWARD)}" for stated in flows if stated.iri not in counted}


def left_out(flows: Sequence[StatedFlow], notes: dict[str, str]) -> str:
    """Return in a sentence how many figures are not in the totals, and why; "" where all are."""
    reasons = Counter(notes[stated.iri].removeprefix("Not added: ") for stated in flows if stated.iri in notes)
    for told_apart in (NO_AWARD, ONWARD):
        reasons.pop(told_apart, None)
    ceilings = sum(1 for stated in flows if notes.get(stated.iri, "").endswith(NO_AWARD))
    parts = [f"{words.count(number, 'figure')} ({reason})" for reason, number in reasons.most_common()]
    parts += [f"{words.count(ceilings, 'figure')} (ceilings and bids, not awards)"] if ceilings else []
    return f"Left out of the totals: {words.listed(parts, limit=9)}. All are in the table below." if parts else ""


def sides_differ(came: Tally, went: Tally) -> str:
    """Return why more or less is known of who is paid than of where money comes from; "" where both are equal."""
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


def doubts(tally: Tally) -> str:
    """Return a word of caution on sums that may be the same money in part; "" where there are none."""
    pairs = may_be_the_same(tally.flows)
    return same_money_doubt(*pairs[0]) if pairs else ""
