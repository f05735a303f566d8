"""A question taken apart: what it may ask, its names with the roles they may have, its conditions and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product
from math import prod

from graph.ask.known.facts import Facts
from graph.ask.known.text import Term
from graph.ask.known.words import grammar_words, is_general, other_kinds, words_of
from graph.ask.language.terms import Kind, Period, Sized, Standing
from graph.ask.reading.conditions import limit_of, period_of, sized, standing
from graph.ask.reading.label_guesses import (
    EXCEPT,
    Guess,
    features_of,
    guesses,
    masked_tokens,
    role_features,
    sentence_for_meaning,
)
from graph.ask.reading.link import LinkedQuestion, tokens_of
from graph.ask.reading.phrasing import worded
from graph.ask.reading.terms import term_of_word, words_asked
from graph.model import EntityKind
from graph.search.embedding import query_vector
from graph.settings import Settings

LIKELY = 0.06  #: a part that a name may play must be as probable as this
_AS_NAME = 0.6  #: weight of a word that is written as a name
TELLS = 0.08  #: a word must weigh as much to be a condition
_COMBINATIONS = 5
_APART = 0.3  #: how much less likely it is that two names that stand apart play one part
_IN_A_ROW = re.compile(
    r"(?=\b(?:org|place|area)_(\d+)(?: 's)?(?: ?(?:and|or|&|plus|versus|vs|v|with|nor|as well as)(?: the)?| the)? "
    r"(?:org|place|area)_(\d+))"
)
_PARTS = {"<org>", "<place>", "<area>"}
_LEAVING_OUT = re.compile(
    r"\b(?:other than|apart from|except(?: for)?|excluding|exclude|besides|not counting|but not|aside from|"
    r"leaving (?:out|aside)|ignoring|not including|without(?: counting)?|outside(?: of)?|beyond|else than|bar) "
    r"(?:by |in |from |to |for )?(?:the )?(prog|fund|org|area|place)_(\d+)"
)
_NOT_OF_KIND = re.compile(
    r"\b(?:not|n't|other than|apart from|except(?: for)?|excluding|besides|without) (?:a |any |the |london |local )?"
    r"(councils?|boroughs?|charit(?:y|ies)|commissioners?|police forces?|local authorit(?:y|ies))\b"
)
_KIND_NOUNS = (
    (Kind.BOROUGH, re.compile(r"\bboroughs?\b")),
    (Kind.COUNCIL, re.compile(r"\b(?:councils?|local authorit(?:y|ies)|authorit(?:y|ies))\b")),
    (Kind.CHARITY, re.compile(r"\bcharit(?:y|ies)\b")),
    (Kind.COMMISSIONER, re.compile(r"\b(?:commissioners?|pccs?|pfccs?|opccs?)\b")),
    (Kind.FORCE, re.compile(r"\b(?:police )?forces?\b")),
)
_NEGATED = re.compile(
    r"\b(?:did|do|does|has|have|had|is|are|was|were)(?:n't| not| never) (?:\w+ )?(?:fund|pay|paid|give|given|get|got|"
    r"receiv|support|financ|contribut|award|benefit)\w*|\b(?:get|gets|got|receiv\w+|given) (?:no|none)\b|"
    r"\bnever (?:fund|pa|giv|gave|get|got|receiv)\w*|\bwithout (?:any )?(?:money|funding|grants?)\b"
)
_YES_NO = re.compile(
    r"^(?:so |and |but |ok |hey |hi )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b"
    r"(?! you\b| we\b| i\b)"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """One assignment of roles to the names of a question, with its probability."""

    roles: tuple[tuple[int, str], ...]  #: number of the mention -> its part
    probability: float

    def of(self, part: str) -> list[int]:
        """Return the numbers of the mentions that have a role."""
        return [number for number, name in self.roles if name == part]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question taken apart: its linked names, and what its words say."""

    linked: LinkedQuestion
    masked: str  #: its words as `link` masks them
    worded: float  #: log odds that a question worded so is answered rightly
    asks: tuple[Guess, ...]
    what: tuple[Guess, ...]
    parts: tuple[Parts, ...]  #: the likeliest first
    period: Period
    signed_period: Period  #: the same where the time is that of a signature
    sized: Sized | None
    standing: Standing | None
    limit: int | None
    words: tuple[Term, ...]  #: what names nothing, in order; each with how much it tells
    kind: Kind | None  #: of body that is spoken of
    not_kind: Kind | None
    other_kind: str  #: a kind of body that is asked for and that no form can ask for, "universities"; "" for none
    yes_no: bool
    negated: bool  #: it is asked who does not give or get
    name_words: Mapping[int, tuple[Term, ...]]  #: the words of programmes' and funds' names, by mention
    whole: str = ""  #: the question as it was put
    aside: tuple[str, ...] = ()  #: the words around it that ask for nothing

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that narrow the question down, in order."""
        return tuple(term.said for term in self.words if term.weight >= TELLS)


def read(linked: LinkedQuestion, facts: Facts, settings: Settings) -> Reading:
    """Return a linked question taken apart."""
    masked = linked.masked
    tokens = masked_tokens(masked)
    features = features_of(tokens)
    meaning = query_vector(sentence_for_meaning(masked), settings)
    asks = guesses("asks", features, meaning, settings)
    left_out = _NOT_OF_KIND.search(masked)
    return Reading(
        linked=linked,
        masked=masked,
        worded=worded(masked, meaning, settings),
        asks=tuple(asks),
        what=tuple(guesses("what", features, meaning, settings)),
        parts=tuple(_parts(linked, tokens, masked, asks[0].label, facts, settings)),
        period=period_of(linked, signed=False),
        signed_period=period_of(linked, signed=True),
        sized=sized(linked),
        standing=standing(masked),
        limit=limit_of(masked),
        words=tuple(_as_name(term_of_word(word, facts), linked) for word in words_asked(linked)),
        kind=_kind_said(masked),
        not_kind=_kind_said(left_out.group(1)) if left_out else None,
        other_kind=_other_kind(masked),
        yes_no=bool(_YES_NO.match(masked)),
        negated=bool(_NEGATED.search(masked)) and not _YES_NO.match(masked),
        name_words={
            n: tuple(term_of_word(word, facts) for word in words_of(m.words) if word not in grammar_words())
            for n, m in enumerate(linked.mentions)
            if m.tag in {"prog", "fund"}
        },
    )


def _as_name(term: Term, linked: LinkedQuestion) -> Term:
    """Return a term with more weight if its word is capitalised inside the sentence, as a name is."""
    is_written = re.search(rf"(?<=[a-z,] ){re.escape(term.said.capitalize())}\b", linked.text)
    return replace(term, weight=max(term.weight, _AS_NAME)) if is_written and not is_general(term.said) else term


def _other_kind(masked: str) -> str:
    found = _other_kinds().search(masked)
    return found["kind"] if found else ""


@cache
def _other_kinds() -> re.Pattern[str]:
    """The pattern of a kind of body that is not told of every body, where it is asked for."""
    kinds = "|".join(sorted(map(re.escape, other_kinds()), key=len, reverse=True))
    asked = r"(?:which|what|list|name|how many|any)(?: of)?(?: all)?(?: the)?"
    return re.compile(rf"\b{asked} (?:\w{{1,40}} )?(?P<kind>{kinds})\b")


def _kind_said(masked: str) -> Kind | None:
    return next((kind for kind, pattern in _KIND_NOUNS if pattern.search(masked)), None)


def _parts(
    linked: LinkedQuestion, tokens: Sequence[str], masked: str, asks: str, facts: Facts, settings: Settings
) -> list[Parts]:
    """Return the likeliest assignments of roles to all names together, the most probable first."""
    named = [
        int(token.partition("_")[2]) for token in tokens_of(masked) if token.split("_")[0] in {"org", "place", "area"}
    ]
    places = [at for at, token in enumerate(tokens) if token in _PARTS]
    left_out = {int(number) for _, number in _LEAVING_OUT.findall(masked)}
    choices: list[list[tuple[int, Guess]]] = []
    for number, at in zip(named, places, strict=False):
        if number in left_out:
            choices.append([(number, Guess(EXCEPT, 1.0))])
            continue
        found = guesses("roles", role_features(tokens, at, asks), None, settings)
        allowed = [g for g in found if _may_be(g.label, number, linked, facts)]
        whole = sum(g.probability for g in allowed) or 1.0
        likely = [Guess(g.label, g.probability / whole) for g in allowed if g.probability / whole >= LIKELY]
        choices.append([(number, g) for g in (likely or [Guess("party", 1.0)])[:3]])
    others = [
        (n, EXCEPT if n in left_out else m.tag) for n, m in enumerate(linked.mentions) if m.tag in {"prog", "fund"}
    ]
    joined = _joined(masked)
    combined = [
        Parts(
            tuple([(n, g.label) for n, g in combination] + others),
            prod(g.probability for _, g in combination) * _APART ** _pairs_apart(combination, joined),
        )
        for combination in product(*choices)
    ]
    return sorted(combined, key=lambda parts: -parts.probability)[:_COMBINATIONS]


def _joined(masked: str) -> set[tuple[int, int]]:
    """Return the pairs of mention numbers that stand in a row: "X and Y", "X, Y", "X or Y"."""
    return {(int(one), int(other)) for one, other in _IN_A_ROW.findall(masked)}


def _pairs_apart(combination: Sequence[tuple[int, Guess]], joined: set[tuple[int, int]]) -> int:
    """Return the number of neighbouring names with one role that do not stand in a row, which is seldom meant."""
    return sum(
        one[1].label == other[1].label != "party" and (one[0], other[0]) not in joined
        for one, other in pairwise(combination)
    )


def _may_be(part: str, number: int, linked: LinkedQuestion, facts: Facts) -> bool:
    """Return True if a name can have a role.

    A place, or a body with an area, can be the place. A body that takes decisions, or a place, can be the deciding
    body.
    """
    choice = linked.mentions[number].choice
    if choice is None:
        return False
    kinds = {entity.kind for entity in choice.entities}
    if part == "place":
        return EntityKind.PLACE in kinds or any(facts.registry.place_of_body(e.id) for e in choice.entities)
    if part == "body":
        area = any(e.kind is EntityKind.PLACE for e in choice.entities)
        return area or any(e.id in facts.documents_by_body for e in choice.entities)
    return True
