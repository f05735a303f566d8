"""Which organisations, besides the deciding body, a document is about: how often each is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import Entity, EntityKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.around import PartyNames
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse
from ingest.extract.words.sections import origin_of

_FEW_SUMS = 3


@dataclass(frozen=True)
class Cast:
    """The organisations of a document except the deciding body and those that fund such bodies."""

    counted: Counter[Entity] = field(default_factory=Counter)  #: in how many blocks each is named
    titled: frozenset[Entity] = frozenset()
    sums: int = 0

    @cached_property
    def marks(self) -> dict[Entity, list[str]]:
        """Return the features that mark an organisation as the one that the document is about."""
        if not self.counted:
            return {}
        most = self.counted.most_common(2)
        size = "few" if self.sums <= _FEW_SUMS else "many"
        found: dict[Entity, list[str]] = {}
        if len(self.counted) == 1:
            found.setdefault(most[0][0], []).append(f"cast=only|{size}")
        elif most[0][1] > most[1][1]:
            found.setdefault(most[0][0], []).append(f"cast=most|{size}")
        titled = [entity for entity in self.counted if entity in self.titled]
        if len(titled) == 1:
            found.setdefault(titled[0], []).append(f"cast=titled|{size}")
        return found


def cast_of(
    scope: Scope, names: DocumentNames, party: PartyNames, statements: Sequence[Statement], title: Parse
) -> Cast:
    """Return the cast of a document: its organisations, how often each is named, and which the title names."""
    counted: Counter[Entity] = Counter()
    for block in scope.document.blocks:
        if origin_of(block) is not None:
            found = {one.entity for one in names.find(block.text)}
            counted.update(entity for entity in found if party.is_other(entity) and not _is_thing(entity, party))
    titled = frozenset(entity for token in title.tokens if (entity := party.entity(token)) is not None)
    return Cast(counted, titled, len({statement.money.amount for statement in statements}))


def _is_thing(entity: Entity, party: PartyNames) -> bool:
    """Return True for a new name that ends like a programme's, or that is a single common word."""
    if entity.verified or entity.kind is not EntityKind.ORGANISATION:
        return False
    words = re.split(r"\s(?:of|for|in|on)\s", entity.name)[0].split()
    return party.lexicon.is_in("thing-head", words[-1]) or party.is_word(entity)
