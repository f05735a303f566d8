"""What a sum is: money that a decision moves, context beside it, or no money of anybody's award."""

from __future__ import annotations

from enum import StrEnum

from graph.model import Basis
from ingest.extract.slots.choice import Option
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon


class Standing(StrEnum):
    """What a sum is to the decision."""

    FLOW = "flow"
    CONTEXT = "context"
    NONE = "none"  #: no award's money: a threshold, a salary, a price


def standing_options(statement: Statement, lexicon: Lexicon) -> list[Option[Standing]]:
    """Return the three readings of a sum with the cues that stand around it."""
    features = ("bias", *cues_of(statement, lexicon), *_form(statement))
    return [Option(standing, tuple(f"{standing}:{feature}" for feature in features)) for standing in Standing]


def cues_of(statement: Statement, lexicon: Lexicon) -> list[str]:
    """Return the cues around a sum, each as "cue@where"; words right beside the sum are marked near."""
    before, after = statement.before, statement.after
    texts = {
        "before": before,
        "after": after,
        "sentence": statement.text,
        "label": statement.label.words if statement.label is not None else "",
    }
    found: list[str] = []
    for where, text in texts.items():
        for cue, pattern in lexicon.cues[where]:
            matches = list(pattern.finditer(text)) if text else []
            if not matches:
                continue
            found.append(f"{cue}@{where}")
            near = len(text) - matches[-1].end() < 12 if where == "before" else matches[0].start() < 4
            if where in ("before", "after") and near:
                found.append(f"{cue}@{where}-near")
    return found


def _form(statement: Statement) -> list[str]:
    amount, money = statement.money.amount, statement.money
    found = [f"origin={statement.origin.name}", f"basis={money.basis}"]
    if statement.governor is not None:
        found.append(f"verb={statement.governor.key}")
        if statement.governor.inherited:
            found.append("verb-inherited")
    else:
        found.append("verb=none")
    if statement.is_quoted:
        found.append("quoted")
    if money.per_year:
        found.append("per-year")
    if money.part:
        found.append(f"part={money.part}")
    if statement.label is not None:
        found.append("label")
        found.append("label-verified" if statement.label.entity.verified else "label-new")
        if statement.entries > 1:
            found.append("label-of-list")
    if statement.list_key is not None:
        found.append("list")
    found.append("size=" + ("tiny" if amount < 300 else "small" if amount < 5000 else "middle" if amount < 1_000_000 else "large" if amount < 20_000_000 else "huge"))  # noqa: E501
    if money.basis is Basis.ROUNDED and amount % 100_000 == 0:
        found.append("round")
    if sum(token.money is not None for token in statement.parse.tokens) > 1:
        found.append("several-sums")
    return found
