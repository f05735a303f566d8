"""Values of slots in words, as `extract --json` prints them; "" for an open slot."""

from __future__ import annotations

from graph.model import Entity
from graph.record_json import year_and_span
from ingest.extract.slots.programmes import Programmes
from ingest.extract.slots.years import Years


def name_words(entity: Entity | None) -> str:
    """Return the entity's name; "" for None."""
    return entity.name if entity is not None else ""


def years_words(years: Years) -> str:
    """Return "2023/24" for one year, "2018/19-2019/20" for several, "" for none."""
    return next((said for said in year_and_span(years) if said), "")


def programmes_words(programmes: Programmes) -> str:
    """Return the names of programmes with commas between; "" for none."""
    return ", ".join(programme.name for programme in programmes)
