"""The index of all known names, used on running text, on cells and on questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph.model import Entity, EntityKind
from graph.names.cells import CellNames, CellReading
from graph.names.mentions import NameContext, NameMention
from graph.names.new_names import is_left_open, looks_like_organisation, new_entity
from graph.names.questions import QuestionNames
from graph.names.text_names import TextNames
from graph.registry import Registry

__all__ = [
    "CellReading",
    "NameContext",
    "NameIndex",
    "NameMention",
    "is_left_open",
    "looks_like_organisation",
    "new_entity",
]

_NOTHING = NameContext()


class NameIndex(TextNames):
    """Every known name, ready to be found. Build it once for each registry; it never changes afterwards."""

    def __init__(self, registry: Registry, more: Iterable[Entity] = ()) -> None:
        """Index a registry's names, and further things that documents brought in and the registry lacks."""
        super().__init__(registry, more)
        self._cells = CellNames(self)
        self._questions = QuestionNames(self)

    def resolve(
        self,
        text: str,
        *,
        kinds: Collection[EntityKind] | None = None,
        context: NameContext | None = None,
        as_payee: bool = False,
    ) -> Entity | None:
        """Return the thing that a whole cell or phrase names.

        Return None if it names nothing known, or leaves the party open.
        """
        return self._cells.resolve(text, kinds=kinds, context=context or _NOTHING, as_payee=as_payee)

    def read_cell(
        self,
        text: str,
        *,
        kinds: Collection[EntityKind] | None = None,
        context: NameContext | None = None,
        as_payee: bool = False,
    ) -> CellReading:
        """Return the result of `resolve` together with the words beside the name: "staffing" of "X staffing"."""
        return self._cells.read(text, kinds=kinds, context=context or _NOTHING, as_payee=as_payee)

    def fund_in_years(self, fund: Entity, years: Sequence[str]) -> Entity:
        """Return the round of a fund that some financial years mean; the fund itself if it has no rounds."""
        return self._rounds.in_years(fund, years)

    def find_in_question(self, text: str) -> list[NameMention]:
        """Return the names in a typed question, where case, small typing errors and short forms are forgiven."""
        return self._questions.find(text)

    def find_parts(self, text: str) -> list[NameMention]:
        """Return weak mentions (score 0.5): words in a few programmes' names, such as "restorative justice"."""
        return self._questions.find_parts(text)

    def suggest(self, text: str, *, limit: int = 3) -> list[Entity]:
        """Return the known things whose names are nearest to some words, best first, for "did you mean"."""
        return self._questions.suggest(text, limit=limit)
