"""Marks for candidates: which one the grammar makes payer or payee, and which candidates are ranked behind it.

`side` is "P" (payer) or "R" (recipient), as features begin; `party` is "payer" or "payee".
"""

from __future__ import annotations

import re

from graph.model import Entity
from ingest.extract.slots.around import points_back
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse, governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of
from ingest.extract.words.sections import Origin
from ingest.extract.words.tokens import Sort


def is_said(features: tuple[str, ...]) -> bool:
    """Return True if features show that the sentence or its label names the candidate."""
    return any(":role=" in feature or feature.endswith(":label") for feature in features)


_FEW = 5  #: words between a name and its sum in a clause without a verb
_CROSSED = re.compile(r"sums=([12])")
_BETWEEN = re.compile(r"names=([012])")


def marked(side: str, party: str, found: dict[Entity | None, tuple[str, ...]]) -> dict[Entity | None, tuple[str, ...]]:
    """Return all candidates with a mark: the party by the grammar of the sentence "said", the others behind it.

    If the grammar makes no candidate the party, nothing is marked.
    """
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


def is_paid_subject(statement: Statement, features: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Return True for X in "X was awarded £5": an organisation that is given a sum is not its payer."""
    governor, tokens = statement.governor, statement.parse.tokens
    if governor is None or governor.inherited or not governor.passive or not 0 < governor.index < statement.at:
        return False
    is_was = lexicon.is_in("passive", tokens[governor.index - 1].text)
    return is_was and {"P:role=subject", "P:frame=payee"} <= set(features)


def rank_of(side: str, party: str, features: tuple[str, ...]) -> tuple[int, int, int] | None:
    """Return how directly the sentence makes a candidate the party, lowest first; None if it does not."""
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
    """Return True if a token stands in a label after its dash or in its brackets."""
    label = statement.label
    return label is not None and bool(label.rest) and statement.parse.tokens[index].text in label.rest


def frame_of(lexicon: Lexicon, role: str, verb: str) -> str:
    """Return the party ("payer" or "payee") that a role has under a verb; "" if it has none."""
    frames = lexicon.frames
    return frames.get((verb, role)) or frames.get(("", role), "") if role != "far" else ""


def pointer_of(statement: Statement, lexicon: Lexicon) -> str:
    """Return the party that a referring word ("they", "the charity") is by grammar.

    "other" if neither, "none" without one.
    """
    parse, at, governor = statement.parse, statement.at, statement.governor
    verb = governor.key if governor is not None else "no-verb"
    found = "none"
    for index in range(len(parse.tokens)):
        if not points_back(parse, index, lexicon):
            continue
        frame = frame_of(lexicon, role_of(parse, index, at, governor), verb)
        if frame:
            return frame
        found = "other"
    return found


def gets_whole(parse: Parse, index: int, whole: int | None, lexicon: Lexicon) -> bool:
    """Return True for X in "£5 to X (£2 in one year, £3 in the next)": the payee of a sum is the payee of its parts."""
    if whole is None or any(
        token.money is not None for token in parse.tokens[min(index, whole) + 1 : max(index, whole)]
    ):
        return False
    governor = governor_of(parse, whole)
    return frame_of(lexicon, role_of(parse, index, whole, governor), governor.key if governor else "") == "payee"


def holders_of(parse: Parse) -> dict[int, int]:
    """Return the sum of each name in a series such as "£5 for X and £6 for Y", both as token indices.

    A series has at least two sums that the same preposition and a name follow.
    """
    tokens = parse.tokens
    found: dict[str, dict[int, int]] = {"for": {}, "to": {}}
    for at, token in enumerate(tokens):
        word = tokens[at + 1].text.lower() if token.money is not None and at + 1 < len(tokens) else ""
        if word not in found:
            continue
        name = at + 3 if at + 2 < len(tokens) and tokens[at + 2].text.lower() == "the" else at + 2
        if name < len(tokens) and tokens[name].sort is Sort.NAME:
            found[word][name] = at
    return {name: at for series in found.values() if len(series) > 1 for name, at in series.items()}


def gapped_of(parse: Parse) -> dict[int, int]:
    """Return the sum of each name directly before it in a clause without a verb: "X gave £5 and Y the remaining £6"."""
    found: dict[int, int] = {}
    for at, token in enumerate(parse.tokens):
        if token.money is None:
            continue
        own = [index for index in range(at) if parse.clause[index] == parse.clause[at]]
        names = [index for index in own if parse.tokens[index].sort is Sort.NAME]
        has_verb = any(parse.tokens[index].sort in (Sort.VERB, Sort.AUXILIARY) for index in own)
        if parse.clause[at] and len(names) == 1 and not has_verb and len(own) - own.index(names[0]) <= _FEW:
            found[names[0]] = at
    return found


def spoken_of(statement: Statement, lexicon: Lexicon) -> str:
    """Return whom a sum's sentence means without a name: "many" ("nine charities"), "one" ("a club") or "nobody".

    Unnamed "many" are paid together, so no name from elsewhere is the payee; the name of "one" is given elsewhere. A
    recommendation gives "formal": what it leaves open, it leaves open on purpose.
    """
    words = [token.text.lower() for token in statement.parse.tokens if token.sort is not Sort.NAME]
    if not lexicon.groups["many"].isdisjoint(words):
        return "many"
    if statement.origin is Origin.RECOMMENDATION:
        return "formal"
    nouns = lexicon.groups["anaphor"] - lexicon.groups["pronoun"]
    return "one" if not nouns.isdisjoint(words) else "nobody"


def group_acts(statement: Statement, lexicon: Lexicon) -> bool:
    """Return True if an unnamed group pays: "Boroughs have committed £5", "Partners are investing £5"."""
    parse, governor = statement.parse, statement.governor
    if governor is None or frame_of(lexicon, "subject", governor.key) != "payer":
        return False
    own = parse.clause[governor.index]
    before = [token for index, token in enumerate(parse.tokens[: governor.index]) if parse.clause[index] == own]
    words = [token.text.lower() for token in before if token.sort in (Sort.WORD, Sort.NOUN)]
    is_named = any(token.sort in (Sort.NAME, Sort.SELF) for token in before)
    return not is_named and any(word in lexicon.groups["many"] for word in words)


def beside_subject(
    side: str, party: str, found: dict[Entity | None, tuple[str, ...]]
) -> dict[Entity | None, tuple[str, ...]]:
    """Mark candidates that compete with the subject: in "X gives £5", all payers but X and named sources of money."""
    subject = {f"{side}:said", f"{side}:role=subject", f"{side}:frame={party}"}
    strange = {f"{side}:{mark}" for mark in ("fund", "thing", "word", "pointed")}
    if not any(subject <= set(features) and not strange & set(features) for features in found.values()):
        return found
    return {
        entity: features if f"{side}:frame={party}" in features else (*features, f"{side}:against-subject")
        for entity, features in found.items()
    }
