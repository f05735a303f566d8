"""The state of the Explore page in its URL: centre, extent, filters, and expanded, hidden and pinned nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import quote, urlencode

from app.viewmodels import words
from app.viewmodels.network_words import KINDS
from app.viewmodels.reading import Chip
from graph.model import EntityKind, FlowStatus
from graph.networks.network import DECISION, Filter, Network, Picture
from graph.networks.views import Shown, neighbourhood
from graph.networks.ways import path

HOPS = {"1": "One step", "2": "Two steps", "3": "Three steps"}
MOST = {"50": "50 at most", "200": "200 at most", "500": "500 at most", "1500": "1,500 at most"}
SHOWN = {"money": "Who pays whom", "partners": "Who works with whom", "all": "Everything"}
LEAST = {"0": "Any amount", "10000": "£10,000 or more", "100000": "£100,000 or more", "1000000": "£1 million or more"}
THINGS = tuple(kind.value for kind in EntityKind)
USUAL = frozenset(THINGS) - {EntityKind.PLACE.value}  #: kinds shown unless others are chosen
FILTERS = ("kind", "programme", "year", "least", "status", "checked")
CHANGES = ("with", "hide", "pin")  #: what a reader did to the picture

Address = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Explored:
    """The reader's changes to the picture: keys of nodes, in order."""

    expanded: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()


def one_of(address: Address, name: str, options: Mapping[str, str], default: str) -> str:
    """Return the URL's value of a parameter if it is among the options; else the default."""
    return next((value for value in address.get(name, ()) if value in options), default)


def explored(address: Address) -> Explored:
    """Return the nodes that the URL lists as expanded, hidden and pinned."""
    found = [tuple(dict.fromkeys(address.get(name, ()))) for name in CHANGES]
    return Explored(*found)


def filter_of(address: Address) -> Filter:
    """Return the filter in the URL; unknown values are ignored."""
    kinds = [kind for kind in address.get("kind", ()) if kind in KINDS]
    return Filter(
        kinds=frozenset(kinds) or USUAL,
        programmes=frozenset(address.get("programme", ())),
        years=frozenset(address.get("year", ())),
        statuses=frozenset(FlowStatus(value) for value in address.get("status", ()) if value in set(FlowStatus)),
        least=Decimal(one_of(address, "least", LEAST, "0")),
        verified_only=list(address.get("checked", ())) == ["yes"],
    )


def picture_at(network: Network, address: Address) -> Picture:
    """Return the part of the network that the URL asks for; an empty picture if it names no node."""
    around, to = (next(iter(address.get(name, ())), "") for name in ("around", "to"))
    keep, changes = filter_of(address), explored(address)
    network.read([to] if to else ())
    if to in network and to != around:
        return path(network, around, to, keep=keep)
    return neighbourhood(
        network,
        around,
        shown=Shown(one_of(address, "show", SHOWN, "money")),
        hops=int(one_of(address, "steps", HOPS, "1")),
        keep=replace(keep, limit=int(one_of(address, "most", MOST, "200")), pinned=frozenset(changes.pinned)),
        expanded=changes.expanded,
    )


def address_link(address: Address) -> str:
    """Return the link to the page with this state."""
    given = {name: list(values) for name, values in address.items() if values}
    return f"explore?{urlencode(given, doseq=True, quote_via=quote)}" if given else "explore"


def without(address: Address, name: str, value: str = "") -> str:
    """Return the link without one value of a parameter, or without the whole parameter for ""."""
    left = [each for each in address.get(name, ()) if value and each != value]
    return address_link({**address, name: left})


def cleared(address: Address) -> str:
    """Return the link without filters and without expanded, hidden or pinned nodes."""
    return address_link({name: values for name, values in address.items() if name not in (*FILTERS, *CHANGES)})


def unfiltered(address: Address) -> str:
    """Return the link without filters."""
    return address_link({name: values for name, values in address.items() if name not in FILTERS})


def chips(address: Address, name_of: Callable[[str], str]) -> tuple[Chip, ...]:
    """Return a chip for each filter and change of the picture, with the link that removes it."""
    said: dict[str, tuple[str, Callable[[str], str]]] = {
        "kind": ("Only", lambda value: KINDS.get(value, "").lower()),
        "programme": ("Programme", name_of),
        "year": ("Year", str),
        "least": ("Amount", lambda value: LEAST.get(value, "") if value != "0" else ""),
        "status": ("Standing", lambda value: words.STATUS[FlowStatus(value)] if value in set(FlowStatus) else ""),
        "checked": ("Names", lambda value: "only those that have been checked" if value == "yes" else ""),
        "with": ("Also around", name_of),
        "hide": ("Hidden", name_of),
        "pin": ("Pinned", name_of),
    }
    return tuple(
        Chip(label, shown, without(address, name, value))
        for name, (label, in_words) in said.items()
        for value in dict.fromkeys(address.get(name, ()))
        if (shown := in_words(value))
    )


def filters_in_words(address: Address, name_of: Callable[[str], str]) -> str:
    """Return the filters in one line for captions; "" if there are none."""
    narrowing = {name: address.get(name, ()) for name in FILTERS}
    return "; ".join(f"{chip.label.lower()}: {chip.value}" for chip in chips(narrowing, name_of))


def kinds_to_choose() -> list[str]:
    """Return the kinds of node that a reader can choose."""
    return [*THINGS, DECISION]
