"""Read JSON of two standards into published records: 360Giving grants and Open Contracting Data Standard contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from graph.errors import UnreadableDocument
from graph.model import EntityKind
from graph.names.index import NameIndex, new_entity
from graph.parse.years import financial_year, year_run
from graph.published.record import PublishedKind, PublishedRecord

Values = dict[str, Any]
MOST_YEARS = 15  #: a period of more is a slip, not a grant


@dataclass(frozen=True, slots=True)
class _Terms:
    """The parts of a record other than its parties and its amount."""

    id: str
    title: str
    words: str
    date: str
    period: Values  #: startDate and endDate
    currency: str
    locator: str


def read_standard(data: bytes, name: str, names: NameIndex, *, address: str = "") -> list[PublishedRecord]:
    """Return the grants or contracts in a JSON file.

    Raises:
        UnreadableDocument: The file is not JSON, or follows neither of the two standards.
    """
    try:
        values = msgspec.json.Decoder(float_hook=Decimal).decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, InvalidOperation, RecursionError) as error:
        raise UnreadableDocument(f"{name}: cannot be read as JSON ({error}); save it again from its source.") from None
    reader = _Reader(name, names, address)
    if isinstance(values, dict) and isinstance(values.get("grants"), list):
        return [record for grant in values["grants"] for record in reader.grant(_dict(grant))]
    if releases := list(_releases(values)):
        return reader.contracts(releases)
    raise UnreadableDocument(
        f"{name}: is neither 360Giving (a list called grants) nor OCDS (releases or records); of JSON, only these are "
        "read."
    )


def _releases(values: Any) -> Iterator[Values]:
    """Yield the releases in a release package, a record package, a search result, or a bare release."""
    if isinstance(values, list):
        for value in values:
            yield from _releases(value)
    elif isinstance(values, dict):
        if isinstance(values.get("releases"), list):
            yield from (_dict(release) for release in values["releases"])
        elif isinstance(values.get("records"), list):
            for record in map(_dict, values["records"]):
                compiled = _dict(record.get("compiledRelease"))
                yield from [compiled] if compiled else _releases({"releases": record.get("releases") or []})
        elif "ocid" in values:
            yield values


class _Reader:
    """Makes the records of one file."""

    def __init__(self, name: str, names: NameIndex, address: str) -> None:
        self._name = name
        self._names = names
        self._address = address
        self._by_org_id = {row.org_id.upper(): id for id, row in names.registry.organisations.items() if row.org_id}

    def grant(self, grant: Values) -> Iterator[PublishedRecord]:
        """Yield the grant, and its payments if they are published too."""
        period = _first(grant, "plannedDates") or _first(grant, "actualDates")
        title = _text(grant, "title")
        terms = _Terms(
            id=_text(grant, "id"),
            title=title,
            words=" ".join(filter(None, (title, _text(grant, "description")))),
            date=_text(grant, "awardDate")[:10],
            period=period,
            currency=_text(grant, "currency") or "GBP",
            locator=f"grant {_text(grant, 'id')}".strip(),
        )
        parties = _first(grant, "fundingOrganization"), _list(grant, "recipientOrganization")
        if (amount := _amount(grant.get("amountAwarded"))) is not None:
            yield self._record(PublishedKind.GRANT, amount, *parties, terms)
        if paid := _amount(grant.get("amountDisbursed")):
            yield self._record(PublishedKind.PAYMENT, paid, *parties, terms)

    def contracts(self, releases: list[Values]) -> list[PublishedRecord]:
        """Return the awarded contracts; if a contract has several releases, the latest counts."""
        latest: dict[str, PublishedRecord] = {}
        for release in sorted(releases, key=lambda release: _text(release, "date")):
            for record in self._of_release(release):
                latest[record.id] = record
        return list(latest.values())

    def _of_release(self, release: Values) -> Iterator[PublishedRecord]:
        tender, ocid = _dict(release.get("tender")), _text(release, "ocid")
        parties = {_text(party, "id"): party for party in _list(release, "parties")}
        buyer = _party(_dict(release.get("buyer")), parties)
        contracts = {_text(one, "awardID"): one for one in _list(release, "contracts")}
        for award in _list(release, "awards"):
            contract = contracts.get(_text(award, "id"), {})
            if _text(award, "status") in ("cancelled", "unsuccessful", "pending"):
                continue
            value = _dict(contract.get("value")) or _dict(award.get("value"))
            amount = _amount(value.get("amount"))
            if amount is None:
                continue
            title = _text(award, "title") or _text(tender, "title")
            words = (title, _text(tender, "title"), _text(award, "description") or _text(tender, "description"))
            terms = _Terms(
                id=f"{ocid}/{_text(award, 'id')}",
                title=title,
                words=" ".join(dict.fromkeys(filter(None, words))),
                date=(_text(contract, "dateSigned") or _text(award, "date"))[:10],
                period=_dict(contract.get("period")) or _dict(award.get("contractPeriod")),
                currency=_text(value, "currency") or "GBP",
                locator=ocid,
            )
            suppliers = [_party(one, parties) for one in _list(award, "suppliers")]
            yield self._record(PublishedKind.CONTRACT, amount, buyer, suppliers, terms)

    def _record(
        self, kind: PublishedKind, amount: Decimal, funder: Values, payees: list[Values], terms: _Terms
    ) -> PublishedRecord:
        payee, payee_id = self._known(payees[0]) if len(payees) == 1 else (_joined(payees), "")
        payer, payer_id = self._known(funder)
        start, end = _text(terms.period, "startDate"), _text(terms.period, "endDate")
        years = _years(start, end, terms.date)
        return PublishedRecord(
            kind, terms.id, terms.title, payer, payer_id, payee, payee_id, amount, terms.currency, terms.date, years,
            terms.words, self._name, terms.locator, self._address, _period(start, end),
        )  # fmt: skip

    def _known(self, party: Values) -> tuple[str, str]:
        """Return an organisation's printed name, and the id that the graph has or would give it."""
        name = _text(party, "name")
        given = _dict(party.get("identifier"))
        for org_id in (_text(party, "id"), f"{_text(given, 'scheme')}-{_text(given, 'id')}"):
            if known := self._by_org_id.get(org_id.upper()):
                return name, known
        if not name:
            return "", ""
        found = self._names.resolve(name, kinds={EntityKind.ORGANISATION})
        return name, (found or new_entity(name, EntityKind.ORGANISATION)).id


def _party(named: Values, parties: dict[str, Values]) -> Values:
    return {**parties.get(_text(named, "id"), {}), **named}


def _years(start: str, end: str, day: str) -> tuple[str, ...]:
    """Return the financial years from a first to a last day; the year of `day` if they are not stated."""
    first, last = _day(start), _day(end)
    if first and last and first <= last and last.year - first.year <= MOST_YEARS:
        return year_run(financial_year(first), financial_year(last))
    only = first or _day(day)
    return (financial_year(only),) if only else ()


def _period(start: str, end: str) -> str:
    first, last = _day(start), _day(end)
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        amount = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < Decimal("1e15") else None


def _joined(parties: list[Values]) -> str:
    return "; ".join(filter(None, (_text(party, "name") for party in parties)))


def _dict(value: Any) -> Values:
    return value if isinstance(value, dict) else {}


def _list(values: Values, name: str) -> list[Values]:
    found = values.get(name)
    return [_dict(one) for one in found] if isinstance(found, list) else [found] if isinstance(found, dict) else []


def _first(values: Values, name: str) -> Values:
    return next(iter(_list(values, name)), {})


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""
