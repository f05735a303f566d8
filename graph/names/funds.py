"""Rounds of a fund: funds of one purpose whose name changes from year to year, told apart by a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Entity
from graph.parse.years import find_years, parse_year
from graph.registry import Registry

#: the general name of a fund -> its rounds
FUND_ROUNDS: Mapping[str, tuple[str, ...]] = {
    "home-office-da-perpetrator-fund": (
        "home-office-perpetrator-fund-2020-21",
        "home-office-perpetrator-fund-2021-22",
        "da-perpetrator-intervention-fund-2023-25",
        "home-office-da-intervention-2025-26",
    ),
}
_REACH = 30


class FundRounds:
    """The rounds of each fund in a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._family = {id: (general, *rounds) for general, rounds in FUND_ROUNDS.items() for id in (general, *rounds)}

    def in_years(self, fund: Entity, years: Sequence[str]) -> Entity:
        """Return the round of a fund that covers all of some years; the fund itself if no round does.

        Only a fund that is named in general, or whose own years do not include these, is replaced by another round.
        """
        if not years or fund.id not in self._family or self._covers(fund.id, years):
            return fund
        for id in self._family[fund.id][1:]:
            if self._covers(id, years):
                return self._registry.entity(id)
        general = self._family[fund.id][0]
        return self._registry.entity(general) if general in self._registry else fund

    def at(self, fund: Entity, text: str, start: int, end: int) -> Entity:
        """Return the round of a fund that the year printed beside its name `text[start:end]` means.

        The fund itself comes back if no year is printed there, or no round covers it.
        """
        if fund.id not in self._family:
            return fund
        for beside in (text[end : end + _REACH].split("\n")[0], text[max(0, start - _REACH) : start].split("\n")[-1]):
            mentions = find_years(beside)
            if mentions:
                return self.in_years(fund, mentions[0].years)
        return fund

    def _covers(self, id: str, years: Sequence[str]) -> bool:
        row = self._registry.funds.get(id)
        if row is None or "onwards" in row.years:
            return False
        own = parse_year(row.years)
        return bool(own) and set(years) <= set(own)
