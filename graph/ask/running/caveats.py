"""Caveats of a figure: what it leaves out or leaves open, each as a sentence beside the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.ask.known.facts import Facts
from graph.ask.language.phrases import in_years, listed, pounds
from graph.ask.result import Caveat
from graph.ask.running.shares import figure
from graph.counting.doubts import may_be_the_same, provisional_doubt, provisional_sum, same_money_doubt
from graph.counting.left_out import NO_MONEY, Reason
from graph.counting.likeness import total
from graph.counting.tally import Tally
from graph.stated.flows import StatedFlow

JOINT = "for several programmes together"
IN_DOUBT = "in doubt"
NO_YEAR = "no year stated"
MAYBE_SAME = "may be the same money in part"
PROVISIONAL = "provisional, not confirmed"
NOT_SPENT = "approved, not spent"

#: reasons that people need to see; the others are repetitions of what is counted
_TOLD = frozenset({*NO_MONEY, Reason.CARRIED, Reason.CONTRADICTS, Reason.MORE_YEARS}) - {Reason.NO_AWARD}


def caveats_of(counted: Tally, used: Sequence[StatedFlow], facts: Facts) -> tuple[Caveat, ...]:
    """Return the caveats of a figure: the sums that are not in it, and the uncertain sums that are."""
    shown = {stated.iri for stated in used} - {stated.iri for stated in counted.joint}
    holding = [out.flow for out in counted.left_out if out.reason is Reason.HOLDS]
    found = [_joint(stated, facts) for stated in dict.fromkeys([*counted.joint, *holding])]
    found += [
        _caveat(out.flow, out.said, f"is not added: {out.said}.", facts)
        for out in counted.left_out
        if out.reason in _TOLD and out.flow.iri not in shown
    ]
    found += undated_caveats(counted.flows, facts)
    found += _maybe_the_same(counted.flows, facts)
    found += _provisional(counted.flows)
    return tuple(dict.fromkeys(found))


def _joint(stated: StatedFlow, facts: Facts) -> Caveat:
    """A sum for several programmes, which no document splits."""
    names = listed(programme.name for programme in stated.flow.programmes)
    return _caveat(stated, JOINT, f"is for {names} together, and not split.", facts)


def undated_caveats(flows: Iterable[StatedFlow], facts: Facts) -> list[Caveat]:
    """Money in the figure for which no year is stated."""
    undated = [stated for stated in flows if not stated.flow.years]
    if not undated:
        return []
    decisions = listed((facts.caption_of(stated.document) for stated in undated), most=4)
    sums = f"For {pounds(total(undated))} no year is stated ({decisions}). It is in the figure."
    return [Caveat(NO_YEAR, sums, total(undated))]


def not_spent() -> Caveat:
    """Return the caveat for "spent": decisions state what may be spent, not what was spent."""
    return Caveat(NOT_SPENT, "Decisions show what was approved, not what was spent in the end.")


def _caveat(stated: StatedFlow, reason: str, says: str, facts: Facts) -> Caveat:
    caption = facts.caption_of(stated.document)
    text = f"{figure([stated], in_years(stated.flow.years))} ({caption}) {says}"
    return Caveat(reason, text, stated.flow.amount, caption, stated.document, stated.iri)


def _maybe_the_same(flows: Sequence[StatedFlow], facts: Facts) -> list[Caveat]:
    """A word of caution where one funder's match and allocation for the same years stand in different decisions."""
    for match, aside in may_be_the_same(flows):
        said = same_money_doubt(match, aside)
        return [Caveat(MAYBE_SAME, said, match.flow.amount, facts.caption_of(match.document), match.document)]
    return []


def _provisional(flows: Sequence[StatedFlow]) -> list[Caveat]:
    """How much of a figure is not confirmed."""
    said = provisional_doubt(flows)
    return [Caveat(PROVISIONAL, said, provisional_sum(flows))] if said else []
