"""What an export is narrowed to: a programme, a body, a place, a fund, years, and how sure a reading must be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import WhofundsError
from graph.exports.threshold import EVERYTHING, Threshold
from graph.identifiers import entity_id
from graph.model import Entity, EntityKind
from graph.parse.years import parse_year
from graph.queries import query
from graph.stated.things import named_things, thing_key
from graph.stores.store import Store

_OFFERED = 3  #: nearest names
_MOST_LIKE = 20  #: spellings that are looked at for them; a thing may have several
_LIKE = 60.0  #: per cent; a name less like is not offered


class UnknownName(WhofundsError):
    """A filter names nothing that the build knows, or several things."""


@dataclass(frozen=True, slots=True)
class YearRange:
    """A range of financial years such as "2023/24", both ends included; "" for an open end."""

    first: str = ""
    last: str = ""

    @property
    def is_open(self) -> bool:
        """Whether both ends are open, so that any year fits, and a sum without a year too."""
        return not self.first and not self.last

    def has_any(self, years: Iterable[str]) -> bool:
        """Return True if one of the years lies in the range; a sum for several years is not split."""
        return any((not self.first or year >= self.first) and (not self.last or year <= self.last) for year in years)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters as a person wrote them; "" for a filter that was not given."""

    programme: str = ""
    body: str = ""  #: an organisation: what it gives, what it gets, and what its decisions state
    place: str = ""  #: with the places within it
    years: YearRange = field(default_factory=YearRange)
    threshold: Threshold = EVERYTHING
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters with the things of the build that the names stand for."""

    programme: Entity | None = None
    body: Entity | None = None
    place: Entity | None = None
    years: YearRange = field(default_factory=YearRange)
    threshold: Threshold = EVERYTHING
    fund: Entity | None = None

    @property
    def things(self) -> tuple[Entity, ...]:
        """The things that the export is narrowed to."""
        return tuple(thing for thing in (self.programme, self.body, self.place, self.fund) if thing is not None)

    @property
    def subject(self) -> Entity | None:
        """The thing for whose totals the exported sums are judged.

        It is the filtered thing if there is exactly one; None stands for all money together.
        """
        return self.things[0] if len(self.things) == 1 else None


def find_filters(store: Store, wanted: Wanted) -> Filters:
    """Return the filters with the things that their names stand for.

    Raises:
        UnknownName: A name is not known, or stands for several things.
    """
    asked = (
        (wanted.programme, EntityKind.PROGRAMME, "programme"),
        (wanted.body, EntityKind.ORGANISATION, "body"),
        (wanted.place, EntityKind.PLACE, "place"),
        (wanted.fund, EntityKind.FUND, "fund"),
    )
    names = _names(store) if any(name for name, _, _ in asked) else {}
    programme, body, place, fund = (_thing(names, name, kind, word) if name else None for name, kind, word in asked)
    if place is not None:
        place = _with_money(place, {thing_key(each.entity): each.entity for each in named_things(store)})
    return Filters(programme, body, place, wanted.years, wanted.threshold, fund)


def _with_money(place: Entity, paged: Mapping[str, Entity]) -> Entity:
    """Return the police force area of a county's name where decisions speak of it alone: "Surrey"."""
    if thing_key(place) in paged:
        return place
    opening = f"{_plain(place.name)} "
    places = [thing for thing in paged.values() if thing.kind is EntityKind.PLACE]
    longer = [thing for thing in places if _plain(thing.name).startswith(opening)]
    return longer[0] if len(longer) == 1 else place


def parse_financial_year(text: str) -> str:
    """Return the financial year that a person wrote, as "2023/24".

    Raises:
        ValueError: The text is no financial year, or names several.
    """
    years = parse_year(text)
    if len(years) != 1:
        raise ValueError(f"{text!r} is no financial year; give one such as 2023/24")
    return years[0]


def _names(store: Store) -> Mapping[EntityKind, Mapping[str, Entity]]:
    """Return the things of each kind by each of their names and by their ids; a name of several things has each."""
    rows = [(found, str(row["name"])) for row in store.select(query("export-names"))
            if (found := entity_id(str(row["thing"])))]  # fmt: skip
    first: dict[tuple[str, EntityKind], str] = {}
    for row in store.select(query("app-names"), {}):
        if found := entity_id(str(row["thing"])):
            first[found] = min(str(row["name"]), first.get(found, str(row["name"])))
    known: dict[EntityKind, dict[str, Entity]] = defaultdict(dict)
    for (id, kind), name in rows:
        thing = Entity(id, first.get((id, kind), name), kind)
        known[kind][f"{name}\n{id}"] = thing
        known[kind][f"{id}\n{id}"] = thing
    return known


def _thing(names: Mapping[EntityKind, Mapping[str, Entity]], name: str, kind: EntityKind, word: str) -> Entity:
    of_kind = names.get(kind, {})
    asked = _plain(name)
    found = {thing_key(thing): thing for key, thing in of_kind.items() if _plain(key.partition("\n")[0]) == asked}
    # a thing's own name goes before another's alias
    own = [thing for thing in found.values() if asked in {_plain(thing.name), _plain(thing.id)}]
    chosen = own if own else list(found.values())
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        ids = " or ".join(sorted(f"{thing.id} ({thing.name})" for thing in chosen))
        raise UnknownName(f"--{word} {name!r} stands for several things; give one of {ids}")
    near = _nearest(asked, of_kind)
    offer = f"the nearest are {', '.join(repr(each) for each in near)}" if near else "none is like it"
    raise UnknownName(f"--{word} {name!r}: no {kind.value} of that name in this build; {offer}")


def _nearest(asked: str, things: Mapping[str, Entity]) -> list[str]:
    """Return the names of the things of which one name is like the one that was asked for, the likest first."""
    from rapidfuzz import fuzz, process

    spellings = {key: _plain(key.partition("\n")[0]) for key in sorted(things)}
    found = process.extract(asked, spellings, scorer=fuzz.WRatio, limit=_MOST_LIKE, score_cutoff=_LIKE)
    return list(dict.fromkeys(things[key].name for _, _, key in found))[:_OFFERED]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())
