"""Features from words: of a name, around a name, and of a sentence, for whether it names a party and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Entity
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort, Token

_CLOSE = 12  #: tokens between a name and a sum beyond which their words tell nothing
_SHORT = 3  #: letters of a word that is looked at
_MANY = 3  #: words of a name from which on it has many
_WORD = re.compile(r"[A-Za-z]{3,}")
_OWNS = ("'s", "’s")
_FUNCTION = ("preposition", "determiner", "auxiliary", "pronoun", "relative", "and")


def said_words(parse: Parse, lexicon: Lexicon) -> list[str]:
    """Return the content words of a sentence, each once, in small letters and in order."""
    found = dict.fromkeys(word.lower() for word in _WORD.findall(parse.text))
    return [word for word in found if not any(word in lexicon.groups[group] for group in _FUNCTION)]


def words_of_name(entity: Entity, lexicon: Lexicon) -> Iterator[str]:
    """Yield features of the words of a name unknown to the registry, for the kind of thing that it names."""
    words = [word.lower().strip(".’'") for word in entity.name.split()]
    is_short = len(words) == 1 and entity.name.isupper()
    yield f"name={'initials' if is_short else min(len(words), _MANY)}"
    if any(sign.isdigit() for sign in entity.name):
        yield "name=digits"
    for group in ("strong-head", "head"):
        if words[-1] in lexicon.groups[group]:
            yield f"name={group}"
    if any(word in lexicon.groups["head"] for word in words):
        yield "name=with-head"
    yield f"last={words[-1]}"


def words_beside(parse: Parse, index: int, at: int, lexicon: Lexicon) -> Iterator[str]:
    """Yield features of the words directly before and after a name, and of the words between it and a sum."""
    tokens = parse.tokens
    owns = parse.text[tokens[index].end : tokens[index].end + 2] in _OWNS
    after = index + 1
    while owns and after < len(tokens) and tokens[after].start < tokens[index].end + len(_OWNS[0]):
        after += 1
    yield f"next={'owned.' if owns else ''}{_sort(tokens, after, lexicon)}"
    yield f"previous={_sort(tokens, index - 1, lexicon)}"
    low, high = min(index, at) + 1, max(index, at)
    side = "before" if index < at else "after"
    if high - low > _CLOSE:
        yield f"{side}|apart"
        return
    for word in dict.fromkeys(token.text.strip().lower() for token in tokens[low:high] if token.sort is not Sort.NAME):
        yield f"{side}|between={word}"


def _sort(tokens: tuple[Token, ...], index: int, lexicon: Lexicon) -> str:
    """Return the kind of word at an index; "edge" outside the sentence."""
    if not 0 <= index < len(tokens):
        return "edge"
    token = tokens[index]
    word = token.text.strip().lower()
    if token.sort is Sort.VERB and token.verb is not None:
        return token.verb.verb_class
    if token.sort in (Sort.PREPOSITION, Sort.COMMA, Sort.STOP, Sort.BRACKET):
        return word
    for group in ("programme-kind", "fund-kind", "determiner"):
        if word in lexicon.groups[group]:
            return group
    return "capital" if token.sort is Sort.WORD and token.text[:1].isupper() else str(token.sort)
