"""Records as JSON in the shape that `extract --json` promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from graph.model import Award, Check, Decision, Doubt, Entity, Evidence, Funding, FundingFlow, Record, Relation, Unread
from graph.unread import issue_without_flows


def contract_json(record: Record) -> dict[str, Any]:
    """Return the record in the contract's `extract --json` shape, with `dates`, `new_names` and `issues` added.

    An award without a printed sum stands among the flows, with null as its amount. `dates` are checks of days, which
    compare no figures, such as a signature after the start of the money.
    """
    return {
        "document": _document(record.decision, record.document),
        "flows": [*(_flow(flow) for flow in record.flows), *(_award(award) for award in record.awards)],
        "relations": [_relation(relation) for relation in record.relations],
        "checks": [check_json(check) for check in record.checks if check.kind != "dates"],
        "dates": [check_json(check) for check in record.checks if check.kind == "dates"],
        "new_names": [
            {
                "name": new.entity.name,
                "type": str(new.entity.kind),
                "context": new.context,
                "locator": new.locator,
                **({"org_id": new.org_id} if new.org_id else {}),
            }
            for new in record.new_names
        ],
        "issues": [issue for issue in (*record.issues, issue_without_flows(record)) if issue],
        "unread": unread_json(record.unread),
    }


def unread_json(unread: Unread) -> dict[str, Any]:
    """Return the sums that were not read as anything: their number, and the first of them with their words."""
    return {
        "figures": unread.figures,
        "examples": [{"locator": words.locator, "words": words.quote} for words in unread.examples],
    }


def check_json(check: Check) -> dict[str, Any]:
    """Return a check in the contract's shape, with its kind and its quotations as further keys."""
    return {
        "verdict": str(check.verdict),
        "figures": [figure_number(figure) for figure in check.figures],
        "message": check.message,
        "locators": [evidence.locator for evidence in check.evidence],
        "quotes": [evidence.quote for evidence in check.evidence],
        "kind": check.kind,
    }


def figure_number(figure: Decimal) -> int | float:
    """Return a figure of a check as a JSON number; whole pounds are an integer."""
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def year_and_span(years: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the contract's (`year`, `years`): ("2023/24", None) for one year, (None, "2018/19-2019/20") for more."""
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
        "titled": decision.titled or None,
    }


def _flow(flow: FundingFlow) -> dict[str, Any]:
    sums = {
        "amount": str(flow.amount.quantize(Decimal("0.01"))),
        "currency": flow.currency,
        "basis": str(flow.basis),
        "per_year": flow.per_year,
        "awaits_payee": flow.awaits_payee,
        "in_summary": flow.in_summary,
        "in_table": flow.in_table,
    }
    return {**_funding(flow), **sums}


def _award(award: Award) -> dict[str, Any]:
    return _funding(award)


def _funding(funding: Funding) -> dict[str, Any]:
    """Return the JSON that flows, and awards without a sum, have in common, with a place for the sum."""
    year, span = year_and_span(funding.years)
    programmes = [programme.name for programme in funding.programmes]
    evidence = funding.evidence[0] if funding.evidence else Evidence(locator="", quote="")
    return {
        "id": funding.id,
        "funder": _name(funding.funder),
        "recipient": _name(funding.recipient),
        "recipient_words": funding.recipient_words,
        "amount": None,
        "currency": None,
        "basis": None,
        "year": year,
        "years": span,
        "per_year": False,
        "programme": programmes[0] if len(programmes) == 1 else None,
        "programmes": programmes,
        "place": _name(funding.place),
        "fund": _name(funding.fund),
        "kind": str(funding.kind),
        "status": str(funding.status),
        "purpose": funding.purpose,
        "locator": evidence.locator,
        "page": evidence.page,
        "quote": evidence.quote,
        "confidence": round(funding.confidence, 3),
        "band": str(funding.band),
        "doubts": [_doubt(doubt) for doubt in funding.doubts],
        "awaits_payee": None,
        "in_summary": None,
        "in_table": None,
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "slot": doubt.slot,
        "value": doubt.value or None,
        "probability": round(doubt.probability, 3),
        "alternatives": [
            {"value": other.value or None, "probability": round(other.probability, 3)}
            | ({"reader": other.reader} if other.reader else {})
            for other in doubt.alternatives
        ],
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
