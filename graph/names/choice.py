"""Decides whether a spelling found in a text is a name there, and whose: by capitals, common words, and place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from graph.model import Entity, EntityKind
from graph.names.mentions import NameContext
from graph.names.rules import AS_SUBJECT, TITLES, WordRule, local_spellings, pattern, word_rules
from graph.names.trie import Form, Match
from graph.names.words import name_key
from graph.registry import Registry

_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "upon", "under"})
_CUE_REACH = 200
_ALONE_BEFORE = re.compile(r"(?:^|[\n\t|])[ ]*$")
_ALONE_AFTER = re.compile(r"[ ]*(?:$|[\n\t|])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]|\n\s{0,9}(?:[-•*·o]|\d{1,40}[.)]|[a-z][.)])?)\s{0,9}[\"'“‘*_]{0,80}$")


def spelling_fits(form: str, surface: str, *, kind: EntityKind) -> bool:
    """Return True if the capitals of the printed words are those of a name that is spelt `form`."""
    wanted, found = re.findall(r"[^\W_]+", form), re.findall(r"[^\W_]+", surface)
    if len(wanted) == 1 and len(found) == 1:
        return _one_word_fits(wanted[0], found[0])
    if form.isupper() and len(form) <= 6:
        return surface.isupper()
    names = [word for word in found if word.casefold() not in _SMALL]
    capital = sum(1 for word in names if not word[0].islower())
    if not any(word[0].isupper() for word in wanted):
        return True
    if names and not names[0][0].islower() and capital * 2 >= len(names):
        return True
    return capital == 0 and len(names) >= 3 and kind is not EntityKind.PLACE


def _one_word_fits(wanted: str, found: str) -> bool:
    if wanted.isupper() and len(wanted) <= 5:
        return found == wanted or (found[:-1] == wanted and found[-1] == "s")
    if wanted.islower():
        return found == wanted
    return found[0].isupper() or found == wanted or (not wanted[1:].islower() and len(found) >= 8)


class NameChoice:
    """The rules by which a spelling is a name, over one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def entities(
        self, match: Match, text: str, context: NameContext, kinds: Collection[EntityKind] | None
    ) -> tuple[Entity, ...]:
        """Return the things that a match may stand for, likeliest first; () if it is no name here."""
        surface = text[match.start : match.end]
        key = name_key(surface)
        rule = word_rules().get(key.removeprefix("a "))
        forms = [form for form in match.forms if not form.is_typed and (kinds is None or form.entity.kind in kinds)]
        forms = [form for form in forms if spelling_fits(form.text, surface, kind=form.entity.kind) or rule]
        if not forms or (rule and not self._holds(rule, forms, match, text, context)):
            return ()
        if not rule and pattern(TITLES).search(text, max(0, match.start - 40), match.start):
            return ()
        return self.in_order(forms, context, key=key)

    def in_order(self, forms: Sequence[Form], context: NameContext, *, key: str) -> tuple[Entity, ...]:
        """Return the entities of some spellings, those of the document's place first.

        A name that is used only locally (`local_spellings`) is left out for a document of another place.
        """
        place = self.place_of_context(context)
        entities = list(dict.fromkeys(form.entity for form in forms))
        if place is None:
            return tuple(sorted(entities, key=self._rank))
        near = [entity for entity in entities if self._is_near(entity, place)]
        if key in local_spellings() or len(entities) > 1:
            entities = near if near or key in local_spellings() else entities
        names = {form.entity for form in forms if form.is_name}
        return tuple(sorted(entities, key=lambda entity: (entity not in near, entity not in names, self._rank(entity))))

    def place_of_context(self, context: NameContext) -> str | None:
        """Return the id of the place that a document decides for; None if it is unknown, or is the whole country."""
        if context.place is not None and context.place.id in self._registry.places:
            return context.place.id
        return self._registry.place_of_body(context.body.id) if context.body is not None else None

    def _is_near(self, entity: Entity, place: str) -> bool:
        own: str | None = entity.id
        if entity.kind is EntityKind.ORGANISATION:
            own = self._registry.place_of_body(entity.id)
        elif entity.kind is not EntityKind.PLACE:
            return True
        return own is None or self._registry.places_overlap(own, place)

    def _rank(self, entity: Entity) -> int:
        """Return a sort key for things of one name: organisations first, then what is done, then places."""
        return (EntityKind.PROGRAMME, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.FUND).index(entity.kind)

    def _holds(self, rule: WordRule, forms: Sequence[Form], match: Match, text: str, context: NameContext) -> bool:
        surface = " ".join(text[match.start : match.end].split()).replace("’", "'")
        if rule.spellings and surface not in rule.spellings:
            return False
        if not rule.spellings and not surface[:1].isupper():
            return False
        before, after = text[max(0, match.start - 60) : match.start], text[match.end : match.end + 60]
        if rule.not_before and pattern(rule.not_before).search(before):
            return False
        if rule.not_after and pattern(rule.not_after).match(after):
            return False
        if _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after):
            return True
        opens = bool(_SENTENCE_START.search(before)) and sum(map(str.isupper, surface)) < 2
        if opens and not pattern(AS_SUBJECT).match(after):
            return False
        if rule.before and not opens and not pattern(rule.before).search(before):
            return False
        return not rule.cue or self._has_cue(rule, forms, match, text)

    def _has_cue(self, rule: WordRule, forms: Sequence[Form], match: Match, text: str) -> bool:
        around = text[max(0, match.start - _CUE_REACH) : match.end + _CUE_REACH].replace("’", "'")
        if pattern(f"(?i){rule.cue}").search(around):
            return True
        return any(len(form.entity.name) > len(form.text) and _is_spelt_out(form.entity.name, text) for form in forms)


@lru_cache(maxsize=512)
def _is_spelt_out(name: str, text: str) -> bool:
    """Return True if a text contains a name in full, in any case."""
    return name.casefold() in _folded(text)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return text.casefold()
