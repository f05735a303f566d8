"""Turn Open Contracting Data Standard releases, as registers give them in JSON, into a Document of labelled lines.

The standard: https://standard.open-contracting.org/latest/en/schema/release/. Only what people look for in a notice is
written: title, buyer, supplier, value, start and end, descriptions. A truncated release is read as far as it goes.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from ingest.document import Document
from ingest.readers.plain import Source, document_of
from ingest.readers.writer import Writer, one_line

_OPENS = re.compile(r"^[ \t]*\{[ \t]*$|^[ \t]*\{[ \t]*\"", re.M)
_SIGNS = re.compile(r'\\.|["{}\[\],]', re.S)
_CLOSING = {"{": "}", "[": "]"}
_PARTS = ("tender", "awards", "contracts", "buyer", "releases", "records")
_RUNNING = ("planned", "active")  #: states of a tender in which nothing is awarded
_MOST_DEPTH = 60  #: objects and lists within each other; the standard needs ten
_MOST_BEFORE = 4_000  #: characters of a page before its release
_MOST_SIGNS = 5_000_000  #: characters of a release
_MOST_RELEASES, _MOST_RECORDS = 200, 500
_LONGEST_NUMBER = 15  #: digits
_LONGEST_NAME = 300
_LONGEST_TEXT = 20_000

Json = Mapping[str, Any]
Record = list[tuple[str, str]]  #: labels with what they say; "" where the release does not say it


def read_release(source: Source, text: str) -> Document | None:
    """Return the Document of a text that holds a release, a release package or a page around one.

    None for other texts.
    """
    found = _release_in(text)
    if found is None:
        return None
    before, release, after = found
    writer = Writer()
    for line in before.splitlines():
        writer.paragraph(line)
    for one in _releases(release):
        _write(one, writer)
    for line in after.splitlines():
        writer.paragraph(line)
    return document_of(source, writer.text) if writer.text.strip() else None


def _release_in(text: str) -> tuple[str, Json, str] | None:
    """Return the words before a release, the release itself and the words after it; None if there is no release."""
    if not any(f'"{part}"' in text for part in _PARTS) or len(text) > _MOST_SIGNS:
        return None
    opening = _OPENS.search(text, 0, _MOST_BEFORE)
    if opening is None:
        return None
    start = text.index("{", opening.start())
    closed = _closed(text, start)
    if closed is None:
        return None
    end, tries = closed
    for words in tries:
        release = _parsed(words)
        if isinstance(release, dict) and any(part in release for part in _PARTS):
            return text[:start], release, text[end:]
    return None


def _closed(text: str, start: int) -> tuple[int, list[str]] | None:
    """Return the end of the JSON object that opens at `start`, and its possible texts; None if it is nested too deep.

    A truncated object has two: with all open brackets closed, and also without its last, unfinished member.
    """
    open_signs: list[str] = []
    in_words = False
    whole: tuple[int, str] = (start, "")  # where the last finished member ends, and what is open there
    for match in _SIGNS.finditer(text, start):
        sign = match[0]
        if sign == '"':
            in_words = not in_words
        elif in_words or len(sign) > 1:
            continue
        elif sign in _CLOSING:
            open_signs.append(sign)
            if len(open_signs) > _MOST_DEPTH:
                return None
        elif sign == ",":
            whole = (match.start(), "".join(open_signs))
        elif not open_signs or _CLOSING[open_signs.pop()] != sign:
            return None
        elif not open_signs:
            return match.end(), [text[start : match.end()]]
    cut = text[start:].rstrip().rstrip("\\") + ('"' if in_words else "")
    ends = [(cut, "".join(open_signs)), (text[start : whole[0]], whole[1])]
    return len(text), [words + "".join(_CLOSING[sign] for sign in reversed(signs)) for words, signs in ends]


def _parsed(words: str) -> object:
    """Return the parsed JSON; None if it is not JSON. Control characters in its strings are allowed."""
    try:
        return json.loads(words, strict=False, parse_int=_number, parse_float=_number, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def _number(words: str) -> Decimal | None:
    """Return a number with all its digits; None if the value is not an amount of money."""
    try:
        number = Decimal(words)
    except InvalidOperation:
        return None
    return number if abs(number.adjusted()) <= _LONGEST_NUMBER else None


def _releases(package: Json) -> Sequence[Json]:
    """Return the releases of a release package or record package; a release that stands alone is one.

    Several releases of one procurement are its states over time: a later one replaces the earlier.
    """
    compiled = [_object(one.get("compiledRelease")) for one in _objects(package.get("records"))[:_MOST_RELEASES]]
    inner = [*_objects(package.get("releases"))[:_MOST_RELEASES], *compiled]
    states: dict[str, Json] = {}
    for number, release in enumerate(sorted(inner, key=lambda one: _text(one.get("date")))):
        procurement = _text(release.get("ocid")) or str(number)
        states[procurement] = {**states.get(procurement, {}), **release}
    return list(states.values()) or [package]


def _write(release: Json, writer: Writer) -> None:
    tender = _object(release.get("tender"))
    title = _text(tender.get("title")) or next((_text(one.get("title")) for one in _deals(release)), "")
    _line(writer, "Title", title)
    _line(writer, "Date published", _text(release.get("date"))[:10])
    _line(writer, "Buyer", _buyer(release))
    for record in islice(_records(release, tender), _MOST_RECORDS):
        for label, value in record:
            _line(writer, label, value)
    for number, words in enumerate(_descriptions(release, tender)):
        if not number:
            writer.heading("Description", 2)
        writer.paragraph(words)


def _line(writer: Writer, label: str, value: str) -> None:
    if value:
        writer.paragraph(f"{label}: {value}")


def _deals(release: Json) -> list[Json]:
    return [*_objects(release.get("contracts")), *_objects(release.get("awards"))]


def _buyer(release: Json) -> str:
    """Return the buyer's name, from the release itself or from its parties."""
    named = _name(_object(release.get("buyer")))
    parties = _objects(release.get("parties"))
    return named or next((_name(one) for one in parties if "buyer" in _words(one.get("roles"))), "")


def _records(release: Json, tender: Json) -> Iterator[Record]:
    """Yield the labelled lines of each contract with a value; else of each award; else of the tender and its lots.

    The contract's value is the final one; the values of award and tender are earlier figures for the same money.
    """
    awards = {_text(one.get("id")): one for one in _objects(release.get("awards"))}
    contracts = _objects(release.get("contracts"))
    for deals in (contracts, list(awards.values())):
        valued = [one for one in deals if _value(one)]
        if valued:
            for one in valued:
                award = awards.get(_text(one.get("awardID")), one if deals is not contracts else {})
                yield _record(one, _suppliers(one) or _suppliers(award), (one, award, tender))
            return
    if not awards and not contracts and _text(tender.get("status")) in _RUNNING:
        yield [("Status", f"{tender['status']} tender")]
    suppliers = "; ".join(dict.fromkeys(name for one in awards.values() if (name := _suppliers(one))))
    lots = [one for one in _objects(tender.get("lots")) if _value(one)]
    for lot in lots if len(lots) > 1 else ():
        yield _record(lot, "", (lot, tender), "Lot title")
    if lots and not _value(tender):
        return
    if len(lots) < 2:
        yield _record(tender, suppliers, (tender, *awards.values(), *contracts, *_objects(tender.get("lots"))[:1]))


def _record(deal: Json, suppliers: str, dated: Sequence[Json], name: str = "") -> Record:
    period = next((found for one in dated if (found := _period(one))), {})
    title = [(name, _text(deal.get("title")))] if name else []
    return [
        *title,
        ("Supplier", suppliers),
        ("Contract value", _value(deal)),
        ("Contract start", _day(period.get("startDate"))),
        ("Contract end", _day(period.get("endDate"))),
        ("Extension", _text(_object(deal.get("renewal")).get("description"))),
    ]


def _day(value: object) -> str:
    """Return a date and time in the form of a notice, "31 March 2026, 23:00"; other words unchanged."""
    words = _text(value)[:_LONGEST_NAME]
    try:
        moment = datetime.datetime.fromisoformat(words)
    except ValueError:
        return words
    time = f", {moment:%H:%M}" if "T" in words else ""
    return f"{moment.day} {moment:%B %Y}{time}"


def _period(deal: Json) -> Json:
    return _object(deal.get("contractPeriod")) or _object(deal.get("period"))


def _suppliers(deal: Json) -> str:
    return "; ".join(dict.fromkeys(name for one in _objects(deal.get("suppliers")) if (name := _name(one))))


def _value(deal: Json) -> str:
    """Return the value of a deal in words, "£2,127,000.50" or "EUR 500", without tax if both are given; "" for none."""
    value = _object(deal.get("value"))
    amount = next((one for key in ("amount", "amountGross") if isinstance(one := value.get(key), Decimal)), None)
    if amount is None or amount <= 0:
        return ""
    printed = f"{amount:,.2f}".removesuffix(".00")
    currency = _text(value.get("currency"))[:3]
    return f"£{printed}" if currency == "GBP" else f"{currency} {printed}".strip()


def _descriptions(release: Json, tender: Json) -> Iterator[str]:
    """Yield the descriptions of the release, its tender, its lots and its deals, each once."""
    seen: set[str] = set()
    for one in (release, tender, *_objects(tender.get("lots")), *_deals(release)):
        words = _text(one.get("description"))
        if words and words not in seen and len(seen) < _MOST_RECORDS:
            seen.add(words)
            yield words


def _name(party: Json) -> str:
    return _text(party.get("name"))[:_LONGEST_NAME]


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _words(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return one_line(value[:_LONGEST_TEXT]) if isinstance(value, str) else ""
