"""Names in questions as people type them: in any case, with typing errors and short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from graph.model import Entity, EntityKind
from graph.names.mentions import NameContext, NameMention
from graph.names.rules import QuestionRule, pattern, question_rules
from graph.names.slips import NameSlips
from graph.names.text_names import TextNames
from graph.names.trie import Match
from graph.names.words import Word, name_key, words

_NOTHING = NameContext()
_SCORE_JOINED = 0.95
_SCORE_SLIP = 0.1
_SCORE_PART = 0.5
_MOST_PROGRAMMES = 3
_SMALL_WORDS = frozenset({"and", "of", "for", "the", "in", "on", "to", "a", "an", "from", "with", "by", "programme",
                          "project", "pilot", "model", "service", "london", "pan", "national", "domestic"})  # fmt: skip
_SUGGEST_FROM = 65
_NAMED_BODY = re.compile(
    r"(?: [A-Z][\w'’&-]*){0,3} (?:Trust|Ltd|Limited|CIC|Foundation|Association|Partnership|Network|Alliance|Forum|CVS|"
    r"Hospitals?|Chambers?|Mind|Homes|Housing|College|Academy|Consortium)\b"
)


class QuestionNames:
    """Finds names in questions, over one set of known names."""

    def __init__(self, names: TextNames) -> None:
        self._names = names

    @cached_property
    def _slips(self) -> NameSlips:
        return NameSlips(self._names.trie)

    def find(self, text: str) -> list[NameMention]:
        """Return the names in a question, in order, without overlaps."""
        text_words = words(text)
        found: list[NameMention] = []
        taken = [False] * len(text_words)
        for read in (self._as_printed, self._joined, self._slipped):
            position = 0
            while position < len(text_words):
                mention, last = (None, position) if taken[position] else read(text, text_words, position)
                if mention is None or any(taken[position : last + 1]):
                    position += 1
                    continue
                found.append(mention)
                taken[position : last + 1] = [True] * (last + 1 - position)
                while last + 1 < len(text_words) and text_words[last + 1].start < mention.end:
                    last += 1
                    taken[last] = True
                position = last + 1
        return _without_overlaps(sorted(found, key=lambda mention: mention.start))

    def find_parts(self, text: str) -> list[NameMention]:
        """Return mentions of two or more words that are part of the names of at most three programmes."""
        text_words = words(text)
        found: list[NameMention] = []
        position = 0
        while position + 1 < len(text_words):
            for last in range(min(position + 5, len(text_words) - 1), position, -1):
                keys = tuple(word.key for word in text_words[position : last + 1])
                programmes = self._programme_parts.get(keys, ())
                if 0 < len(programmes) <= _MOST_PROGRAMMES:
                    start, end = text_words[position].start, text_words[last].end
                    more = programmes if len(programmes) > 1 else ()
                    found.append(NameMention(programmes[0], start, end, text[start:end], more, _SCORE_PART))
                    position = last
                    break
            position += 1
        return found

    @cached_property
    def _programme_parts(self) -> dict[tuple[str, ...], tuple[Entity, ...]]:
        """The programmes that have two or more words in a row in their name, by these words.

        Short words do not begin or end them.
        """
        parts: dict[tuple[str, ...], dict[Entity, None]] = {}
        for steps, forms in self._names.trie.spellings():
            programmes = [form.entity for form in forms if form.entity.kind is EntityKind.PROGRAMME]
            for first in range(len(steps) if programmes else 0):
                for last in range(first + 1, len(steps)):
                    run = steps[first : last + 1]
                    if len(run) < len(steps) and not {run[0], run[-1]} & _SMALL_WORDS:
                        parts.setdefault(run, {}).update(dict.fromkeys(programmes))
        return {run: tuple(programmes) for run, programmes in parts.items()}

    def suggest(self, text: str, *, limit: int) -> list[Entity]:
        """Return the known things whose names are nearest to some words, best first."""
        from rapidfuzz import fuzz, process

        near = process.extract(
            name_key(text),
            self._spellings.keys(),
            scorer=fuzz.token_sort_ratio,
            limit=limit * 4,
            score_cutoff=_SUGGEST_FROM,
        )
        return list(dict.fromkeys(self._spellings[spelling] for spelling, _, _ in near))[:limit]

    @cached_property
    def _spellings(self) -> dict[str, Entity]:
        known: dict[str, Entity] = {}
        for steps, forms in self._names.trie.spellings():
            if sum(map(len, steps)) >= 4:
                known.setdefault(" ".join(steps), forms[0].entity)
        return known

    def _as_printed(self, text: str, text_words: Sequence[Word], position: int) -> tuple[NameMention | None, int]:
        matches = self._names.trie.matches_at(text_words, position)
        if matches and text_words[position].key == "the" and position + 1 < len(text_words):
            inner = self._names.trie.matches_at(text_words, position + 1)
            if inner and inner[0].last > matches[0].last:
                return None, position
        for number, match in enumerate(matches):
            if _is_name(text, match):
                return self._mention(text, match, 1.0, matches[number + 1 :]), match.last
        return None, position

    def _joined(self, text: str, text_words: Sequence[Word], position: int) -> tuple[NameMention | None, int]:
        match = self._slips.squashed_at(text_words, position)
        if match is None or not _is_name(text, match):
            return None, position
        return self._mention(text, match, _SCORE_JOINED, ()), match.last

    def _slipped(self, text: str, text_words: Sequence[Word], position: int) -> tuple[NameMention | None, int]:
        found = self._slips.slipped_at(text_words, text, position)
        if found is None:
            return None, position
        match, slips = found
        return self._mention(text, match, 1.0 - _SCORE_SLIP * slips, ()), match.last

    def _mention(self, text: str, match: Match, score: float, shorter: Sequence[Match]) -> NameMention | None:
        """Return the mention of a match, with the likeliest thing and the other candidates.

        None if a place only begins the name of an unknown body: "... Partnership".
        """
        entities = self._likeliest(match)
        first = entities[0]
        if first.kind is EntityKind.PLACE:
            body = self._names.bodies.get_body(first, text, match.start, match.end, any_case=True)
            if body is not None:
                return NameMention(body.entity, body.start, body.end, text[body.start : body.end], (), score)
            if _NAMED_BODY.match(text, match.end):
                return None
            entities = (*entities, *self._names.bodies.other_readings(first))
        inner = (form.entity for part in shorter for form in part.forms if form.entity.kind is first.kind)
        if first.kind is EntityKind.PROGRAMME:
            entities = (*entities, *inner)
        candidates = tuple(dict.fromkeys(entities))
        surface = text[match.start : match.end]
        return NameMention(first, match.start, match.end, surface, candidates if len(candidates) > 1 else (), score)

    def _likeliest(self, match: Match) -> tuple[Entity, ...]:
        """Return a match's entities, likeliest first; of a region and a police area of one name, the police area."""
        for form in match.forms:
            if form.is_typed:
                return self._names.typed_forms[form.text]
        entities = self._names.choice.in_order(match.forms, _NOTHING, key="")
        areas = [entity for entity in entities if self._names.registry.is_police_area(entity.id)]
        return tuple(dict.fromkeys((*areas, *entities))) if entities[0].kind is EntityKind.PLACE else entities


def _is_name(text: str, match: Match) -> bool:
    """Return True if a spelling that is also an ordinary word is a name at this place."""
    surface = text[match.start : match.end]
    rule = question_rules().get(name_key(surface))
    return rule is None or _holds(rule, text, match, surface)


def _holds(rule: QuestionRule, text: str, match: Match, surface: str) -> bool:
    before, after = text[max(0, match.start - 40) : match.start], text[match.end : match.end + 40]
    if rule.not_before and pattern(f"(?i){rule.not_before}").search(before):
        return False
    if rule.not_after and pattern(f"(?i){rule.not_after}").match(after):
        return False
    if rule.exactly:
        return surface in rule.exactly
    is_capital = surface[0].isupper() and (bool(before.strip()) or surface.isupper()) and not text.isupper()
    return not rule.before or is_capital or bool(pattern(f"(?i){rule.before}").search(before))


def _without_overlaps(mentions: Sequence[NameMention]) -> list[NameMention]:
    kept: list[NameMention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept
