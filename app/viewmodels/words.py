"""Words and figures for display: sums, years, dates, and the labels of kinds and statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from graph.counting.placed_years import decision_words
from graph.counting.unsure import Unsure, sum_said
from graph.model import Band, Basis, EntityKind, FlowKind, FlowStatus, FundingFlow, RelationKind, Verdict
from graph.parse.money import format_pounds
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

NO_YEAR = "Year not stated"
NO_SUM = "No sum"  #: in place of an amount that is not known, which is never £0
OPEN_PARTY = "Not named"

KIND = {
    FlowKind.GRANT: "Grant",
    FlowKind.ALLOCATION: "Set aside",
    FlowKind.MATCH: "Match funding",
    FlowKind.OWN_COST: "Own costs",
    FlowKind.SUB_GRANT: "Passed on",
    FlowKind.CARRY_FORWARD: "Carried forward",
    FlowKind.BID: "Bid",
    FlowKind.ENVELOPE: "Ceiling or overall total",
}
STATUS = {
    FlowStatus.APPROVED: "Approved",
    FlowStatus.PROPOSED: "Proposed",
    FlowStatus.PROVISIONAL: "Provisional",
    FlowStatus.UNSUCCESSFUL: "Bid not successful",
    FlowStatus.SUPERSEDED: "Replaced later",
    FlowStatus.CONTEXT: "Background figure",
}
VERDICT = {
    Verdict.CONFLICT: "Does not add up",
    Verdict.ROUNDING: "Differs by rounding",
    Verdict.CONSISTENT: "Agrees",
}
THING = {
    EntityKind.ORGANISATION: "Organisation",
    EntityKind.PROGRAMME: "Programme",
    EntityKind.PLACE: "Place",
    EntityKind.FUND: "Fund",
}
THINGS = {
    EntityKind.ORGANISATION: "Organisations",
    EntityKind.PROGRAMME: "Programmes",
    EntityKind.PLACE: "Places",
    EntityKind.FUND: "Funds",
}
#: (read from the subject, read from the object)
RELATION = {
    RelationKind.MODIFIES: ("changes", "changed by"),
    RelationKind.EXTENDS: ("extends", "extended by"),
    RelationKind.SUPERSEDES: ("replaces", "replaced by"),
    RelationKind.REFERS_TO: ("refers to", "referred to by"),
    RelationKind.PARTNER_IN: ("partner in", "has partner"),
    RelationKind.LEADS: ("leads", "led by"),
    RelationKind.DEVELOPED: ("developed", "developed by"),
    RelationKind.DELIVERS: ("delivers", "delivered by"),
    RelationKind.EVALUATES: ("evaluates", "evaluated by"),
    RelationKind.MEMBER_OF_PANEL: ("on the panel for", "had on its panel"),
    RelationKind.DELIVERED_IN: ("delivered in", "has programme"),
    RelationKind.PILOTED_IN: ("piloted in", "piloted programme"),
    RelationKind.MENTIONS: ("mentions", "mentioned by"),
    RelationKind.ABOUT: ("is about", "subject of"),
    RelationKind.PART_OF: ("part of", "has part"),
    RelationKind.FUNDED_FROM: ("funded from", "pays for"),
    RelationKind.STARTS: ("starts", "starts"),
    RelationKind.ENDS: ("ends", "ends"),
    RelationKind.DECLINED: ("declined to fund", "not funded by"),
    RelationKind.BID_UNSUCCESSFUL: ("bid without success for", "had an unsuccessful bid by"),
    RelationKind.NUMBER_OF_AWARDS: ("number of awards", "number of awards"),
    RelationKind.SHARE: ("share", "share"),
}
#: the same between the names of a sentence, "A is a partner in B", where the label lacks a verb
SAID = {
    **{kind: label for kind, (label, _) in RELATION.items()},
    RelationKind.PARTNER_IN: "is a partner in",
    RelationKind.MEMBER_OF_PANEL: "was on the panel for",
    RelationKind.DELIVERED_IN: "is delivered in",
    RelationKind.PILOTED_IN: "was piloted in",
    RelationKind.PART_OF: "is part of",
    RelationKind.FUNDED_FROM: "is funded from",
}
#: how sure a reading is
BAND = {
    Band.SURE: "Sure",
    Band.LIKELY: "Likely right",
    Band.CHECK: "To be checked",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def pounds(amount: Decimal, basis: Basis = Basis.EXACT, *, per_year: bool = False) -> str:
    """Return a sum in words: "£1,234", "up to £1,234", "about £1,234", "£1,234 a year"."""
    before = {Basis.EXACT: "", Basis.CEILING: "up to ", Basis.ROUNDED: "about "}[basis]
    return f"{before}{format_pounds(amount)}{' a year' if per_year else ''}"


def held_sum(line: Mapping[str, Any]) -> str:
    """Return the amount of an answer or of a line of it, with what is granted as "up to"; "" where it has none."""
    amount = line.get("amount")
    return sum_said(Decimal(amount), Decimal(line.get("ceiling") or 0)) if amount else ""


def counted(part: Unsure, figure: Callable[[Decimal], str] = format_pounds) -> str:
    """Return a counted sum with what of it is a ceiling: "£300", "up to £300", "£300, £50 of it “up to”"."""
    return sum_said(part.whole, part.ceiling, figure=figure)


def whole_pounds(amount: Decimal) -> str:
    """Return a sum without pence, "£1,234", for a headline; tables have the pence."""
    return format_pounds(amount.quantize(Decimal(1), ROUND_HALF_UP))


def short_pounds(amount: Decimal) -> str:
    """Return a sum with at most three digits, for a picture: "£850", "£12k", "£1.25m", "£314m"."""
    if abs(amount) >= 999_500:  # what is nearer to £1m than to £999k
        millions = f"{amount / 1_000_000:.{2 if abs(amount) < 9_995_000 else 1 if abs(amount) < 99_950_000 else 0}f}"
        return f"£{millions.rstrip('0').rstrip('.') if '.' in millions else millions}m"
    if abs(amount) >= 10_000:
        return f"£{amount / 1000:.0f}k"
    return f"£{amount:,.0f}"


def sum_of(flow: FundingFlow) -> str:
    """Return a flow's amount with its qualifier, such as "up to"."""
    return pounds(flow.amount, flow.basis, per_year=flow.per_year)


def years(given: Sequence[str]) -> str:
    """Return years in words: "2023/24", "2018/19 to 2019/20", or that no year is stated."""
    if not given:
        return NO_YEAR
    return given[0] if len(given) == 1 else f"{given[0]} to {given[-1]}"


def years_of_money(stated: StatedFlow, heads: Mapping[str, DecisionHead]) -> str:
    """Return the years of a sum, or that none is stated and where it is shown for want of one."""
    return ", ".join(part for part in (years(stated.flow.years), decision_words([stated], heads)) if part)


def is_span(label: str) -> bool:
    """Return True if a label made by `years` stands for several years together."""
    return " to " in label


def year_order(label: str) -> tuple[bool, bool, str]:
    """Return a sort key for labels made by `years`: single years, then spans, then "no year"."""
    return label == NO_YEAR, is_span(label), label


def years_covered(given: Sequence[str]) -> str:
    """Return the years of several sums: "2018/19 to 2019/20" if they are consecutive, else a list."""
    starts = [int(year[:4]) for year in given if year[:4].isdigit()]
    if len(given) < 3 or starts == list(range(starts[0], starts[0] + len(given))):
        return years(given) if len(given) != 2 or starts[-1] - starts[0] == 1 else listed(given)
    return listed(given, limit=12)


def money_of_decision(amount: Decimal, given: Sequence[str], *, awards: int = 0) -> str:
    """Return the money that a decision moves with its years: "£30,000 for 2024/25".

    Without a counted sum, the number of awards without a printed amount is returned, or that no sum counts.
    """
    if not amount:
        return f"Amount not stated: {count(awards, 'award')} without a sum" if awards else "No sum counted"
    return f"{pounds(amount)}{f' for {years_covered(given)}' if given else ''}"


def date(iso: str) -> str:
    """Return an ISO date in words of the same precision: "6 July 2023", "July 2023" or "2023"; other text unchanged."""
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return iso
    if len(parts) == 1:
        return iso
    month = int(parts[1])
    if not 1 <= month <= 12:
        return iso
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS[month - 1]} {parts[0]}"


def moment(iso: str) -> str:
    """Return an ISO date and time in words, "21 November 2026, 06:15"; a date alone as a date."""
    day, _, time = iso.partition("T")
    return f"{date(day)}, {time[:5]}" if time else date(day)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 decision", "1,204 decisions"; `many` is the plural if it is irregular."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def others_say(number: int) -> str:
    """Return "2 more only mention it", of decisions beside those that are counted; "" for none."""
    return f"{number:,} more only {'mentions' if number == 1 else 'mention'} it" if number else ""


def one_line(text: str) -> str:
    """Return the words on one line."""
    return " ".join(text.split())


def recipient(flow: FundingFlow) -> str:
    """Return the recipient of a flow: the name, else the document's words, else that none is named."""
    return flow.recipient.name if flow.recipient else flow.recipient_words or OPEN_PARTY


def listed(words: Sequence[str], *, limit: int = 4) -> str:
    """Return words as a list: "a, b and c"; beyond the limit "a, b, c and 5 more"."""
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1:,} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
