"""What a total would be without the money that is in doubt, and with the money in doubt that it leaves out.

A total is one figure, and one wrong reading makes it wrong. Records say how probable each part of a reading is, and
the ledger which sums count and which are left out. So the sums that may make a total wrong can be named, each with its
reason, and the total has a least and a most. The signs are general: none is about one document or one figure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from graph.counting.left_out import Reason
from graph.counting.likeness import grouped, may_share_fund, party_of, programme_ids
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.model import Band, Doubt, Entity, EntityKind, FlowKind, FlowStatus
from graph.parse.money import format_pounds
from graph.stated.flows import StatedFlow

EVEN = 0.5  #: a part of a reading, or a whole one, that is less probable is likelier wrong than right
ONE_IN_FOUR = 0.25  #: probability from which on it may be that a sum is an award, or is none
ONE_IN_THREE = 1 / 3  #: a part that is less probable is at least twice as likely wrong as right
NAMED = 3  #: sums in doubt that are named in a sentence; all of them stand in the table of sums
_AWARDED = frozenset({FlowStatus.APPROVED.value, FlowStatus.PROVISIONAL.value})
_KIND_SLOT = {EntityKind.PROGRAMME: "programme", EntityKind.FUND: "fund"}
_ORGANISATION_SLOT = {Side.SOURCES: "recipient", Side.DELIVERIES: "funder"}


class Sign(StrEnum):
    """Why a sum is in doubt, in the order in which the reasons are looked for."""

    PART = "part"  #: the same decision states a larger sum between the same parties, and does not link the two
    STANDING = "standing"  #: it may be background, or not approved
    BELONGS = "belongs"  #: that it is of the thing is likelier wrong than right
    READING = "reading"  #: that it is right in every part is less likely than not
    JOINT = "joint"  #: left out: it is for several programmes together
    BACKGROUND = "background"  #: left out as background or as not approved, and may be an award


_ELSEWHERE = {
    "programme": ("may be for", "another programme, or none by name"),
    "fund": ("may be from", "another fund"),
    "recipient": ("may go to", "somebody else"),
    "funder": ("may come from", "somebody else"),
    "year": ("may be for", "other years"),
}


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A sum that may make a total wrong."""

    stated: StatedFlow
    sign: Sign
    amount: Decimal  #: how much of it is in the total, or would be
    whole: Decimal = Decimal(0)  #: for `Sign.PART`, the larger sum of the same decision
    doubt: Doubt | None = None  #: for `Sign.BELONGS`, the part of the reading that makes it one of the thing's

    @property
    def is_added(self) -> bool:
        """True if the total holds the sum; False if it is left out."""
        return self.sign not in (Sign.JOINT, Sign.BACKGROUND)

    @property
    def said(self) -> str:
        """The reason in words that can follow the sum."""
        if self.sign is Sign.PART:
            return f"may be a part of the {format_pounds(self.whole)} that the same decision states"
        return _elsewhere(self.doubt) if self.doubt is not None else _SAID[self.sign]


def _elsewhere(doubt: Doubt) -> str:
    """What else a part of a reading may be: "may be for Warm Homes"."""
    verb, other = _ELSEWHERE[doubt.slot]
    likeliest = doubt.alternatives[0].value if doubt.alternatives else ""
    return f"{verb} {(likeliest.replace('-', ' to ') if doubt.slot == 'year' else likeliest) or other}"


_SAID = {
    Sign.STANDING: "may be background, or not approved",
    Sign.READING: "is more likely than not misread in some part",
    Sign.JOINT: "is for several programmes together, and not added",
    Sign.BACKGROUND: "is left out as background, and may be an award",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A total with the sums that are in doubt, the largest first; in pounds."""

    whole: Decimal  #: the total
    least: Decimal  #: without the sums in doubt that it holds
    most: Decimal  #: with those that it leaves out
    sums: tuple[InDoubt, ...] = ()

    @property
    def clause(self) -> str:
        """Words to follow the total after a comma: "between £300 and £900, as sums are in doubt"; "" if none is.

        Ends without pence: they are not sums that a document states. A least of nothing is not said as £0, which would
        read as if no money were given.
        """
        if self.least == self.most:
            return ""
        least, most = (format_pounds(end.quantize(Decimal(1), ROUND_HALF_UP)) for end in (self.least, self.most))
        if self.least <= 0:
            return f"at most {most}, as all of its sums are in doubt"
        return f"between {least} and {most}, as sums are in doubt"

    def sentence(self, caption: Callable[[str], str], told: Collection[str] = ()) -> str:
        """Return the same as a sentence, with the largest sums in doubt and why; "" if none is.

        Args:
            caption: Returns what the decision of a document is called.
            told: IRIs of sums that need no saying, since they were in doubt in another total of the same page.
        """
        if not self.clause:
            return ""
        new = [each for each in self.sums if each.stated.iri not in told]
        named = [f"{format_pounds(each.amount)} ({caption(each.stated.document)}) {each.said}" for each in new[:NAMED]]
        rest = [f"and {len(new) - NAMED:,} more"] if len(new) > NAMED else []
        others = "besides those above, " if len(new) < len(self.sums) else ""
        return f"It is {self.clause}: {others}{'; '.join([*named, *rest])}." if new else f"It is {self.clause}."

    @property
    def notes(self) -> Mapping[str, str]:
        """Why each sum is in doubt, by its IRI, in words for its row in a table."""
        return {each.stated.iri: f"In doubt: {each.said}" for each in self.sums}


def bounds_json(bounded: Bounds) -> dict[str, str]:
    """Return the least and the most as JSON of decimal strings."""
    return {"least": f"{bounded.least:.2f}", "most": f"{bounded.most:.2f}"}


def slots_of(subject: Entity | None, side: Side) -> tuple[str, ...]:
    """Return the parts of a reading by which a sum is one of a thing's, seen from a side; none for a place."""
    if subject is None:
        return ()
    if subject.kind is EntityKind.ORGANISATION:
        return (_ORGANISATION_SLOT[side],) if side in _ORGANISATION_SLOT else ()
    return (_KIND_SLOT[subject.kind],) if subject.kind in _KIND_SLOT else ()


def total_clause(tally: Tally, bounded: Bounds) -> str:
    """Return how much of a total is not sure, and its bounds, in words to follow it after a comma; "" for neither."""
    said = unsure_part(tally.flows).clause, bounded.clause
    return "; ".join(part for part in said if part)


def bounds(tally: Tally, slots: Collection[str] = ()) -> Bounds:
    """Return what a tally comes to without and with the money that is in doubt.

    Args:
        tally: What counts, and what is left out.
        slots: The parts of a reading that make a sum one of the total's: "programme" for the total of a programme.
    """
    whole_of = _wholes(tally.flows)
    added = [*_added_in_doubt(tally.flows, slots, whole_of)]
    left = [*_left_in_doubt(tally)]
    doubtful = {each.stated.iri for each in added if each.sign is not Sign.PART}
    # a part of what may not count stands by itself where that does not
    taken = [each for each in added if each.sign is not Sign.PART or whole_of[each.stated.iri].iri not in doubtful]
    least = tally.total - sum((each.amount for each in taken), Decimal(0))
    most = tally.total + sum((each.amount for each in left), Decimal(0))
    ranked = sorted((*added, *left), key=lambda each: (-each.amount, each.stated.iri))
    return Bounds(tally.total, least, most, tuple(ranked))


def _added_in_doubt(
    flows: Iterable[StatedFlow], slots: Collection[str], whole_of: Mapping[str, StatedFlow]
) -> Iterator[InDoubt]:
    for stated in flows:
        flow = stated.flow
        belongs = next((each for each in flow.doubts if each.slot in slots and each.probability < EVEN), None)
        if stated.iri in whole_of:
            yield InDoubt(stated, Sign.PART, flow.amount, whole=whole_of[stated.iri].flow.amount)
        elif _other_standing(stated, is_award=False):
            yield InDoubt(stated, Sign.STANDING, flow.amount)
        elif belongs is not None:
            yield InDoubt(stated, Sign.BELONGS, flow.amount, doubt=belongs)
        elif _is_likelier_misread(stated):
            yield InDoubt(stated, Sign.READING, flow.amount)


def _is_likelier_misread(stated: StatedFlow) -> bool:
    """Whether a reading is likelier wrong in some part than right in all, or one part twice as likely wrong as right.

    The part need not be what makes the sum one of the thing's: who errs in one part of a sentence errs in others.
    """
    flow = stated.flow
    is_weak = any(doubt.probability < ONE_IN_THREE for doubt in flow.doubts)
    return (is_weak or flow.confidence < EVEN) and flow.band is not Band.SURE


def _left_in_doubt(tally: Tally) -> Iterator[InDoubt]:
    joint = (*tally.joint, *(out.flow for out in tally.left_out if out.reason is Reason.HOLDS))
    for stated in joint:
        yield InDoubt(stated, Sign.JOINT, stated.flow.amount)
    for out in tally.left_out:
        if out.reason in (Reason.CONTEXT, Reason.PROPOSED) and _other_standing(out.flow, is_award=True):
            yield InDoubt(out.flow, Sign.BACKGROUND, out.flow.flow.amount)


def _other_standing(stated: StatedFlow, *, is_award: bool) -> bool:
    """Whether it may well be that a sum is an award, or that it is none."""
    return (
        sum(
            other.probability
            for doubt in stated.flow.doubts
            if doubt.slot == "status"
            for other in doubt.alternatives
            if (other.value in _AWARDED) is is_award
        )
        >= ONE_IN_FOUR
    )


def _wholes(flows: Iterable[StatedFlow]) -> dict[str, StatedFlow]:
    """Return, by the IRI of each sum that may be a part of a larger one of its document, the smallest such sum."""
    found = {}
    for near in grouped(flows, lambda stated: (stated.document, party_of(stated.flow.funder))).values():
        ordered = sorted(near, key=lambda stated: (stated.flow.amount, stated.iri)) if len(near) > 1 else []
        for number, part in enumerate(ordered):
            whole = next((other for other in ordered[number + 1 :] if _may_hold(other, part)), None)
            if whole is not None:
                found[part.iri] = whole
    return found


def _may_hold(whole: StatedFlow, part: StatedFlow) -> bool:
    """Whether nothing but its size tells a sum from one that would hold it; two rows of tables are two sums."""
    a, b = part.flow, whole.flow
    if a.amount >= b.amount or (a.in_table and b.in_table) or (a.kind is FlowKind.MATCH) != (b.kind is FlowKind.MATCH):
        return False
    unclear = {doubt.slot for doubt in (*a.doubts, *b.doubts) if doubt.probability < EVEN}  # they tell nothing apart
    return (
        (b.recipient is None or party_of(a.recipient) == party_of(b.recipient))
        and (not a.years or not b.years or set(a.years) <= set(b.years) or "year" in unclear)
        and (not b.programmes or programme_ids(part) == programme_ids(whole) or "programme" in unclear)
        and (may_share_fund(part, whole) or "fund" in unclear)
    )
