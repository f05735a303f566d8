"""Examples for fitting: the candidates of each statement in labelled documents, and which of them the labels accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model import Entity
from graph.names.index import NameIndex
from graph.settings import Settings
from ingest.extract.awards.candidates import AwardRole, Candidate
from ingest.extract.choice import Option
from ingest.extract.decisions.decision import document_body_options, read_decision
from ingest.extract.decisions.registers import entries_of
from ingest.extract.flows import award_candidates_of, statements_of
from ingest.extract.slots.readings import Options, StatementReader
from ingest.extract.slots.standing import Standing
from ingest.extract.statements.statement import Statement
from ingest.extract.weights import Weights
from ingest.labels.names import NameComparison
from ingest.labels.records import AwardLabel, FlowLabel, Form, Group, LabelledDocument
from ingest.readers import read

_WITHOUT_AWARDS = 0.2  #: weight of a name in a document that awards nothing without a sum; most documents are such
#: how often a choice counts of a decision that ships with the project; those of two slots more often, which makes more
#: of the totals right that were added up by hand, and no fewer sums of other pages
_SHIPPED, _SHIPPED_MORE, _MORE = 6.0, 18.0, ("fund", "years")
_OFFICIAL = 3.0  #: how often a choice of a document counts that is no news
_NEEDED = 1.5  #: weight of a choice whose name must be given; one that may be left out counts 1
_LEFT_OUT = 0.1  #: weight of a choice of a name that may be left out
_UNCOMPARED = 0.3  #: weight of a choice that labels leave open: an empty fund is not compared, yet mostly means none


@dataclass(frozen=True, slots=True)
class Example:
    """One choice: the features of each candidate, and which candidates are right."""

    document: str
    body: str
    slot: str
    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    text: str = ""  #: the sentence, for people who look into a wrong choice
    values: tuple[str, ...] = ()  #: the candidates in words
    weight: float = 1.0  #: how much it counts in fitting
    taught: tuple[bool, ...] = ()  #: of the right candidates, those that labels prefer and fitting aims at


def body_examples_of(
    labelled: Iterable[LabelledDocument], names: NameIndex, settings: Settings | None = None
) -> list[Example]:
    """Return one example for each labelled document whose body no field names: the candidates for its body."""
    same = NameComparison(names.registry)
    found: list[Example] = []
    for one in labelled:
        document = read(one.path, settings=settings or Settings())
        options = document_body_options(document, names)
        right = tuple(same.agrees(_name(option.value), one.decision.body) for option in options)
        if options:
            features = tuple(option.features for option in options)
            found.append(
                Example(one.key, one.body, "body", features, right, values=tuple(_name(o.value) or "" for o in options))
            )
    return found


def examples_of(
    labelled: Iterable[LabelledDocument],
    names: NameIndex,
    settings: Settings | None = None,
    weights: Weights | None = None,
) -> list[Example]:
    """Return the examples of labelled documents, except those for their bodies. Each document is read once.

    Args:
        labelled: The documents.
        names: The registry's names.
        settings: How documents are read.
        weights: The fitted weights that choose a document's body; None for those shipped with whofunds.
    """
    same = NameComparison(names.registry)
    found: list[Example] = []
    for one in labelled:
        document = read(one.path, settings=settings or Settings())
        decision = read_decision(document, names, weights)
        used: dict[Decimal, int] = defaultdict(int)
        for part, own in entries_of(document, decision):
            reader, statements = statements_of(part, own, names)
            counted: dict[Decimal, int] = defaultdict(int)
            for statement in statements:
                counted[statement.money.amount] += 1
            for statement in statements:
                rows = _rows(statement, one.rows, used, counted)
                found.extend(_weighed(one, _examples(one, reader, statement, rows, same)))
            found.extend(_award_examples(one, own.body, award_candidates_of(part, own, names), same))
    return found


def _weighed(one: LabelledDocument, examples: Iterable[Example]) -> Iterator[Example]:
    """Yield examples with the weight of their document: decisions count more than the many news pages."""
    times = 1.0 if one.form is Form.NEWS else _OFFICIAL
    for example in examples:
        if one.group is Group.SAMPLES:
            times = _SHIPPED_MORE if example.slot in _MORE else _SHIPPED
        yield replace(example, weight=example.weight * times)


def _award_examples(
    one: LabelledDocument, body: Entity | None, candidates: Iterable[Candidate], same: NameComparison
) -> Iterable[Example]:
    """Yield an example for each name of a document: its role in an award without a sum (payee, thing, giver, none)."""
    for candidate in candidates:
        options = candidate.options()
        roles = {role for row in one.awards for role in _award_roles(candidate.entity.name, row, body, same)}
        right = [role in roles or (role is AwardRole.NONE and not roles) for role, _ in (one.value for one in options)]
        features = tuple(option.features for option in options)
        values = tuple(f"{candidate.entity.name}: {option.value[0]}" for option in options)
        weight = 1.0 if one.awards else _WITHOUT_AWARDS
        yield Example(one.key, one.body, "award", features, tuple(right), candidate.entity.name, values, weight)


def _award_roles(name: str, row: AwardLabel, body: Entity | None, same: NameComparison) -> Iterable[AwardRole]:
    paid, things, payers = (tuple(filter(None, slot)) for slot in (row.recipient, row.programme, row.funder))
    is_open = "" in row.recipient or same.agrees(None, row.recipient)
    if paid and same.touches(name, paid):
        yield AwardRole.PAYEE
    if is_open and things and same.touches(name, things):
        yield AwardRole.THING
    if body is not None and payers and same.touches(name, payers) and (is_open or same.touches(body.name, paid)):
        yield AwardRole.GIVER


def _rows(
    statement: Statement, rows: Sequence[FlowLabel], used: dict[Decimal, int], counted: dict[Decimal, int]
) -> list[FlowLabel]:
    """Return the label rows of a statement's sum; if as many statements as rows have the sum, each gets one in turn."""
    amount = statement.money.amount
    fitting = [row for row in rows if row.amount == amount]
    if len(fitting) > 1 and counted[amount] == len(fitting):
        turn = used[amount]
        used[amount] += 1
        return [fitting[turn % len(fitting)]]
    return fitting


def _examples(
    one: LabelledDocument, reader: StatementReader, statement: Statement, rows: list[FlowLabel], same: NameComparison
) -> Iterable[Example]:
    options = reader.options(statement)
    required = [row for row in rows if row.is_required]
    yield _standing_example(one, statement, options.standing, rows)
    status = {said for row in required or rows for said in row.status} - {"context"}
    if status:
        yield _example(one, statement, "status", options.status, [option.value in status for option in options.status])
    if not required:
        return
    parties = [
        any(
            same.agrees(_name(option.value.payer), row.funder) and same.agrees(_name(option.value.payee), row.recipient)
            for row in required
        )
        for option in options.parties
    ]
    yield _example(one, statement, "parties", options.parties, parties)
    spans = [set(span) for row in required for span in row.years]
    if statement.money.per_year:
        together = {year for row in required for span in row.years for year in span}
        spans.append(together)
    yield _example(one, statement, "years", options.years, [set(option.value) in spans for option in options.years])
    yield _programme_example(one, statement, options.programme, required, same)
    yield _example(
        one, statement, "fund", options.fund,
        [any(same.agrees(_name(option.value), row.fund) for row in required) for option in options.fund],
        weight=_fund_weight(required),
    )  # fmt: skip


def _fund_weight(rows: Sequence[FlowLabel]) -> float:
    if all("" not in row.fund for row in rows):
        return _NEEDED
    return _UNCOMPARED if all(row.fund == ("",) for row in rows) else 1.0


def _programme_example(
    one: LabelledDocument,
    statement: Statement,
    options: Sequence[Option[tuple[Entity, ...]]],
    rows: Sequence[FlowLabel],
    same: NameComparison,
) -> Example:
    """Return the example for a sum's programme; if labels allow no name, fitting prefers the name with less weight."""
    right = [_programme_agrees(option.value, rows, same) for option in options]
    named = tuple(is_right and bool(option.value) for is_right, option in zip(right, options, strict=True))
    is_needed = all("" not in row.programme for row in rows)
    weight = _NEEDED if is_needed else _LEFT_OUT if any(named) else 1.0
    return replace(
        _example(one, statement, "programme", options, right, weight=weight), taught=named if any(named) else ()
    )


def _programme_agrees(value: tuple[Entity, ...], rows: Sequence[FlowLabel], same: NameComparison) -> bool:
    name = value[0].name if len(value) == 1 else None
    return any(same.agrees(name, row.programme) for row in rows)


def _standing_example(
    one: LabelledDocument, statement: Statement, options: Sequence[Option[Standing]], rows: Sequence[FlowLabel]
) -> Example:
    """Return the example for a sum's standing.

    Only rows that are nothing but context forbid the standing "flow". Where labels name context first, as for a total
    beside its parts, fitting aims at context.
    """
    beside = {Standing.CONTEXT, Standing.NONE}
    accepted = taught = set(Standing)
    if not rows:
        accepted = taught = {Standing.NONE}
    elif any(row.is_required for row in rows):
        accepted = taught = {Standing.FLOW}
    elif all(set(row.status) == {"context"} for row in rows):
        accepted, taught = beside, {Standing.CONTEXT}
    elif all(row.status[0] == "context" for row in rows):
        taught = beside
    found = _example(one, statement, "standing", options, [option.value in accepted for option in options])
    return replace(found, taught=tuple(option.value in taught for option in options))


def _name(entity: Entity | None) -> str | None:
    return entity.name if entity is not None else None


def _example(
    one: LabelledDocument,
    statement: Statement,
    slot: str,
    options: Sequence[object],
    right: Sequence[bool],
    *,
    weight: float = 1.0,
) -> Example:
    features = tuple(option.features for option in options)  # type: ignore[attr-defined]
    values = tuple(str(option.value) for option in options)  # type: ignore[attr-defined]
    return Example(one.key, one.body, slot, features, tuple(right), statement.text, values, weight)


__all__ = ["Example", "Options", "examples_of"]
