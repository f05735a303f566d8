"""Grants in the JSON of the 360Giving standard: one file that its schema accepts, and one with what it cannot hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.left_out import Reason, is_money, no_money
from graph.counting.likeness import grouped, total
from graph.counting.rests import with_amount
from graph.counting.sides import Side
from graph.exports.award_dates import AwardDate, award_date
from graph.exports.counted import Counted, counted_by_flow
from graph.exports.locations import location
from graph.exports.org_ids import CHARITIES, COMPANIES, grant_id, own_id, registered
from graph.exports.selection import Selection
from graph.exports.source import Source
from graph.identifiers import entity_iri, year_starts
from graph.model import Basis, Entity, FlowLink
from graph.parse.money import format_pounds
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

VERSION = "1.4"  #: of the standard
REQUIRED = (
    *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
    *("recipientOrganization", "fundingOrganization"),
)
_LONGEST_TITLE = 139  #: characters; the standard wants fewer than 140
_NO_GRANT = "not granted by one named organisation to another"
_RELATED = (FlowLink.PASSES_ON, FlowLink.PART_OF)
_BASIS_NOTES = {
    Basis.CEILING: "The sum is a ceiling: the record says at most this much.",
    Basis.ROUNDED: "The sum is rounded in the record.",
}


@dataclass(frozen=True, slots=True)
class Package:
    """What a file says about itself; "" for what is not known."""

    publisher: str = "whofunds"
    licence: str = ""  #: address of the licence of the data
    download_url: str = ""  #: where the file will be found


@dataclass(frozen=True, slots=True)
class GrantFiles:
    """The two files, with notes on what is not in them."""

    main: str  #: every grant in it is valid
    rest: str  #: grants that lack something that the schema requires, mostly a date; "" where there are none
    left_out: tuple[str, ...]  #: a sentence each


def grant_files(selection: Selection, package: Package) -> GrantFiles:
    """Return the grants that the ledger counts among all grants, including joint sums.

    Repeated figures, totals beside their parts and money that is no award are not grants. Each payment is a grant, so
    that money which is passed on is a grant of its own at each step, and is marked as such.
    """
    made = _Grants(selection)
    counted = (*selection.grants.flows, *selection.grants.joint)
    grants = [(stated, made.grant(stated)) for stated in sorted(counted, key=lambda each: (each.document, each.iri))]
    whole = [(stated, grant) for stated, grant in grants if all(name in grant for name in REQUIRED)]
    rest = [(stated, grant) for stated, grant in grants if not all(name in grant for name in REQUIRED)]
    said = [
        *_left_out(selection),
        *_rest_note([stated for stated, _ in rest]),
        *_no_new_money(counted, made.judged),
        *(["no grant is left; the standard wants at least one"] if not whole else []),
    ]
    about = _about(package, selection)
    lacking = {
        "title": f"{about['title']}: grants without a date",
        "identifier": f"{about['identifier']}-rest",
        "description": "Grants that lack what the schema requires, mostly the date of the award. They belong with the "
        "other file: the two add up to the grants, each counted once.",
    }
    return GrantFiles(
        main=_text(about, [grant for _, grant in whole]),
        rest=_text({**about, **lacking, "downloadURL": ""}, [grant for _, grant in rest]) if rest else "",
        left_out=tuple(said),
    )


def _text(about: Mapping[str, object], grants: Sequence[Mapping[str, object]]) -> str:
    known = {name: value for name, value in about.items() if value}
    return json.dumps({**known, "grants": grants}, ensure_ascii=False, indent=2) + "\n"


def _about(package: Package, selection: Selection) -> dict[str, object]:
    created = selection.source.created
    return {
        "version": VERSION,
        "title": "Grants in UK police and crime commissioning decisions",
        "description": "Read from published decisions by whofunds; the published records alone are authoritative. Each "
        "grant stands once; money that is passed on is a grant at each step. Fields that begin with 'whofunds' stand "
        "beside the standard's.",
        "identifier": f"whofunds-{''.join(letter for letter in created[:19] if letter.isdigit())}",
        "issued": created[:10],
        "modified": created,
        "publisher": {"name": package.publisher},
        "license": package.licence,
        "downloadURL": package.download_url,
    }


class _Grants:
    """Makes the JSON of the grants of a selection."""

    def __init__(self, selection: Selection) -> None:
        self._source: Source = selection.source
        self._files = {stated.iri for stated in (*selection.grants.flows, *selection.grants.joint)}
        ledger, subject = selection.source.ledger, selection.judged_for
        left_out = ledger.tally(subject, Side.SOURCES).left_out
        self.judged = counted_by_flow(ledger, subject, Side.SOURCES, selection.flows)  #: where money comes in, by IRI
        self._passed_on = {out.flow.iri for out in left_out if out.reason is Reason.PASSED_ON}
        self._others = {out.flow.iri: out.other for out in (*left_out, *selection.grants.left_out)}

    def grant(self, stated: StatedFlow) -> dict[str, object]:
        """Return one grant, with fields of our own beside the standard's."""
        flow, head = stated.flow, self._source.heads.get(stated.document)
        is_passed_on = stated.iri in self._passed_on
        dated = award_date(head, self._source.decision_dates.get(head.iri, ()) if head else ())
        address = head.source if head and head.source.startswith(("https://", "http://")) else ""
        grant: dict[str, object] = {
            "id": grant_id(stated.iri),
            "title": _title(stated, head),
            "description": _description(stated, is_passed_on=is_passed_on),
            "currency": flow.currency,
            "amountAwarded": _number(flow.amount),
            "awardDate": dated.day if dated else "",
            "url": address,
            "plannedDates": _planned(flow.years),
            "recipientOrganization": [self._organisation(flow.recipient)],
            "fundingOrganization": [self._organisation(flow.funder)],
            "beneficiaryLocation": self._places(flow.place),
            "grantProgramme": [{"code": str(entity_iri(each)), "title": each.name} for each in flow.programmes],
            "relatedDocument": _documents(head, address),
            "relatedActivity": [grant_id(iri) for iri in self._related(stated)],
            "dateModified": self._source.created,
            "dataSource": address,
            "whofundsIsPassedOn": True if is_passed_on else None,
            **_own_fields(stated, dated, self.judged[stated.iri]),
        }
        return {name: value for name, value in grant.items() if value not in ("", [], None)}

    def _places(self, place: Entity | None) -> list[dict[str, object]]:
        return [location(place.name, self._source.place_code(place))] if place is not None else []

    def _organisation(self, entity: Entity | None) -> dict[str, object]:
        if entity is None:
            raise ValueError("a grant names funder and recipient")
        iri = str(entity_iri(entity))
        known = registered(self._source.org_ids.get(iri, ()))
        found: dict[str, object] = {"id": str(known[0]) if known else own_id(iri), "name": entity.name}
        for name, lists in (("charityNumber", CHARITIES), ("companyNumber", COMPANIES)):
            numbers = [each.number for each in known if each.list in lists]
            found |= {name: numbers[0]} if numbers else {}
        place = self._source.organisation_places.get(iri)
        if place is not None:
            found["location"] = [location(place.name, self._source.place_codes.get(place.iri, ""))]
        return found

    def _related(self, stated: StatedFlow) -> list[str]:
        """Return the grants of the two files that a grant passes on, is a share of, or counts with."""
        said = [iri for link, iri in stated.links if link in _RELATED]
        found = [self._in_files(iri, {stated.iri}) for iri in (*said, self._others.get(stated.iri, ""))]
        return [iri for iri in dict.fromkeys(found) if iri]

    def _in_files(self, iri: str, seen: set[str]) -> str:
        """Return the grant that stands for a sum: itself, or the nearest that it says again or comes out of."""
        while iri and iri not in seen:
            if iri in self._files:
                return iri
            seen = seen | {iri}
            iri = self._others.get(iri, "")
        return ""


def _own_fields(stated: StatedFlow, dated: AwardDate | None, judged: Counted) -> dict[str, object]:
    """Return the fields beside the standard's, which allows others."""
    flow = stated.flow
    return {
        "whofundsId": stated.iri,
        "whofundsAwardDateBasis": dated.basis if dated else "",
        "whofundsAwardDatePrecision": dated.precision if dated else "",
        "whofundsAmountBasis": flow.basis.value,
        "whofundsIsJoint": True if len(flow.programmes) > 1 else None,
        "whofundsCountedWhereItComesIn": judged.word,
        "whofundsAmountWhereItComesIn": _number(judged.amount),
        "whofundsWhyNotCounted": judged.why_not,
        "whofundsStatus": flow.status.value,
        "whofundsReadingBand": flow.band.value,
        "whofundsReadingInDoubt": [doubt.slot for doubt in flow.doubts],
        "whofundsQuote": flow.evidence[0].quote if flow.evidence else "",
        "whofundsLocator": flow.evidence[0].locator if flow.evidence else "",
    }


def _title(stated: StatedFlow, head: DecisionHead | None) -> str:
    programmes = ", ".join(programme.name for programme in stated.flow.programmes)
    title = (head.title if head else "") or programmes or "Grant"
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


def _description(stated: StatedFlow, *, is_passed_on: bool) -> str:
    flow = stated.flow
    notes = [flow.purpose or (flow.evidence[0].quote if flow.evidence else "") or "A grant."]
    notes += [_BASIS_NOTES[flow.basis]] if flow.basis in _BASIS_NOTES else []
    if len(flow.programmes) > 1:
        names = ", ".join(programme.name for programme in flow.programmes)
        notes.append(f"One sum for several programmes together, which the record does not split: {names}.")
    if is_passed_on:
        notes.append("Money that the funder was given and passes on: not to be added to what the funder was given.")
    opening, *others = notes
    return " ".join([opening if not others or opening.endswith((".", "!", "?")) else f"{opening}.", *others])


def _number(amount: Decimal) -> int | float:
    """Return JSON's number, as the standard asks; the CSV has the exact decimal."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _planned(years: Sequence[str]) -> list[dict[str, object]]:
    if not years:
        return []
    first, last = year_starts(years[0]), year_starts(years[-1])
    end = last.replace(year=last.year + 1, month=3, day=31)
    return [{"startDate": first.isoformat(), "endDate": end.isoformat(), "duration": 12 * (end.year - first.year)}]


def _documents(head: DecisionHead | None, address: str) -> list[dict[str, str]]:
    if head is None:
        return []
    values = {
        "id": head.iri,
        "title": ": ".join(part for part in (head.reference, head.title) if part),
        "url": address,
        "documentType": head.record_type,
    }
    return [{name: value for name, value in values.items() if value}]


def _left_out(selection: Selection) -> list[str]:
    """Return what is not in the two files: by the ledger's reasons, with the sums, then what is no grant at all."""
    said = []
    by_reason: dict[str, list[StatedFlow]] = {}
    for out in selection.grants.left_out:
        by_reason.setdefault(out.reason.sentence, []).append(out.flow)
    for reason, flows in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        said.append(f"left out: {_sums(flows)}, {reason}")
    judged = selection.grants
    grants = {s.iri for s in (*judged.flows, *judged.joint, *(out.flow for out in judged.left_out))}
    others = [stated for stated in selection.flows if stated.iri not in grants]
    # sums that are no money may overlap each other, so they are counted and not added up
    whys = Counter(_NO_GRANT if is_money(stated) else no_money(stated).said for stated in others)
    said += [f"left out: {count:,} {'sum' if count == 1 else 'sums'}, {why}" for why, count in whys.most_common()]
    if selection.awards:
        awards = f"{len(selection.awards):,} {'award' if len(selection.awards) == 1 else 'awards'}"
        said.append(f"left out: {awards} without a sum, as 360Giving needs an amount")
    return said


def _rest_note(rest: Sequence[StatedFlow]) -> list[str]:
    kept = f"{len(rest):,} {'grant' if len(rest) == 1 else 'grants'} ({format_pounds(total(rest))})"
    return [f"not in the main file: {kept} without a date of award, which the standard requires"] if rest else []


def _no_new_money(grants: Sequence[StatedFlow], judged: Mapping[str, Counted]) -> list[str]:
    """Return in a sentence how much of the grants counts with other sums where it comes in; none where nothing does."""
    rests = [with_amount(stated, stated.flow.amount - judged[stated.iri].amount) for stated in grants]
    again = [stated for stated in rests if stated.flow.amount]
    if not again:
        return []
    by_reason = grouped(again, lambda stated: judged[stated.iri].why_not)
    parts = [
        f"{len(flows):,} ({format_pounds(total(flows))}), {why}"
        for why, flows in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    whole, rest = format_pounds(total(grants)), format_pounds(total(again))
    return [f"{rest} of the grants' {whole} is no new money: {'; '.join(parts)}"]


def _sums(flows: Iterable[StatedFlow]) -> str:
    listed = list(flows)
    return f"{len(listed):,} {'sum' if len(listed) == 1 else 'sums'} ({format_pounds(total(listed))})"
