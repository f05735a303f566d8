"""Grants in the JSON of the 360Giving data standard."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from graph.exports.flows import FlatFlow
from graph.identifiers import ID, year_starts

_GRANTS = {"grant", "sub-grant"}
_AWARDED = {"approved", "provisional"}


def grants_json(flows: Iterable[FlatFlow], org_ids: Mapping[str, str]) -> str:
    """Return the awarded grants that name funder and recipient, as the standard asks.

    Bids, own costs, ceilings and sums that another flow replaced are no awards and stay out.

    Args:
        flows: The flows of the store.
        org_ids: org-id.guide identifier by IRI of the organisation, where one is known.
    """
    grants = [_grant(flow, org_ids) for flow in flows if is_grant(flow)]
    return json.dumps({"grants": grants}, ensure_ascii=False, indent=2) + "\n"


def is_grant(flow: FlatFlow) -> bool:
    """Return whether a row is a grant with a sum that one named organisation made to another."""
    parties = flow.funder and flow.recipient and flow.funder_id != flow.recipient_id
    return bool(parties) and bool(flow.amount) and flow.kind in _GRANTS and flow.status in _AWARDED


def _grant(flow: FlatFlow, org_ids: Mapping[str, str]) -> dict[str, object]:
    years = flow.years.split("; ") if flow.years else []
    programmes = zip(flow.programme_ids.split("; "), flow.programmes.split("; "), strict=False)
    description = flow.purpose or flow.quote
    grant: dict[str, object] = {
        "id": flow.id,
        "title": flow.title or flow.programmes or "Grant",
        "description": description,
        "currency": flow.currency,
        "amountAwarded": float(flow.amount),  # JSON's number, as the standard asks; the CSV has the exact decimal
        "awardDate": flow.signed or None,
        "recipientOrganization": [_organisation(flow.recipient_id, flow.recipient, org_ids)],
        "fundingOrganization": [_organisation(flow.funder_id, flow.funder, org_ids)],
        "grantProgramme": [{"code": code, "title": title} for code, title in programmes if code],
        "beneficiaryLocation": [_location(flow)] if flow.place else [],
        "plannedDates": [_dates(years)] if years else [],
        "dataSource": flow.source or None,
        # two fields beside the standard's, which allows others
        "readingBand": flow.band,
        "readingInDoubt": flow.in_doubt.split("; ") if flow.in_doubt else [],
        "fromOpenCall": None,
    }
    return {name: value for name, value in grant.items() if value not in (None, [], "")}


def _organisation(iri: str, name: str, org_ids: Mapping[str, str]) -> dict[str, str]:
    return {"id": org_ids.get(iri, f"360G-whofunds-{iri.removeprefix(ID).replace('/', '-')}"), "name": name}


def _location(flow: FlatFlow) -> dict[str, str]:
    location = {"name": flow.place}
    if flow.place_code:
        location |= {"geoCode": flow.place_code, "geoCodeType": flow.place_code[:3]}
    return location


def _dates(years: list[str]) -> dict[str, object]:
    first, last = year_starts(years[0]), year_starts(years[-1])
    end = last.replace(year=last.year + 1, month=3, day=31)
    return {"startDate": first.isoformat(), "endDate": end.isoformat(), "duration": 12 * (end.year - first.year)}
