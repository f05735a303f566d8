"""Find the thing or financial year that a person names on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.errors import WhofundsError
from graph.model import Entity, EntityKind
from graph.parse.years import parse_year
from graph.programme_kinds import ProgrammeKind
from graph.stated.things import thing_key

if TYPE_CHECKING:
    from graph.ask.known.facts import Facts

_YEAR = re.compile(r"[0-9]{4} ?[-/–] ?[0-9]{2,4}")
_OFFERED, _LIKE = 3, 70.0  #: nearest names, and how like in per cent


class NoSuchThing(WhofundsError):
    """A name means nothing in the build, or several things."""


def year_named(text: str) -> str:
    """Return the financial year that the whole text names, such as "2023/24"; "" if it names none."""
    years = parse_year(text) if _YEAR.fullmatch(text.strip()) else ()
    return years[0] if len(years) == 1 else ""


def things_named(name: str, facts: Facts, *, kind: str | None, must: bool) -> Entity | None:
    """Return the thing with this name or id; a thing's own name is preferred to another thing's alias.

    Args:
        name: The name as a person wrote it.
        facts: The facts of the build.
        kind: "programme" and so on, to find only things of this kind.
        must: Raise an error if there is no such thing; otherwise None is returned, as the text may be a question.

    Raises:
        NoSuchThing: The name means several things; or none, with `must`.
    """
    asked = _plain(name)
    known = {thing_key(each.entity): each.entity for each in facts.columns.named()}
    known = {thing_key(each): each for each in facts.registry.entities()} | known
    fitting = [thing for thing in known.values() if kind is None or thing.kind is EntityKind(kind)]
    found = [thing for thing in fitting if asked in (_plain(thing.name), _plain(thing.id), thing_key(thing))]
    found = found or [thing for thing in fitting if asked in map(_plain, _aliases(thing, facts))]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(sorted(f"{thing_key(thing)} ({thing.name})" for thing in found))
        raise NoSuchThing(f"{name!r} stands for several things; give --kind, or one of {ways}")
    if must:
        near = _nearest(asked, fitting)
        offer = f"the nearest are {', '.join(repr(each) for each in near)}" if near else "none is like it"
        raise NoSuchThing(f"{name!r}: no {kind or 'thing'} of that name in this build; {offer}")
    return None


def kind_named(name: str, kinds: Iterable[ProgrammeKind]) -> ProgrammeKind | None:
    """Return the kind of programme of that name or id; None where it is none."""
    asked = _plain(name)
    return next((kind for kind in kinds if asked in (_plain(kind.name), kind.id)), None)


def _aliases(thing: Entity, facts: Facts) -> tuple[str, ...]:
    return tuple(facts.registry.row(thing.id).aliases) if facts.registry.get_entity(thing.id) else ()


def _nearest(asked: str, things: list[Entity]) -> list[str]:
    from rapidfuzz import fuzz, process

    names = {thing.name: _plain(thing.name) for thing in things}
    found = process.extract(asked, names, scorer=fuzz.WRatio, limit=_OFFERED, score_cutoff=_LIKE)
    return [name for _, _, name in found]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())
