"""Compare awards without a printed amount, and facts, with the labels of their document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.labels.compare import Flow
from ingest.labels.names import NameComparison
from ingest.labels.records import AwardLabel, FactLabel


@dataclass(frozen=True, slots=True)
class AwardComparison:
    """The result of comparing awards without a printed amount with labels."""

    found: tuple[tuple[Flow, AwardLabel], ...]
    extra: tuple[Flow, ...]
    missing: tuple[AwardLabel, ...]


@dataclass(frozen=True, slots=True)
class FactComparison:
    """Which labelled facts were read. Facts beyond the labelled ones are not errors."""

    found: tuple[FactLabel, ...]
    missing: tuple[FactLabel, ...]


def compare_awards(flows: Iterable[Flow], labels: Sequence[AwardLabel], names: NameComparison) -> AwardComparison:
    """Return which labelled awards were read: the payee agrees, and a payer that is given is an accepted one."""
    left = [flow for flow in flows if flow.get("amount") in (None, "")]
    found: list[tuple[Flow, AwardLabel]] = []
    missing: list[AwardLabel] = []
    for label in labels:
        fit = next((flow for flow in left if _is_award(flow, label, names)), None)
        if fit is None:
            missing.append(label)
        else:
            left.remove(fit)
            found.append((fit, label))
    return AwardComparison(tuple(found), tuple(left), tuple(missing))


def compare_facts(
    relations: Iterable[Mapping[str, Any]], labels: Sequence[FactLabel], names: NameComparison
) -> FactComparison:
    """Return which labelled facts were read: relation, subject and object agree."""
    said = list(relations)
    found = [label for label in labels if any(_is_fact(each, label, names) for each in said)]
    return FactComparison(tuple(found), tuple(label for label in labels if label not in found))


def _is_award(flow: Flow, label: AwardLabel, names: NameComparison) -> bool:
    said = flow.get("recipient")
    if not names.touches(said, label.recipient) and (said or not names.agrees(said, label.recipient)):
        return False  # a payee left open is null: it agrees with "(to be procured) provider"
    return not flow.get("funder") or label.funder == ("",) or names.touches(flow["funder"], label.funder)


def _is_fact(relation: Mapping[str, Any], label: FactLabel, names: NameComparison) -> bool:
    return (
        _letters(relation["relation"]) == _letters(label.relation)
        and names.touches(relation["subject"], label.subject)
        and names.touches(relation["object"], label.object)
    )


def _letters(relation: str) -> str:
    """Return a relation's name reduced to letters, so that "partnerIn", "partner in" and "partner_in" are equal."""
    return re.sub(r"[^a-z]", "", relation.lower())
