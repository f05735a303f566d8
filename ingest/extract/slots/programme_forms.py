"""Features around a name that mark it as a programme's: the words before it, its last word, the words after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_BEHIND = 60  #: characters behind a name in which words say what it is
_BEFORE = 40  #: characters before a name in which words say what it is
_APPOSED = re.compile(
    r"\s{0,9}[’”'\"]?\s{0,9}[,–(-]\s{0,9}(?:an?|its|their|his|her|the|our|which is|that is)\s{1,9}"
    r"((?:[\w’'-]{1,80}\s{1,9}){0,5}[\w-]{1,80})"
)
_IN_BRACKETS = re.compile(r"^\s*\([^()]{1,30}\)")
_INITIALS = re.compile(r"\s*\([A-Z][A-Za-z&]{1,9}s?\)")
_SMALL_WORD = re.compile(r"\s{1,9}([a-z][\w’'-]{0,80})")
_RUN_BEHIND = re.compile(
    r"\s*+[’”'\")]?\s*+[,–-]?\s*+(?:which\s+|that\s+)?(?P<be>(?:is|are|was|were|be|been)\s+(?:being\s+|to\s+be\s+)?)?"
    r"(?:\w+ly\s+)?(?P<verb>[a-z-]+)(?:\s+out)?(?P<by>\s+by\b)?"
)
_FUTURE = re.compile(
    r"\s*+,?\s*+(?:which\s+|that\s+)?(?:will|is\s+to|are\s+to|has|have|had|can|could|would)(?=\s+be(?:en)?\b)"
)


def cue_before(text: str, start: int, lexicon: Lexicon) -> str:
    """Return the kind of words before a name.

    "called", "kind" ("its scheme X"), "for", "run", another preposition, "verb-" with a verb class, or "none".
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
        if plain == "of" and distance + 1 < len(raw):
            sort = _sort_of_noun(plain_word(raw[-distance - 2]))
        if sort or plain in lexicon.groups["preposition"]:
            return sort or plain
        if plain in lexicon.verbs:
            return f"verb-{lexicon.verbs[plain].verb_class}"
    return "none"


def _sort_of_noun(word: str) -> str:
    """Return the cue of a noun before "of": "run" for "the delivery of X", "for" for "in respect of X"."""
    groups = load_thing_words()
    return "run" if word in groups["run-noun"] else "for" if word in groups["for-noun"] else ""


def forms_of(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the forms of a name: what its last word and the words after it say about it.

    "kind" (ends in "Project"), "kind-behind" ("X scheme"), "apposed" ("X, a project that"), "run-by" ("X, run by"),
    "coined" ("SafeNights"), "defined" ("X (ABC)"); "before-money" ("X fund") and "before-noun" ("X nursery") speak
    against a programme.
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
    if _is_run(behind):
        found.append("run-by")
    following = behind.split()[:1]
    if following and plain_word(following[0]) in load_thing_words()["money-behind"]:
        found.append("before-money")
    elif not found and behind == printed and behind[:1].isspace() and _is_noun(following, lexicon):
        found.append("before-noun")
    if _INITIALS.match(printed):
        found.append("defined")
    return tuple(dict.fromkeys(found))


def end_with_kind(text: str, end: int, lexicon: Lexicon) -> int:
    """Return the end of a name with the words for its kind, if any follow it: "Harbour mentoring scheme"."""
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
    """Return True for words that may stand between a name and its kind: no "and", no punctuation, no "is"."""
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


def _is_run(printed: str) -> bool:
    """Return True if the words after a name say that somebody runs it: "X, run by Y", "X will be rolled out"."""
    future = _FUTURE.match(printed)
    behind = _RUN_BEHIND.match(printed, future.end() if future is not None else 0)
    is_passive = behind is not None and bool(behind["be"] or behind["by"])
    return behind is not None and is_passive and behind["verb"] in load_thing_words()["run-passive"]


def _is_apposed(behind: str) -> bool:
    groups, apposed = load_thing_words(), _APPOSED.match(behind)
    kinds = groups["kind"] | groups["kind-of-work"]
    return apposed is not None and any(plain_word(word) in kinds for word in apposed[1].split()[:6])


def _is_noun(following: Sequence[str], lexicon: Lexicon) -> bool:
    if not following or not following[0].islower() or plain_word(following[0]) in lexicon.verbs:
        return False
    return are_describing(following, lexicon)
