"""Awards without a sum, and facts beside money, against the labels of their document."""

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
    """How the awards without a sum stand to the labels."""

    found: tuple[tuple[Flow, AwardLabel], ...]
    extra: tuple[Flow, ...]
    missing: tuple[AwardLabel, ...]


@dataclass(frozen=True, slots=True)
class FactComparison:
    """Which of the labelled facts were read. More facts than the labelled ones are no fault."""

    found: tuple[FactLabel, ...]
    missing: tuple[FactLabel, ...]


def compare_awards(flows: Iterable[Flow], labels: Sequence[AwardLabel], names: NameComparison) -> AwardComparison:
    """Return which awards were read: the payee agrees, and no other payer is said than one that is accepted."""
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
    """Return which facts were read: relation, subject and object agree."""
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
    """Return what "partnerIn", "partner in" and "partner_in" have in common."""
    return re.sub(r"[^a-z]", "", relation.lower())
