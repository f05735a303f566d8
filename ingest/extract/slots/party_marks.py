"""Which candidate the grammar of a sentence makes the payer or the payee, and which ones stand behind it."""

from __future__ import annotations

import re

from graph.model import Entity
from ingest.extract.statements.statement import Statement


def is_said(features: tuple[str, ...]) -> bool:
    return any(":role=" in feature or feature.endswith(":label") for feature in features)


_CROSSED = re.compile(r"sums=([12])")
_BETWEEN = re.compile(r"names=([012])")


def marked(side: str, party: str, found: dict[Entity | None, tuple[str, ...]]) -> dict[Entity | None, tuple[str, ...]]:
    """Mark the candidate that the grammar of the sentence makes the party, and all others where there is one."""
    ranks = {entity: rank for entity, features in found.items() if (rank := rank_of(side, party, features)) is not None}
    if not ranks:
        return found
    best = min(ranks.values())
    firsts = [entity for entity, rank in ranks.items() if rank == best]
    out: dict[Entity | None, tuple[str, ...]] = {}
    for entity, features in found.items():
        if entity in firsts:
            mark = "said" if len(firsts) == 1 else "said-with-others"
        else:
            mark = "second" if entity in ranks else "not-said"
        out[entity] = (*features, f"{side}:{mark}")
    return out


def rank_of(side: str, party: str, features: tuple[str, ...]) -> tuple[int, int, int] | None:
    """Return how directly the sentence makes a candidate the party, least first; None where it does not."""
    if side == "R" and "R:label-rest|organisation|known" in features:
        return (0, 0, 0)
    if f"{side}:frame={party}" not in features:
        if side == "R" and "R:label" in features:
            return None if "R:label|programme" in features or "R:label|fund" in features else (1, 0, 0)
        may_open = side == "R" and not {"R:frame=payer", "R:body", "R:giver", "R:fund"} & set(features)
        return (2, 0, 0) if may_open and any(one.startswith("R:opens") for one in features) else None
    if side == "R" and "R:fund" in features and not {"R:role=to", "R:role=into"} & set(features):
        return None
    direct = any(feature in features for feature in (f"{side}:role=bracket", f"{side}:role=beside"))
    crossed = min(
        (int(match[1]) if (match := _CROSSED.search(one)) else 0 for one in features if "|sums=" in one), default=0
    )
    between = min(
        (int(match[1]) for one in features if (match := _BETWEEN.search(one)) and one.startswith(f"{side}:side")),
        default=0,
    )
    return (0 if direct else 1, crossed, between) if crossed == 0 else None


def token_at_label_rest(statement: Statement, index: int) -> bool:
    """Return True if a token stands in the part of a label after its dash or in its brackets."""
    label = statement.label
    return label is not None and bool(label.rest) and statement.parse.tokens[index].text in label.rest
