"""What stands around a name that says it is a programme's: the words before it, its last word, the words behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_BEHIND = 60  #: characters behind a name in which words say what it is
_BEFORE = 40  #: characters before a name in which words say what it is
_APPOSED = re.compile(
    r"\s*[’”'\"]?\s*[,–(-]\s*(?:an?|its|their|his|her|the|our|which is|that is)\s+((?:[\w’'-]+\s+){0,5}[\w-]+)"
)
_IN_BRACKETS = re.compile(r"^\s*\([^()]{1,30}\)")
_INITIALS = re.compile(r"\s*\([A-Z][A-Za-z&]{1,9}s?\)")
_SMALL_WORD = re.compile(r"\s+([a-z][\w’'-]*)")


def cue_before(text: str, start: int, lexicon: Lexicon) -> str:
    """Return what leads up to a name.

    "called", "kind" ("its scheme X"), "for", "run", another preposition, "verb-" and a class, or "none".
    """
    groups = load_thing_words()
    sorts = (("called", groups["call"]), ("for", groups["for"]), ("run", groups["run"]))
    raw = text[max(0, start - _BEFORE) : start].rstrip("‘“'\" ").split()[-4:]
    for distance, word in enumerate(reversed(raw)):
        plain = plain_word(word)
        if (word[-1:] in ".;:!?" and distance > 0) or word[-1:] in ".;!?":
            return "none"
        if distance == 0 and plain in groups["kind"] | groups["kind-of-work"] and plain not in groups["call"]:
            return "kind"
        sort = next((sort for sort, words in sorts if plain in words), "")
        if sort or plain in lexicon.groups["preposition"]:
            return sort or plain
        if plain in lexicon.verbs:
            return f"verb-{lexicon.verbs[plain].verb_class}"
    return "none"


def forms_of(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what the last word of a name and the words behind it say that it is.

    "kind" (ends in "Project"), "kind-behind" ("X scheme"), "apposed" ("X, a project that"), "defined" ("X (ABC)");
    "before-money" ("X fund") and "before-noun" ("X nursery") speak against it.
    """
    kinds, found = load_thing_words()["kind"], []
    printed = text[end : end + _BEHIND]
    behind = _IN_BRACKETS.sub("", printed)
    name = text[start:end].split()
    if len(name) > 1 and plain_word(name[-1]) in kinds:
        found.append("kind" if name[-1][:1].isupper() else "kind-behind")
    if behind[:1].isspace() and (far := _kind_behind(behind, lexicon)):
        found.append(far)
    if _is_apposed(behind):
        found.append("apposed")
    following = behind.split()[:1]
    if following and plain_word(following[0]) in load_thing_words()["money-behind"]:
        found.append("before-money")
    elif not found and behind == printed and behind[:1].isspace() and _is_noun(following, lexicon):
        found.append("before-noun")
    if _INITIALS.match(printed):
        found.append("defined")
    return tuple(dict.fromkeys(found))


def end_with_kind(text: str, end: int, lexicon: Lexicon) -> int:
    """Return the end of a name with the words that describe its kind: "Harbour mentoring scheme", yet "Harbour"."""
    place = 0
    for index, word in enumerate(list(_SMALL_WORD.finditer(text[end : end + _BEHIND]))[:4]):
        if word.start() != place:
            break
        place = word.end()
        if plain_word(word[1]) in load_thing_words()["kind"]:
            return end + place if index else end
        if not are_describing([word[1]], lexicon):
            break
    return end


def are_describing(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return True for words that may stand between a name and its kind: no joints, no marks, no verbs of being."""
    others = lexicon.groups["preposition"] | lexicon.groups["not-a-name"] | load_thing_words()["not-describing"]
    return all(
        word[:1].isalpha() and not word.endswith((",", ".", ";", ":")) and plain_word(word) not in others
        for word in words
    )


def _kind_behind(behind: str, lexicon: Lexicon) -> str:
    words = behind.split()[:5]
    for index, word in enumerate(words[:4]):
        plain = plain_word(word)
        between = [one for one in words[:index] if plain_word(one) not in load_thing_words()["money-behind"]]
        if plain in load_thing_words()["kind"] and are_describing(between, lexicon):
            return "kind-behind" if index < 2 else "kind-far-behind"
        if plain in lexicon.groups["preposition"] | lexicon.groups["not-a-name"] - load_thing_words()["money-behind"]:
            break
    return ""


def _is_apposed(behind: str) -> bool:
    groups, apposed = load_thing_words(), _APPOSED.match(behind)
    kinds = groups["kind"] | groups["kind-of-work"]
    return apposed is not None and any(plain_word(word) in kinds for word in apposed[1].split()[:6])


def _is_noun(following: Sequence[str], lexicon: Lexicon) -> bool:
    if not following or not following[0].islower() or plain_word(following[0]) in lexicon.verbs:
        return False
    return are_describing(following, lexicon)
