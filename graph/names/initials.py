"""Councils by the initials that their own area uses: "WCC" if only one county council of the area fits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import Entity
from graph.registry import Registry

_COMMISSIONERS = frozenset({"PCC", "OPCC", "PFCC", "PCVC"})  #: never a council's, whatever its name
_ORDER = ("county", "unitary-authority", "london-borough", "district")


class CouncilInitials:
    """The initials of the councils in each place, over one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._known: dict[str, Mapping[str, Entity]] = {}

    def inside(self, place: str) -> Mapping[str, Entity]:
        """Return initials -> council for the councils in a place, given by id; of two, the one for the wider area.

        Initials that two councils of the same tier share are left out.
        """
        if place not in self._known:
            self._known[place] = self._read(place)
        return self._known[place]

    def _read(self, place: str) -> Mapping[str, Entity]:
        tiers: dict[str, dict[int, list[str]]] = {}
        for inner in self._registry.places_within(place):
            council = self._registry.council_of(inner)
            row = self._registry.places.get(inner)
            if council and row and row.type in _ORDER:
                for initials in _initials(self._registry.organisations[council].name):
                    tiers.setdefault(initials, {}).setdefault(_ORDER.index(row.type), []).append(council)
        found: dict[str, Entity] = {}
        for initials, by_tier in tiers.items():
            councils = by_tier[min(by_tier)]
            if len(councils) == 1:
                found[initials] = self._registry.entity(councils[0])
        return found


def _initials(name: str) -> set[str]:
    """Return "WCC" of "W... County Council" and "LBHF" of "London Borough of H... & F..."; none under three letters."""
    letters = "".join(word[0] for word in re.findall(r"[A-Z][\w'’-]*", name))
    return {letters} if len(letters) >= 3 and letters not in _COMMISSIONERS else set()
