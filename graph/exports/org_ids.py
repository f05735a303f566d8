"""Identifiers of organisations and grants as the 360Giving standard wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.identifiers import ID

PREFIX = "360G-whofunds"  #: begins identifiers of our own
#: lists of the register at org-id.guide that identify organisations of the United Kingdom, and worldwide ones
LISTS = frozenset(
    f"GB-{code}"
    for code in (
        *("CASC", "CCSCUST", "CHC", "COA", "COE", "COH", "EDU", "GOR", "GOV", "GOVUK", "HESA", "IRN", "LAE", "LANI"),
        *("LAS", "MPR", "NHS", "NIC", "PLA", "REV", "SC", "SCOTEDU", "SHPE", "SRS", "UKPRN", "WALEDU"),
    )
) | {"XI-EORI", "XI-GRID", "XI-LEI", "XI-PB", "XI-ROR", "XI-WIKIDATA"}
CHARITIES = ("GB-CHC", "GB-SC", "GB-NIC")
COMPANIES = ("GB-COH",)


@dataclass(frozen=True, slots=True)
class OrgId:
    """A public identifier of an organisation: a list of the org-id.guide register, and the number in it."""

    list: str  #: "GB-CHC"
    number: str  #: "1234567"

    def __str__(self) -> str:
        """Return the whole identifier: "GB-CHC-1234567"."""
        return f"{self.list}-{self.number}"


def registered(org_ids: Iterable[str]) -> list[OrgId]:
    """Return the identifiers whose list org-id.guide registers; others, such as GB-PPON, mean nothing elsewhere."""
    found = []
    for org_id in org_ids:
        parts = org_id.split("-", 2)
        if len(parts) == 3 and f"{parts[0]}-{parts[1]}" in LISTS and parts[2]:
            found.append(OrgId(f"{parts[0]}-{parts[1]}", parts[2]))
    return found


def own_id(iri: str) -> str:
    """Return an identifier of the project's own for a thing of the graph, in the standard's form."""
    return f"{PREFIX}-{iri.removeprefix(ID).replace('/', '-')}"


def grant_id(iri: str) -> str:
    """Return the identifier of a grant: the project's prefix, the document, and the flow's number in it."""
    return own_id(iri.replace(f"{ID}document/", ID, 1).replace("/flow/", "/"))
