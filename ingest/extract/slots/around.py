"""Names near a sum but outside its sentence: in earlier sentences, the heading and the title; what pronouns refer to.

"The charity", "they", and "we" in quoted speech refer to a name given before; that name then takes the role that the
word has in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.scope.document import Scope
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort, Token

_POINTS = ("the", "this", "that", "these", "those", "both")
_FEW = 3  #: words between "the" and what it belongs to: "the small local charity"
_LONGEST_LINE = 6  #: words of a line that is nothing but a name
_WORD_SORTS = (Sort.WORD, Sort.NOUN, Sort.VERB)


@dataclass(frozen=True, slots=True)
class Around:
    """A name near a sum, outside its sentence."""

    entity: Entity
    where: str  #: "earlier", "heading" or "title"
    distance: int  #: sentences back; 0 for heading and title
    part: str  #: "alone" (the words are the name), "subject", a preposition, or "other"


class PartyNames:
    """Decides which tokens name an organisation that may pay or be paid."""

    def __init__(self, scope: Scope, lexicon: Lexicon) -> None:
        self.scope = scope
        self.lexicon = lexicon

    def entity(self, token: Token) -> Entity | None:
        """Return the party that a token names; None if it names no party."""
        if token.sort is Sort.SELF:
            return self.scope.body
        if token.name is None:
            return None
        named = token.name.entity
        if any(one.kind is EntityKind.PLACE and self.scope.is_own_area(one) for one in (named, *token.name.candidates)):
            return self.scope.body
        words = set(named.name.lower().split())
        if not named.verified and words <= self.lexicon.groups["office-word"]:
            body = self.scope.body
            return body if body is not None and words <= set(body.name.lower().replace(",", "").split()) else None
        return named if named.kind in (EntityKind.ORGANISATION, EntityKind.FUND) and not self.is_time(named) else None

    def is_time(self, entity: Entity) -> bool:
        """Return True for a date that looks like a new name: "April 2020", "1st October"."""
        if entity.verified:
            return False
        words = entity.name.lower().split()
        return all(word[:1].isdigit() or self.lexicon.is_in("time-of-year", word) for word in words)

    def lines_above(self, statement: Statement) -> Iterator[tuple[Entity, str]]:
        """Yield (entity, place) for a lead-in or heading that is only a name, such as "Hartlepool:" above its sums."""
        lead = statement.lead.parse if statement.lead is not None else None
        for where, line in (("lead", lead), ("heading", statement.heading)):
            if line is not None and (entity := self._alone(line)) is not None:
                yield entity, f"alone in {where}"

    def _alone(self, parse: Parse) -> Entity | None:
        words = parse.text.strip(" \t\n*#•–—-")
        name = words.removesuffix(":").rstrip()
        for token in parse.tokens:
            if token.sort is Sort.NAME and token.text == name:
                return self.entity(token) or self.council_of(token)
        parts = name.split()
        if name == words or not name[:1].isupper() or len(parts) > _LONGEST_LINE:
            return None
        if any(self.lexicon.is_in("not-a-name", part.lower()) or part[:1].isdigit() for part in parts):
            return None
        return new_entity(name, EntityKind.ORGANISATION)

    def council_of(self, token: Token) -> Entity | None:
        """Return the council that the bare name of a place may stand for: "Harbourtown (£5,000)"; else None."""
        if token.name is None or token.name.entity.kind is not EntityKind.PLACE:
            return None
        councils = [one for one in token.name.candidates if one.kind is EntityKind.ORGANISATION]
        return councils[0] if len(councils) == 1 else None

    def is_other(self, entity: Entity | None) -> bool:
        """Return True for an organisation that is neither the deciding body nor one that funds such bodies."""
        if entity is None or entity == self.scope.body or entity.kind is not EntityKind.ORGANISATION:
            return False
        return not self.scope.gives(entity) and entity.name.lower() not in self.lexicon.groups["government"]

    def is_word(self, entity: Entity) -> bool:
        """Return True for a new one-word name that the document also writes in small letters: "Community", "Time"."""
        if entity.verified or not entity.name.isalpha():
            return False
        word = entity.name.lower()
        return word in self._small_words or word in self.lexicon.verbs or word.removesuffix("s") in self._small_words

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(re.findall(r"(?<![\w’'-])[a-z]{3,}\b", self.scope.document.text))

    # -- around a sentence ---------------------------------------------------------------------------------------

    def around(self, statement: Statement, title: Parse | None) -> list[Around]:
        """Return the names in the sentences before a statement, then those in its heading, then those in the title."""
        before = (statement.previous,) if statement.previous is not None else ()
        found: list[Around] = []
        for distance, parse in enumerate((*before, *statement.earlier), start=1):
            found += self._of(parse, "earlier", distance)
        if statement.heading is not None:
            found += self._of(statement.heading, "heading", 0)
        if title is not None:
            found += self._of(title, "title", 0)
        return found

    def _of(self, parse: Parse, where: str, distance: int) -> Iterator[Around]:
        for index, token in enumerate(parse.tokens):
            entity = self.entity(token)
            if entity is not None and token.sort is Sort.NAME:
                yield Around(entity, where, distance, self._part(parse, index))

    def _part(self, parse: Parse, index: int) -> str:
        tokens = parse.tokens
        before = [token for token in tokens[:index] if token.text.lower() not in ("the", "•", "-", "–")]
        if not any(token.sort in (Sort.VERB, Sort.AUXILIARY) for token in tokens) and (
            len(tokens[index].text) * 3 > len(parse.text) * 2 or (not before and _is_cut_off(parse, index))
        ):
            return "alone"
        if not any(token.sort in (Sort.VERB, Sort.NAME, Sort.PREPOSITION) for token in before):
            return "subject"
        near = [token for token in tokens[max(0, index - _FEW) : index] if token.sort is Sort.PREPOSITION]
        return near[-1].text.lower() if near else "other"

    # -- words that point back -----------------------------------------------------------------------------------

    def pointed(self, statement: Statement, around: Sequence[Around]) -> dict[int, Entity]:
        """Return the name that each referring word of the sentence stands for ("the charity", "it"), by token index."""
        found: dict[int, Entity] = {}
        speaker = self._speaker(statement) if statement.is_quoted else None
        for index, token in enumerate(statement.parse.tokens):
            if token.sort is Sort.SELF:
                if speaker is not None:
                    found[index] = speaker
            elif points_back(statement.parse, index, self.lexicon):
                entity = self._antecedent(statement.parse, index, around)
                if entity is not None:
                    found[index] = entity
        return found

    def _antecedent(self, parse: Parse, index: int, around: Sequence[Around]) -> Entity | None:
        word = parse.tokens[index].text.lower()
        inside = [entity for token in parse.tokens[:index] if (entity := self.entity(token)) is not None]
        if word in self.lexicon.groups["pronoun"]:
            if inside:
                return inside[-1]
        elif named := [
            one for one in [*reversed(inside), *(near.entity for near in around)] if _is_called(one, word, self.scope)
        ]:
            return named[0]
        if word in self.lexicon.groups["public-body"]:
            return None
        near = [one for one in around if self.is_other(one.entity)]
        by_group: dict[tuple[str, int], list[Around]] = {}
        for one in near:
            by_group.setdefault((one.where, one.distance), []).append(one)
        for group in by_group.values():
            ranked = sorted(group, key=lambda one: _RANKS.get(one.part, 3))
            if _RANKS.get(ranked[0].part, 3) < _LAST or len({one.entity for one in group}) == 1:
                return ranked[0].entity
        return None

    def _speaker(self, statement: Statement) -> Entity | None:
        """Return the organisation that a quoted person speaks for: the first one named after "said", else before it."""
        for parse in (statement.parse, statement.previous):
            if parse is None:
                continue
            said = [
                index for index, token in enumerate(parse.tokens) if token.text.lower() in self.lexicon.groups["speech"]
            ]
            named = [
                (index, entity)
                for index, token in enumerate(parse.tokens)
                if (entity := self.entity(token)) is not None and token.sort is Sort.NAME
            ]
            for index in said:
                after = [entity for at, entity in named if at >= index]
                before = [entity for at, entity in named if at < index]
                outside = [one for one in (*after[:1], *before[-1:]) if one.kind is EntityKind.ORGANISATION]
                if outside:
                    return outside[0]
        return None


_RANKS = {"alone": 0, "subject": 1, "to": 2, "for": 2, "by": 4, "from": 4}
_LAST = 3


def points_back(parse: Parse, index: int, lexicon: Lexicon) -> bool:
    """Return True for a word that refers to a name: a pronoun, or "the" with a noun for an organisation."""
    token = parse.tokens[index]
    word = token.text.lower()
    if token.sort is Sort.NAME or word not in lexicon.groups["anaphor"]:
        return False
    if word in lexicon.groups["pronoun"]:
        return True
    following = parse.tokens[index + 1] if index + 1 < len(parse.tokens) else None
    if following is not None and (
        following.sort is Sort.NAME or following.text.lower() in lexicon.groups["anaphor"] - lexicon.groups["pronoun"]
    ):
        return False
    for before in reversed(parse.tokens[max(0, index - _FEW) : index]):
        if before.text.lower() in _POINTS:
            return True
        if before.sort not in _WORD_SORTS:
            return False
    return False


def _is_called(entity: Entity, word: str, scope: Scope) -> bool:
    """Return True if a noun is part of a name ("the club" of a Youth Club), or names its kind of body."""
    row = scope.names.registry.organisations.get(entity.id)
    kind = {"local-authority": ("council", "authority"), "police-force": ("force", "constabulary")}
    if row is not None and word in kind.get(row.type, ()):
        return True
    return word in entity.name.lower().split()


def _is_cut_off(parse: Parse, index: int) -> bool:
    """Return True if a dash or the like follows a name: "Kites Club - new kites"."""
    return index + 1 < len(parse.tokens) and parse.tokens[index + 1].text.strip() in ("(", ",", "-", "–", "—", ":")
