"""A contract that two registers publish is one contract: the statements of both are kept as one record.

Buyers above a threshold have to publish the same contract in more than one register, each under its own identifier.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from graph.published.record import PublishedKind, PublishedRecord

#: who gave an identifier of the Open Contracting Data Standard: its registered prefix
_PREFIX = re.compile(r"ocds-[^-/\s]+(?=-)")
_JOIN = "; "

Group = list[PublishedRecord]


def register_of(record: PublishedRecord) -> str:
    """Return the register of a contract as the prefix of its identifier, "ocds-b5fd17"; "" where there is none."""
    found = _PREFIX.match(record.id) if record.kind is PublishedKind.CONTRACT else None
    return found.group() if found else ""


def once_in_registers(records: Iterable[PublishedRecord]) -> list[PublishedRecord]:
    """Return the records in their order, the statements of several registers about one contract as one record.

    They are one if buyer, supplier, sum and currency are the same, and the title too where the periods do not differ,
    or else the period to the day. Two contracts in one register stay two, however alike they are.
    """
    joined: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    order: list[Group] = []
    for record in records:
        groups = joined[_parties_and_sum(record)]
        group = _of_another_register(record, groups)
        if group is None:
            group = []
            groups.append(group)
            order.append(group)
        group.append(record)
    return [_one(group) for group in order]


def _parties_and_sum(record: PublishedRecord) -> tuple[str, ...]:
    payer, payee = record.payer_id or _plain(record.payer), record.payee_id or _plain(record.payee)
    return record.kind, payer, payee, str(record.amount.normalize()), record.currency


def _of_another_register(record: PublishedRecord, groups: Sequence[Group]) -> Group | None:
    """Return the statements of other registers that speak of the same contract; by title before by period."""
    register = register_of(record)
    if not register or not (record.payer and record.payee):
        return None
    registers = [(group, {register_of(each) for each in group}) for group in groups]
    free = [group for group, held in registers if "" not in held and register not in held]
    conditions: tuple[Callable[[PublishedRecord, PublishedRecord], bool], ...] = (_same_title, _same_period)
    for is_same in conditions:
        for group in free:
            if all(is_same(record, each) for each in group):
                return group
    return None


def _same_title(one: PublishedRecord, other: PublishedRecord) -> bool:
    if not one.title or _plain(one.title) != _plain(other.title):
        return False
    if one.period and other.period:
        return one.period == other.period
    return not (one.years and other.years) or bool(set(one.years) & set(other.years))


def _same_period(one: PublishedRecord, other: PublishedRecord) -> bool:
    return bool(one.period) and one.period == other.period


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _one(group: Group) -> PublishedRecord:
    if len(group) == 1:
        return group[0]
    return replace(
        group[0],
        id=_JOIN.join(each.id for each in group),
        words=" ".join(dict.fromkeys(each.words for each in group if each.words)),
        document=_JOIN.join(dict.fromkeys(each.document for each in group)),
        locator=_JOIN.join(each.locator for each in group),
        address=_JOIN.join(dict.fromkeys(each.address for each in group if each.address)),
        statements=tuple(group),
    )
