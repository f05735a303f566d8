"""Payments with their payers and payees as entities of FollowTheMoney, one JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from graph.exports.award_dates import award_date
from graph.exports.org_ids import CHARITIES, COMPANIES, registered
from graph.exports.selection import Selection
from graph.exports.source import Source
from graph.identifiers import ID, entity_iri, year_starts
from graph.model import Basis, Entity
from graph.stated.flows import StatedFlow

#: kinds of organisation in the registry that are public bodies
_PUBLIC = frozenset(
    {"local-authority", "police-force", "police-and-crime-commissioner", "government-department", "nhs-body"}
)
_COUNTRY = "gb"
Values = dict[str, list[str]]


def entities_ndjson(selection: Selection) -> str:
    """Return organisations, projects (our programmes) and payments as lines of JSON, sorted by kind and id.

    A payment is a sum with two parties that the ledger counts: where money comes in, and at each step that passes it
    on. Repeated figures, totals beside their parts and money that is no award are not payments.
    """
    source = selection.source
    payments = payments_of(selection)
    parties = {p for stated in payments for p in (stated.flow.funder, stated.flow.recipient) if p is not None}
    programmes = {programme for stated in payments for programme in stated.flow.programmes}
    lines = [_organisation(party, source) for party in sorted(parties, key=lambda each: each.id)]
    lines += [_project(programme) for programme in sorted(programmes, key=lambda each: each.id)]
    lines += [_payment(stated, source) for stated in payments]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def payments_of(selection: Selection) -> list[StatedFlow]:
    """Return the sums that are payments from one party to another, in the order of the documents."""
    return [stated for stated in selection.flows if stated.iri in selection.steps and _has_two_parties(stated)]


def _has_two_parties(stated: StatedFlow) -> bool:
    funder, recipient = stated.flow.funder, stated.flow.recipient
    return funder is not None and recipient is not None and funder != recipient


def _organisation(entity: Entity, source: Source) -> dict[str, object]:
    iri = str(entity_iri(entity))
    known = registered(source.org_ids.get(iri, ()))
    numbers = [each.number for each in known if each.list in (*CHARITIES, *COMPANIES)]
    values: Values = {
        "name": [entity.name],
        "country": [_COUNTRY],
        "idNumber": [str(each) for each in known],
        "registrationNumber": numbers,
    }
    schema = "PublicBody" if source.organisation_types.get(iri) in _PUBLIC else "Organization"
    return _entity(iri, schema, values)


def _project(programme: Entity) -> dict[str, object]:
    return _entity(str(entity_iri(programme)), "Project", {"name": [programme.name], "country": [_COUNTRY]})


def _payment(stated: StatedFlow, source: Source) -> dict[str, object]:
    flow, head = stated.flow, source.heads.get(stated.document)
    dated = award_date(head, source.decision_dates.get(head.iri, ()) if head else ())
    first, last = (year_starts(flow.years[0]), year_starts(flow.years[-1])) if flow.years else (None, None)
    address = head.source if head and head.source.startswith(("https://", "http://")) else ""
    basis = {Basis.CEILING: "at most", Basis.ROUNDED: "rounded"}.get(flow.basis, "")
    values: Values = {
        "payer": [_id(entity) for entity in (flow.funder,) if entity],
        "beneficiary": [_id(entity) for entity in (flow.recipient,) if entity],
        "amount": [f"{flow.amount:.2f}"],
        "currency": [flow.currency],
        "date": _known(dated.day[: {"day": 10, "month": 7, "year": 4}[dated.precision]] if dated else ""),
        "startDate": _known(first.isoformat() if first else ""),
        "endDate": _known(last.replace(year=last.year + 1, month=3, day=31).isoformat() if last else ""),
        "purpose": _known(flow.purpose),
        "programme": [programme.name for programme in flow.programmes],
        "project": [_id(programme) for programme in flow.programmes],
        "description": _known(flow.evidence[0].quote if flow.evidence else ""),
        "summary": _known("; ".join(part for part in (flow.kind.value, flow.status.value, basis) if part)),
        "recordId": _known(head.reference or "" if head else ""),
        "publisher": _known(head.body.name if head and head.body else ""),
        "sourceUrl": _known(address),
    }
    return _entity(stated.iri, "Payment", values)


def _entity(iri: str, schema: str, values: Mapping[str, Iterable[str]]) -> dict[str, object]:
    known = {name: list(found) for name, found in values.items()}
    return {"id": entity_key(iri), "schema": schema, "properties": {name: v for name, v in known.items() if v}}


def _known(text: str) -> list[str]:
    return [text] if text else []


def _id(entity: Entity) -> str:
    return entity_key(str(entity_iri(entity)))


def entity_key(iri: str) -> str:
    """Return the FollowTheMoney id of an IRI: letters, digits and dashes, always the same, and unique."""
    words = re.sub(r"[^0-9A-Za-z]+", "-", iri.removeprefix(ID)).strip("-")[:80]
    return f"whofunds-{words}-{sha256(iri.encode()).hexdigest()[:8]}"
