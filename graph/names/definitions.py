"""Short forms that a document defines itself: "Name of a Body (NB)"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import Entity
from graph.names.index import NameIndex
from graph.names.mentions import NameContext, NameMention
from graph.names.new_names import has_legal_head, kind_of_name, new_entity

_SHORT_FORM = r"[A-Z][A-Za-z&.\-]{0,10}[A-Z]s?|[A-Z]{2,8}s?"
_IN_BRACKETS = re.compile(
    r"\s{0,3}[(\[]\s{0,3}(?:(?:hereafter|hereinafter|henceforth|known as|referred to as|also|the)\s+){0,3}"
    rf"[\"'“‘]?({_SHORT_FORM})[\"'”’]?\s*[)\]]"
)
_FIRST_WORD = re.compile(r"\s\(([A-Z][a-z]{3,})\)")
_BEFORE_BRACKETS = re.compile(rf"\b({_SHORT_FORM})\s*[(\[]\s*$")
_BODY_HEAD = re.compile(r"\b(?:Centre|Alliance|Forum|Consortium|Board|CIC)$|^(?:Department|Ministry)\b")
_LONG_NAME = re.compile(
    r"((?:[A-Z][\w'’\-]{0,80}|&)(?:\s{1,9}(?:(?:and|of|for|the|in|on|to)\s{1,9}){0,40}(?:[A-Z][\w'’\-]{0,80}|&)){0,8})\s{0,9}$"
)


def definitions(text: str, index: NameIndex, *, context: NameContext | None = None) -> Mapping[str, Entity]:
    """Return the things that a document's short forms stand for, known ones or new ones with the spelled-out name.

    Args:
        text: The document's text.
        index: The index of known names.
        context: The document's decision body, so that "Police and Crime Commissioner (PCC)" means that body.
    """
    found: dict[str, Entity] = {}
    mentions = index.find(text, context=context)
    for mention in mentions:
        for short in _short_forms(text, mention):
            if short != mention.surface:
                found.setdefault(short, mention.entity)
    ends = {mention.end for mention in mentions}
    for bracket in _IN_BRACKETS.finditer(text):
        short = bracket.group(1)
        if short in found or bracket.start() in ends:
            continue
        name = _spelt_out(short, text[max(0, bracket.start() - 120) : bracket.start()])
        if name is not None and (has_legal_head(name) or _BODY_HEAD.search(name)):
            found[short] = index.resolve(name) or new_entity(name, kind_of_name(name))
    for bracket in _FIRST_WORD.finditer(text):
        long = _LONG_NAME.search(text[max(0, bracket.start() - 80) : bracket.start()])
        name = long[1][long[1].rfind(bracket[1]) :] if long and bracket[1] in long[1] else ""
        if has_legal_head(name) and bracket[1] not in found:  # "Harbour Lane Trust (Harbour)"
            found[bracket[1]] = index.resolve(name) or new_entity(name, kind_of_name(name))
    return found


def _short_forms(text: str, mention: NameMention) -> list[str]:
    """Return the short forms in brackets after a name, or before a name in brackets."""
    short: list[str] = []
    after = _IN_BRACKETS.match(text, mention.end)
    if after and not mention.surface.isupper():
        short.append(after.group(1))
    before = _BEFORE_BRACKETS.search(text, max(0, mention.start - 20), mention.start)
    if before and text[mention.end : mention.end + 1] in (")", "]"):
        short.append(before.group(1))
    return [form for form in short if _abbreviates(form, mention.surface)]


def _abbreviates(short: str, name: str) -> bool:
    """Return True if the letters of a short form occur in a name in order, the first one at its beginning."""
    letters = re.sub(r"[^a-z]", "", short.rstrip("s").casefold())
    rest = re.sub(r"^the\s+", "", name.casefold())
    if not letters:
        return False
    position = 0
    for letter in letters:
        position = rest.find(letter, position) + 1
        if position == 0:
            return False
    return any(word.startswith(letters[0]) for word in re.findall(r"\w+", rest))


def _spelt_out(short: str, before: str) -> str | None:
    """Return the capitalised words before a bracket whose initials the short form is."""
    match = _LONG_NAME.search(before)
    if match is None:
        return None
    parts = match.group(1).split()
    initials = re.sub(r"[^A-Za-z]", "", short.rstrip("s")).casefold()
    for first in range(len(parts)):
        name = parts[first:]
        full = "".join(part[0] for part in name if part != "&").casefold()
        strict = "".join(part[0] for part in name if part[0].isupper()).casefold()
        if initials in (full, strict):
            return " ".join(name)
    return None
