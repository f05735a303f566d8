"""Names that people said stand for the same thing."""

from __future__ import annotations

from graph.corrections.correction import Action, Correction, CorrectionSet, NamedEntity
from graph.corrections.merged import names_merged_into
from tests.builders import COUNCIL, organisation

OLD, OLDER = organisation("The Old Council", verified=False), organisation("The Older Council", verified=False)


def merge(id: str, name: str, into: str) -> Correction:
    return Correction(id=id, action=Action.MERGE, who="A. Reader", when="2025-01-31", why="same", name=name, into=into)


def test_names_are_found_over_several_steps_and_not_after_an_undo() -> None:
    names = tuple(NamedEntity(entity.name, entity) for entity in (OLD, OLDER, COUNCIL))
    merges = (merge("1", OLDER.name, OLD.name), merge("2", OLD.name, COUNCIL.name))
    assert names_merged_into(COUNCIL, CorrectionSet(merges, names)) == (OLD.name, OLDER.name)
    undo = Correction(id="3", action=Action.UNDO, who="A. Reader", when="2025-01-31", why="not", undoes="2")
    assert names_merged_into(COUNCIL, CorrectionSet((*merges, undo), names)) == ()
