"""Records as JSON: the exact round trip for builds, and the shape that `extract --json` promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from graph.model import Check, Decision, Entity, Evidence, FundingFlow, Record, Relation
from graph.typed_json import from_json, to_json


def record_to_json(record: Record) -> dict[str, Any]:
    """Return all of the record as JSON values; `record_from_json` gives it back exactly."""
    values: dict[str, Any] = to_json(record)
    return values


def record_from_json(values: dict[str, Any]) -> Record:
    """Return the record that `record_to_json` wrote.

    Raises:
        ValueError, TypeError, KeyError: The values are not a record's.
    """
    return from_json(Record, values)


def contract_json(record: Record) -> dict[str, Any]:
    """Return the record in the contract's `extract --json` shape, with `dates`, `new_names` and `issues` besides.

    `dates` are the findings about days, which compare no figures: signed after the money starts, say.
    """
    return {
        "document": _document(record.decision, record.document),
        "flows": [_flow(flow) for flow in record.flows],
        "relations": [_relation(relation) for relation in record.relations],
        "checks": [check_json(check) for check in record.checks if check.kind != "dates"],
        "dates": [check_json(check) for check in record.checks if check.kind == "dates"],
        "new_names": [
            {"name": new.entity.name, "type": str(new.entity.kind), "context": new.context, "locator": new.locator}
            for new in record.new_names
        ],
        "issues": list(record.issues),
    }


def check_json(check: Check) -> dict[str, Any]:
    """Return a check in the contract's shape, with its kind and its quotations."""
    return {
        "verdict": str(check.verdict),
        "figures": [figure_number(figure) for figure in check.figures],
        "message": check.message,
        "locators": [evidence.locator for evidence in check.evidence],
        "quotes": [evidence.quote for evidence in check.evidence],
        "kind": check.kind,
    }


def figure_number(figure: Decimal) -> int | float:
    """Return a figure of a check as a JSON number: whole pounds as an integer."""
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def year_and_span(years: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the contract's (`year`, `years`): one financial year, or "2018/19-2019/20" for several."""
    if len(years) == 1:
        return years[0], None
    return None, f"{years[0]}-{years[-1]}" if years else None


def _document(decision: Decision, name: str) -> dict[str, Any]:
    return {
        "reference": decision.reference,
        "title": decision.title,
        "body": _name(decision.body),
        "decided_by": decision.decided_by,
        "signed": decision.signed,
        "document": name,
        "source": decision.source,
        "record_type": decision.record_type,
    }


def _flow(flow: FundingFlow) -> dict[str, Any]:
    year, span = year_and_span(flow.years)
    programmes = [programme.name for programme in flow.programmes]
    evidence = flow.evidence[0] if flow.evidence else Evidence(locator="", quote="")
    return {
        "id": flow.id,
        "funder": _name(flow.funder),
        "recipient": _name(flow.recipient),
        "recipient_words": flow.recipient_words,
        "amount": str(flow.amount.quantize(Decimal("0.01"))),
        "currency": flow.currency,
        "basis": str(flow.basis),
        "year": year,
        "years": span,
        "per_year": flow.per_year,
        "programme": programmes[0] if len(programmes) == 1 else None,
        "programmes": programmes,
        "place": _name(flow.place),
        "fund": _name(flow.fund),
        "kind": str(flow.kind),
        "status": str(flow.status),
        "purpose": flow.purpose,
        "locator": evidence.locator,
        "page": evidence.page,
        "quote": evidence.quote,
        "confidence": round(flow.confidence, 3),
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "subject": _end(relation.subject),
        "relation": str(relation.kind),
        "object": _end(relation.object),
        "detail": relation.detail,
        "locator": relation.evidence[0].locator if relation.evidence else None,
        "quote": relation.evidence[0].quote if relation.evidence else None,
    }


def _end(end: Entity | str) -> str:
    return end if isinstance(end, str) else end.name


def _name(entity: Entity | None) -> str | None:
    return entity.name if entity else None
