"""Parse one line of a label table into a record; an error names file, line, value and remedy."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from graph.model import FlowKind, FlowStatus
from graph.registry_tables import Line
from ingest.labels.records import Accepted, AwardLabel, DecisionLabel, FactLabel, FlowLabel, Years
from ingest.labels.years import years_between

KINDS = frozenset(map(str, FlowKind))
STATUSES = frozenset(map(str, FlowStatus))


def flow_label(line: Line, row: int) -> FlowLabel:
    """Return the flow label in a line.

    Raises:
        InvalidReference: A value cannot be read.
    """
    if line.text("year") and line.text("years"):
        raise line.fault("has both a year and years; keep the one that the sum belongs to")
    return FlowLabel(
        document=line.text("document"),
        row=row,
        funder=accepted(line, "funder"),
        recipient=accepted(line, "recipient"),
        amount=_amount(line),
        years=_years(line, line.text("year") or line.text("years")),
        programme=accepted(line, "programme"),
        place=line.text("place"),
        fund=accepted(line, "fund"),
        kind=_known(line, "kind", KINDS),
        status=_known(line, "status", STATUSES),
        is_required=line.one_of("required", frozenset(("yes", "optional"))) == "yes",
        where=line.text("where"),
    )


def award_label(line: Line) -> AwardLabel:
    """Return the award label in a line.

    Raises:
        InvalidReference: A value cannot be read.
    """
    return AwardLabel(
        document=line.text("document"),
        funder=accepted(line, "funder"),
        recipient=accepted(line, "recipient"),
        programme=accepted(line, "programme"),
        years=_years(line, line.text("years")),
        kind=_known(line, "kind", KINDS),
        status=_known(line, "status", STATUSES),
        where=line.text("where"),
    )


def fact_label(line: Line) -> FactLabel:
    """Return the fact label in a line.

    Raises:
        InvalidReference: The subject, the relation or the object is missing.
    """
    for column in ("subject", "relation", "object"):
        if not line.text(column):
            raise line.fault(f"has no {column}; give it or remove the line")
    return FactLabel(
        document=line.text("document"),
        subject=accepted(line, "subject"),
        relation=line.text("relation"),
        object=accepted(line, "object"),
        where=line.text("where"),
    )


def decision_label(line: Line) -> DecisionLabel:
    """Return the decision label in a line.

    Raises:
        InvalidReference: The file name is missing.
    """
    if not line.text("document"):
        raise line.fault("names no document; give the file's name")
    return DecisionLabel(
        file=line.text("document"),
        reference=line.text("reference"),
        title=line.text("title"),
        body=accepted(line, "body"),
        signed=line.text("signed"),
        decided_by=line.text("decided_by"),
    )


def year_alternatives(line: Line) -> tuple[Years, ...]:
    """Return the alternative spans of years that a line accepts.

    Raises:
        InvalidReference: An alternative is not a year or a span.
    """
    return _years(line, line.text("alternatives"))


def accepted(line: Line, column: str) -> Accepted:
    """Return the alternatives in a column: "a|b" gives two, "" gives the empty one."""
    return tuple(option.strip() for option in line.text(column).split("|"))


def _known(line: Line, column: str, known: frozenset[str]) -> Accepted:
    options = accepted(line, column)
    for option in options:
        if option not in known:
            raise line.fault(f"{column} {option!r} is not known; use one of: {', '.join(sorted(known))}")
    return options


def _amount(line: Line) -> Decimal:
    words = line.text("amount")
    try:
        amount = Decimal(words)
    except InvalidOperation:
        raise line.fault(f"amount {words!r} is not a number; write pounds as 12345.00") from None
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise line.fault(f"amount {words!r} is no sum of pounds and pence; write it as 12345.00")
    return amount.quantize(Decimal("0.01"))


def _years(line: Line, words: str) -> tuple[Years, ...]:
    try:
        return tuple(years_between(option.strip()) for option in words.split("|"))
    except ValueError as error:
        raise line.fault(f"{error}; write 2023/24, a span as 2018/19-2019/20, or nothing") from None
