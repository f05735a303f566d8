"""Names in a question that look like those of a body, a programme or a place, and that nothing loaded knows."""

from __future__ import annotations

import re
from functools import cache

from graph.ask.known.facts import Facts
from graph.ask.known.words import grammar_words, is_general, name_words
from graph.ask.reading.link import LinkedQuestion
from graph.ask.reading.terms import term_of_word

_OFFICE = r"(?i:(?:the )?(?:o?pf?ccs?|police(?:,? fire)? and crime commissioner|commissioner|mayor))"
_WORD = r"[A-Z][\w'&-]{0,40}"
_NAME = rf"{_WORD}(?: (?:(?:and|of|the|for|&) )?{_WORD}){{0,5}}"
#: names of what a register lists in full: commissioners, forces, councils and boroughs, and places
_LISTED = (
    re.compile(rf"\b(?P<name>{_OFFICE} (?:for|of) (?:{_NAME}|(?!the\b)[a-z]{{1,40}}))"),
    re.compile(rf"\b(?P<name>(?:{_NAME}|[\w'&-]{{1,40}}) (?i:o?pf?cc|police and crime commissioner))\b"),
    re.compile(rf"\b(?P<name>(?:London Borough of|Royal Borough of|Borough of) {_NAME})"),
    re.compile(rf"\b(?P<name>{_NAME} (?:Council|Constabulary|Combined Authority))\b"),
    re.compile(r"\b(?:in|across) (?P<name>[A-Z][a-z]{1,40}(?: [A-Z][a-z]{1,40}){1,5}\b(?!'))"),
)
_FIRST = re.compile(r"[\w'-]+")
_TELLING = 0.7  #: weight from which on a word tells what is meant by itself
_SHORT = 3  #: letters that a name typed in short shares with the area that it means: "lancs"


@cache
def _others() -> tuple[re.Pattern[str], ...]:
    """The patterns of names that no register lists in full: of what is paid, and of what is paid for."""
    before = "|".join(word.title() for word in name_words("before"))
    after = "|".join(name_words("body", "work"))
    return re.compile(rf"\b(?P<name>(?:{before}) {_NAME})"), re.compile(rf"\b(?P<name>{_NAME} (?i:{after}))\b")


@cache
def _work() -> re.Pattern[str]:
    """The pattern of a name's last word that documents may leave unsaid."""
    return re.compile(rf"(?i) (?:{'|'.join(name_words('work'))})$")


def unknown_names(linked: LinkedQuestion, facts: Facts) -> list[str]:
    """Return the names of a question, as they are written there, that neither a list of names nor a document has.

    Such a name is part of what is asked: an answer without it would be about something else.
    """
    text = linked.text
    found: list[tuple[int, int]] = []
    for patterns, is_listed in ((_LISTED, True), (_others(), False)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span("name")
                start = _begin(text, start)
                is_apart = not any(start < other_end and other < end for other, other_end in found)
                if is_apart and _is_new(linked, start, end, facts, is_listed=is_listed):
                    found.append((start, end))
    return [text[start:end] for start, end in sorted(found)]


def _begin(text: str, start: int) -> int:
    """Where a name begins: behind "the", and behind a word that has its capital from the sentence's beginning."""
    first = _FIRST.match(text, start)
    if first is None:
        return start
    is_plain = first[0].lower() in grammar_words() or (start == 0 and is_general(first[0].lower()))
    return _begin(text, first.end() + 1) if is_plain else start


def _is_new(linked: LinkedQuestion, start: int, end: int, facts: Facts, *, is_listed: bool) -> bool:
    """Whether words of a name are of no name that is known, and stand so in no document.

    A name of what no register lists in full may be put in other words: one telling word that a document has will do.
    """
    rest = linked.text[start:end]
    for mention in linked.mentions:
        if start < mention.end and mention.start < end:
            rest = rest.replace(linked.text[max(start, mention.start) : min(end, mention.end)], " ")
    own = [word for word in _FIRST.findall(rest) if not _is_plain(word)]
    if not own or all(word.isdigit() for word in own):
        return False
    written = any(word[:1].isupper() for word in own)
    absent = [word for word in own if not facts.says(word)]
    if not written:
        return bool(absent) and not any(_is_short_for_area(word, facts) for word in absent)
    tells = any(term_of_word(word.lower(), facts).weight >= _TELLING for word in own if word not in absent)
    if not is_listed and (tells or (not absent and len(own) < 2)):
        return False
    told = {linked.text[start:end], re.sub(r"^'s ", "", rest.strip())}  # the area before a name is no part of it
    told |= {_work().sub("", name) for name in told}
    names = sorted(name for name in told if " " in name)
    return not names or next(facts.columns.passages_saying(*names), None) is None


def _is_plain(word: str) -> bool:
    plain = word.lower().strip("'")
    return plain == "s" or plain in grammar_words() or plain in name_words()


def _is_short_for_area(word: str, facts: Facts) -> bool:
    return any(area.name.lower().startswith(word.lower()[:_SHORT]) for area in facts.registry.places.values())
