"""The payee of a table row that names only a programme, found in the paragraph that says who is funded for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Entity, EntityKind
from graph.names.index import NameMention
from ingest.document import Block, BlockKind
from ingest.extract.scope.document import Scope
from ingest.extract.scope.programmes import programmes_in
from ingest.extract.slots.parties import Pair
from ingest.extract.sums.sums import Said, Sum, certain
from ingest.extract.words.sections import origin_of
from ingest.extract.words.sentences import sentences_of

_FUNDED = re.compile(r"\bfund(?:s|ed|ing)?\b|\bmoney\b|\bgrants?\b|\bcontract\b", re.I)
_REACHES = re.compile(
    r"\b(?:through|to|via|supports?|funds|within|for|with|roles\s+in|posts?\s+in)\s+(?:the\s+)?$", re.I
)
_DELIVERS = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:will\s+|also\s+)?(?:delivers?|carr(?:y|ies)\s+out|provides?|runs?|operates?|hosts?|leads?)\b",
    re.I,
)


def with_deliverers(scope: Scope, sums: Sequence[Sum]) -> list[Sum]:
    """Return the sums.

    An allocation to a programme gets the payee that the programme's own paragraph names, if it is one.
    """
    return [_with_deliverer(scope, one) for one in sums]


def _with_deliverer(scope: Scope, one: Sum) -> Sum:
    pair, programmes = one.parties.value, one.programmes.value
    is_open = pair == Pair(scope.body, None) and not one.recipient_words and one.kind is None
    if not is_open or len(programmes) != 1 or Said.TOTAL in one.said:
        return one
    payee = _payee(scope, programmes[0])
    return replace(one, parties=certain(Pair(pair.payer, payee))) if payee is not None else one


def _payee(scope: Scope, programme: Entity) -> Entity | None:
    for block in scope.document.blocks:
        if (
            block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and origin_of(block) is not None
            and _opens_with(scope, block, programme)
        ):
            found = _funded_in(scope, block)
            if found is not None:
                return found
    return None


def _opens_with(scope: Scope, block: Block, programme: Entity) -> bool:
    head = re.split(r"\s[–—-]\s|:\s|\.\s", block.text, maxsplit=1)[0]
    if len(head) >= 120:
        return False
    is_new = not programme.verified and head.startswith(programme.name)
    return is_new or programme in programmes_in(head, scope.names.find(head, context=scope.context), scope.names)


def _funded_in(scope: Scope, block: Block) -> Entity | None:
    """Return the organisation that the money reaches, else the one that delivers; None if there are two."""
    reached: list[Entity] = []
    delivering: list[Entity] = []
    for sentence in sentences_of(scope.document, block):
        for found in scope.mentions(sentence.text):
            is_party = found.entity.kind is EntityKind.ORGANISATION
            if not is_party or found.entity == scope.body or scope.gives(found.entity):
                continue
            if _FUNDED.search(sentence.text) and _reached(sentence.text, found):
                reached.append(found.entity)
            if _DELIVERS.match(sentence.text[found.end :]):
                delivering.append(found.entity)
    for candidates in (reached, delivering):
        if len(set(candidates)) == 1:
            return candidates[0]
    return None


def _reached(text: str, found: NameMention) -> bool:
    funded = _FUNDED.search(text)
    return funded is not None and funded.start() < found.start and bool(_REACHES.search(text[: found.start]))
