"""Which candidate the grammar of a sentence makes the payer or the payee, and which ones stand behind it."""

from __future__ import annotations

import re

from graph.model import Entity
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse, governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of
from ingest.extract.words.tokens import Sort


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


def frame_of(lexicon: Lexicon, role: str, verb: str) -> str:
    """Return which party the grammar makes of a role under a verb; "" where it makes none."""
    frames = lexicon.frames
    return frames.get((verb, role)) or frames.get(("", role), "") if role != "far" else ""


def pointer_of(statement: Statement, lexicon: Lexicon) -> str:
    """Return which party a word that points back is by grammar ("they", "the charity"); "other", or "none"."""
    parse, at, governor = statement.parse, statement.at, statement.governor
    verb = governor.key if governor is not None else "no-verb"
    found = "none"
    for index, token in enumerate(parse.tokens):
        word = token.text.lower()
        if token.sort is Sort.NAME or word not in lexicon.groups["anaphor"]:
            continue
        is_noun = word not in lexicon.groups["pronoun"]
        before = {one.text.lower() for one in parse.tokens[max(0, index - 2) : index]}
        if is_noun and not before & {"the", "this", "that", "these"}:
            continue
        frame = frame_of(lexicon, role_of(parse, index, at, governor), verb)
        if frame:
            return frame
        found = "other"
    return found


def gets_whole(parse: Parse, index: int, whole: int | None, lexicon: Lexicon) -> bool:
    """Return True for X in "£5 to X (£2 in one year, £3 in the next)": who gets a sum gets the parts of it."""
    if whole is None or any(
        token.money is not None for token in parse.tokens[min(index, whole) + 1 : max(index, whole)]
    ):
        return False
    governor = governor_of(parse, whole)
    return frame_of(lexicon, role_of(parse, index, whole, governor), governor.key if governor else "") == "payee"


def ends_for(parse: Parse, at: int, index: int) -> bool:
    """Return True for "£5 for NAME," and "£5 for NAME and £6 ...": the name is all that the money is for."""
    between = [token.text.lower() for token in parse.tokens[at + 1 : index]]
    after = parse.tokens[index + 1] if index + 1 < len(parse.tokens) else None
    return between in (["for"], ["for", "the"]) and (
        after is None or after.sort in (Sort.COMMA, Sort.AND, Sort.STOP, Sort.BRACKET) or after.text == "."
    )
