"""What the registry of names says about a thing, as display text."""

from __future__ import annotations

from collections.abc import Sequence

from app.links import page_link, thing_link
from app.viewmodels import words
from graph.model import Entity
from graph.registry import Registry
from graph.registry_tables import Fund, Organisation, Place, Programme

Fact = tuple[str, str, str]  #: (label, value, link)


def about(entity: Entity, registry: Registry) -> str:
    """Return one sentence about a thing; "" if the registry has none."""
    row = registry.programmes.get(entity.id)
    return row.description if row else ""


def facts(entity: Entity, registry: Registry, *, also: Sequence[str] = ()) -> list[Fact]:
    """Return the known facts about a thing: kind, leaders, location, other names, public identifiers.

    Args:
        entity: The thing.
        registry: The registry of names.
        also: Names that corrections merged into the thing.
    """
    said = f"{words.listed(list(also), limit=12)} (by correction)"
    merged = [("Also appears as", said, "corrections")] if also else []
    if not entity.verified or registry.get_entity(entity.id) is None:
        return [("Register", "A new name, as a document prints it; not yet checked", ""), *merged]
    row = registry.row(entity.id)
    found: list[Fact] = []
    if isinstance(row, Programme):
        found += [("Kind", _plain(row.kind), page_link("kind", id=row.kind)), *_named("Led by", row.led_by, registry)]
        found += [("Seen since", str(row.first_year), "")] if row.first_year else []
    if isinstance(row, Organisation):
        found += [("Kind", _plain(row.type), ""), *_named("Area", [row.place], registry)]
        found += [*_named("Part of", [row.part_of], registry), *_named("Members", row.members, registry)]
        found += [("Identifier", row.org_id, "")] if row.org_id else []
    if isinstance(row, Place):
        found += [("Kind", _plain(row.type), ""), *_named("Lies in", row.part_of, registry)]
        found += [*_named("Contains", registry.members_of_place(row.id), registry)]
        found += [("ONS code", row.gss_code, "")] if row.gss_code else []
    if isinstance(row, Fund):
        found += [*_named("Administered by", [row.administered_by], registry)]
        found += [("Years", row.years, "")] if row.years else []
    others = [alias for alias in row.aliases if alias != row.name]
    found += [("Also called", words.listed(others, limit=8), "")] if others else []
    return [*found, *merged]


def _named(label: str, ids: Sequence[str], registry: Registry) -> list[Fact]:
    known = [entity for entity in (registry.get_entity(each) for each in ids if each) if entity]
    if len(known) == 1:
        return [(label, known[0].name, thing_link(known[0]))]
    return [(label, words.listed([entity.name for entity in known], limit=12), "")] if known else []


def _plain(kind: str) -> str:
    return kind.replace("-", " ").capitalize()
