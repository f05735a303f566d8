"""Names in a sentence, including services and groups that it describes in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.words.clauses import Parse
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort, Token


def named_in(parse: Parse, lexicon: Lexicon) -> Iterator[tuple[int, Entity]]:
    """Yield (token index, entity) of the names in a sentence, and of services and groups described in small letters."""
    for index, token in enumerate(parse.tokens):
        if token.name is not None:
            yield index, token.name.entity
            continue
        is_group = lexicon.is_in("award-group", token.text)
        if is_group or lexicon.is_in("award-thing", token.text):
            first = _phrase_start(parse.tokens, index, lexicon)
            if first < index:
                words = parse.text[parse.tokens[first].start : token.end]
                yield index, new_entity(words, EntityKind.ORGANISATION if is_group else EntityKind.PROGRAMME)


def _phrase_start(tokens: Sequence[Token], head: int, lexicon: Lexicon) -> int:
    """Return the index at which a noun phrase begins, going back from its last word over plain words and names."""
    first = head
    while first > 0:
        before = tokens[first - 1]
        is_joint = before.sort is Sort.AND and first > 1 and tokens[first - 2].sort is Sort.WORD and first < head
        if not is_joint and before.sort not in (Sort.WORD, Sort.NAME, Sort.NOUN):
            break
        if (
            lexicon.is_in("before-thing", before.text)
            or not re.match(r"[A-Za-z’']\w", before.text)
            or first - 1 < head - 7
        ):
            break
        first -= 1
    while first < head and tokens[first].sort is Sort.AND:
        first += 1
    return first
