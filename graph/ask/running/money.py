"""Executes forms over sums: who gives, who gets, how much, how many, on average, which share, by year, compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.ask.known.derived_values import MadeLater
from graph.ask.known.facts import Facts
from graph.ask.language.english import subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import in_years, listed, pounds
from graph.ask.language.terms import (
    Compare,
    Count,
    During,
    Either,
    Kind,
    List,
    Mean,
    OfKind,
    Role,
    Scan,
    Set,
    Sized,
    Sum,
    Total,
    What,
)
from graph.ask.result import Caveat, Item, Status, Value
from graph.ask.running.caveats import JOINT
from graph.ask.running.citing import cite_flows, unique
from graph.ask.running.draft import Draft, drafted, entity_item, opened, said_of, value_of
from graph.ask.running.matcher import Matcher
from graph.ask.running.matching import choices_of, period_of
from graph.ask.running.rankings import ROLE_OF, grouped, is_wanted, single_awards, single_awards_of
from graph.ask.running.shares import ceiling_of, figure, shares, spread, years_of
from graph.ask.running.sums import Measure, given, is_narrow, measure, received, undated
from graph.ask.running.whom import ids
from graph.ask.running.without_sum import named_without_sum, no_sum, without_sum
from graph.counting.left_out import Reason
from graph.counting.likeness import total
from graph.counting.placed_years import decision_words, without_year
from graph.counting.tally import Tally
from graph.counting.together import average, union
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow


def parties(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists who gives or who gets the money of a set, each with the amount."""
    side = "funder" if form.what is What.FUNDER else "recipient"
    sized = next((c for c in scan.where if isinstance(c, Sized)), None)
    plain = Scan(scan.rows, tuple(c for c in scan.where if not isinstance(c, Sized)))
    counted, found = (given if side == "funder" else received)(plain, facts)
    every = [share for share in shares(counted, side) if is_wanted(share, scan, facts)]
    named = [share for share in every if share.entity is not None]
    if sized is not None:
        matcher = Matcher([sized], facts, None)
        named = [s for s in named if s.amount is not None and matcher.fits_amount(s.amount)]
    chosen = named or every
    if not chosen:
        return without_sum(scan, facts, side)
    verb = "is funded by" if side == "funder" else "goes to"
    text = f"{opened(subject(scan))} {verb} {said_of(chosen, facts)}."
    left_open = [share.label for share in every if share.entity is None and named]
    if left_open:
        text += f" Left open in the decision: {listed(left_open)}."
    draft = drafted(text, chosen, counted, facts, level=found.fit)
    draft = draft.but(value=Value(count=len(chosen)), unmet=found.unmet)
    return draft.but(caveats=MadeLater(lambda: (*draft.caveats, *named_without_sum(scan, facts, side))))


def awards(form: List, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that lists each sum of a set by itself, the largest first."""
    del form
    counted, found = received(scan, facts)
    every = [s for s in single_awards(counted) if is_wanted(s, scan, facts)]
    if not every:
        return no_sum(scan, facts)
    every.sort(key=lambda s: (-(s.amount or Decimal(0)), s.label))
    in_all = f", {figure(counted.flows)} in all" if counted.flows else ""
    text = f"{opened(subject(scan))}: {number_of(len(every), 'sum')}{in_all}: {said_of(every, facts)}."
    draft = drafted(text, every, counted, facts, level=found.fit)
    return draft.but(value=value_of(counted.flows, count=len(every)), unmet=found.unmet)


def amount(form: Total, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the total of a set, and the sums that it is made of."""
    found = measure(scan, facts, own=form.own)
    if found is None:
        return no_sum(scan, facts)
    side = "recipient" if choices_of(scan, Role.FUNDER) and not choices_of(scan, Role.RECIPIENT) else "funder"
    groups = [share for share in shares(found.counted, side) if share.label] or [
        share for share in shares(found.counted, "recipient" if side == "funder" else "funder") if share.label
    ]
    draft = drafted(_amount_said(found, scan, facts), groups, found.counted, facts, level=found.found.fit)
    rest = draft.caveats
    if found.passed_on:
        said = f"Besides, {pounds(found.passed_on)} is passed on of money that others gave: it counts where it came in."
        beside = Caveat("passed on", said, found.passed_on)
        draft = draft.but(caveats=MadeLater(lambda: (beside, *rest)))
    return draft.but(value=value_of(found.counted.flows), level=found.found.fit, unmet=found.found.unmet)


def _amount_said(found: Measure, scan: Scan, facts: Facts) -> str:
    flows, start = found.flows, opened(subject(scan))
    if found.joint_only:
        sums = listed((figure([s], in_years(s.flow.years)) for s in flows), most=3)
        return f"{start} has no sum of its own on record: only {sums} {JOINT} ({_sums_in(flows, facts)})."
    if found.spans:
        years = f" for {in_years(years_of(flows)).removeprefix(' in ')} together, not split by year"
        said = figure(flows, years)
    else:
        is_told = period_of(scan) and all(s.flow.years for s in flows)  # the question says the years
        said = figure(flows) if is_told else spread(flows, facts.heads)
    besides = sum(out.reason is Reason.HOLDS for out in found.counted.left_out) + len(found.counted.joint)
    beside = f"; besides, {number_of(besides, 'sum')} {JOINT}" if besides else ""
    return f"{start}: {said} ({_sums_in(flows, facts)}){beside}."


def either(form: Total, of: Either, facts: Facts) -> Draft | None:
    """What several sets come to together, each sum once; None where one of them is no plain set of sums."""
    scans = _scans_of_either(of)
    measured = [(scan, found) for scan in scans or () if (found := measure(scan, facts, own=form.own)) is not None]
    if not scans or not measured:
        return None
    programmes = ids(choice for scan, _ in measured for choice in choices_of(scan, Role.PROGRAMME))
    counted = union([found.counted for _, found in measured], facts.grounds, programmes)
    text = " ".join(_amount_said(found, scan, facts) for scan, found in measured)
    if len(measured) > 1 and counted.flows:
        text += f" Together, each sum counted once: {figure(counted.flows)}."
    draft = drafted(text, [], counted, facts, level=min(found.found.fit for _, found in measured))
    return draft.but(value=value_of(counted.flows))


def _scans_of_either(of: Set) -> list[Scan] | None:
    """The sets of which something lies in one, or in several; None where one of them is put together otherwise."""
    if isinstance(of, Scan):
        return [of]
    parts = [_scans_of_either(each) for each in (of.one, of.other)] if isinstance(of, Either) else [None]
    return None if None in parts else [scan for part in parts for scan in part or ()]


def _sums_in(flows: Sequence[StatedFlow], facts: Facts) -> str:
    """Where sums stand: "PCD 1", "3 sums in PCD 1 and PCD 2"."""
    captions = list(dict.fromkeys(facts.caption_of(s.document) for s in flows))
    most = 4 if len(captions) > 4 else len(captions)
    rest = [f"{number_of(len(captions) - most, 'more decision')}"] if len(captions) > most else []
    named = listed([*captions[:most], *rest])
    return named if len(flows) == 1 else f"{len(flows)} sums in {named}"


def mean(form: Mean, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the average of a set's sums.

    It is taken per year or month of the time that the sums cover, else per thing of a sort.
    """
    if form.what in {What.YEAR, What.MONTH}:
        return _mean_over_time(form, scan, facts)
    groups, counted = single_awards_of(scan, facts) if form.what is What.AWARD else grouped(form.what, scan, facts)
    groups = [g for g in groups if g.amount is not None and is_wanted(g, scan, facts)]
    if len(groups) < 2:
        return None
    each = average([g.flows for g in groups])
    unit = "sum" if form.what is What.AWARD else form.what.value
    told = f"{pounds(each)} on average over {number_of(len(groups), unit)}"
    told += ", in part “up to”" if any(ceiling_of(g.flows) for g in groups) else ""
    draft = drafted(f"{opened(subject(scan))}: {told}.", groups, counted, facts)
    return draft.but(value=Value(amount=each, count=len(groups)))


def _mean_over_time(form: Mean, scan: Scan, facts: Facts) -> Draft | None:
    found = measure(scan, facts)
    years = years_of(found.flows) if found is not None else ()
    if found is None or not years or found.joint_only or any(not s.flow.years for s in found.flows):
        return None
    times = len(years) * (12 if form.what is What.MONTH else 1)
    each = (found.amount / times).quantize(Decimal("0.01"))
    over = f"{figure(found.flows)} over {number_of(times, form.what.value)}"
    told = f"{pounds(each)} a {form.what.value} on average ({over})"
    draft = drafted(f"{opened(subject(scan))}: {told}.", [], found.counted, facts, level=found.found.fit)
    return draft.but(value=Value(amount=each))


def count(form: Count, scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the number of things of a sort in a set."""
    if form.what is What.AWARD:
        groups, counted = single_awards_of(scan, facts)
    elif form.what in ROLE_OF:
        counted = (given if form.what is What.FUNDER else received)(scan, facts)[0]
        groups = shares(counted, form.what.value)
    else:
        groups, counted = grouped(form.what, scan, facts)
    groups = [
        g
        for g in groups
        if is_wanted(g, scan, facts) and (g.entity is not None or form.what in {What.AWARD, What.YEAR})
    ]
    if not groups:
        return None
    nouns = {What.AWARD: "sum", What.RECIPIENT: "recipient"}
    noun = next((c.kind.value for c in scan.where if isinstance(c, OfKind) and not c.without), None)
    noun = noun if noun and noun != Kind.ORGANISATION else nouns.get(form.what, form.what.value)
    plural = {"charity": "charities"}.get(noun)
    text = f"{number_of(len(groups), noun, plural)} for {subject(scan)}: {listed((g.label for g in groups), most=10)}."
    return drafted(text, groups, counted, facts).but(value=Value(count=len(groups)))


def share(part_of_it: Scan, whole: Scan | Sum, facts: Facts) -> Draft | None:
    """Return an answer with the share, in per cent, of one set in another set or in a sum that the question states."""
    part = measure(part_of_it, facts, own=True)
    if isinstance(whole, Sum):
        if part is None or part.joint_only or not 0 < part.amount < whole.amount:
            return None
        percent = _percent(part.amount, whole.amount)
        text = f"{opened(subject(part_of_it))}: {figure(part.flows)}, {percent} per cent of {pounds(whole.amount)}."
        draft = drafted(text, [], part.counted, facts, level=part.found.fit)
        return draft.but(value=value_of(part.flows, percent=percent))
    every = measure(whole, facts)
    if part is None or every is None or not every.amount or not is_narrow(whole):
        return None
    joint = list(dict.fromkeys(s for m in (part, every) for s in _joint(m)))
    if joint:
        text = f"No share of {subject(whole)} can be given: part of the money is {JOINT}, and no decision splits it."
        counted = Tally((), tuple(joint))
        return drafted(text, [], counted, facts).but(status=Status.NO_DATA)
    if part.amount >= every.amount:
        return None
    percent = _percent(part.amount, every.amount)
    said = f"{figure(part.flows)}, {percent} per cent of {figure(every.flows)}"
    text = f"{opened(subject(part_of_it))}: {said} ({subject(whole)})."
    side = "recipient" if choices_of(part_of_it, Role.RECIPIENT) else "funder"
    groups = [g for g in shares(every.counted, side) if g.entity is not None]
    left = tuple(dict.fromkeys((*part.counted.left_out, *every.counted.left_out)))
    counted = replace(every.counted, left_out=left)
    draft = drafted(text, groups, counted, facts, level=min(part.found.fit, every.found.fit))
    citations = unique([*cite_flows(part.flows, facts), *draft.citations])
    return draft.but(value=value_of(part.flows, percent=percent), citations=citations)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.1"))


def _joint(found: Measure) -> list[StatedFlow]:
    holding = [out.flow for out in found.counted.left_out if out.reason is Reason.HOLDS]
    return [*found.counted.joint, *holding]


def comparison(form: Compare, sets: Sequence[Set], facts: Facts) -> Draft | None:
    """Return an answer with the totals of several sets, and the difference between two of them."""
    items: list[Item] = []
    said: list[str] = []
    used: list[Measure] = []
    for scan in sets:
        if isinstance(scan, Sum):
            items.append(Item(pounds(scan.amount), "", "sum", scan.amount))
            said.append(f"the sum stated is {pounds(scan.amount)}")
            continue
        if not isinstance(scan, Scan):
            return None
        found = measure(scan, facts)
        label, entity = _label(scan, form, facts)
        own = found.own if found else None
        note = "" if own is not None else f"only {JOINT}" if found else _known_of(scan, facts)
        years = years_of(found.flows) if found else ()
        ceiling = ceiling_of(found.flows) if found and own is not None else None
        undated = without_year(found.flows, facts.heads) if found and own is not None else ""
        items.append(entity_item(entity, label, amount=own, years=years, note=note or undated, ceiling=ceiling))
        told = note if own is None or found is None else spread(found.flows, facts.heads)
        said.append(f"{label} {told}")
        used += [found] if found else []
    if not used or (form.over_time and len(used) < len(sets)):
        return None
    missing = sum(item.amount is None for item in items)
    amounts = [item.amount for item in items if item.amount is not None]
    text = f"{listed(said)}."
    if len(amounts) == 2 == len(items):
        text += _between(amounts[0], amounts[1], over_time=form.over_time)
    if not form.over_time:
        items.sort(key=lambda item: -(item.amount or Decimal(0)))
    counted = Tally(
        tuple(dict.fromkeys(s for m in used for s in m.counted.flows)),
        tuple(dict.fromkeys(s for m in used for s in _joint(m))),
        tuple(out for m in used for out in m.counted.left_out),
    )
    difference = abs(amounts[0] - amounts[1]) if len(amounts) == 2 else None
    draft = drafted(text, [], counted, facts, level=min(m.found.fit for m in used))
    return draft.but(items=tuple(items), value=Value(amount=difference), signs={"side missing": float(missing > 0)})


def _known_of(scan: Scan, facts: Facts) -> str:
    """What is known of a side without a sum of the time asked."""
    missing = undated(scan, facts)
    return f"only {spread(missing, facts.heads)}" if missing else "nothing recorded"


def _between(one: Decimal, other: Decimal, *, over_time: bool) -> str:
    if one == other:
        return " They are equal."
    if not over_time:
        return f" The difference is {pounds(abs(one - other))}."
    percent = f" ({abs(other - one) / one * 100:.1f} per cent)" if one else ""
    return f" It {'rose' if other > one else 'fell'} by {pounds(abs(one - other))}{percent}."


def _label(scan: Scan, form: Compare, facts: Facts) -> tuple[str, Entity | None]:
    """What tells the compared sets apart."""
    scans = [total.of for total in form.totals if isinstance(total.of, Scan)]
    shared = set(scans[0].where).intersection(*(set(s.where) for s in scans[1:]))
    own = [c for c in scan.where if c not in shared]
    if own and all(isinstance(c, During) for c in own):
        return in_years(period_of(scan).years).removeprefix(" in ") or period_of(scan).words, None
    choices = [choice for c in own for choice in getattr(c, "choices", ())]
    if len(choices) == 1:
        entity = choices[0].entities[0]
        council = facts.registry.council_of(entity.id) if entity.kind is EntityKind.PLACE else None
        receives = any(getattr(c, "role", None) in {Role.RECIPIENT, Role.PARTY} for c in own)
        if council and receives:
            entity = facts.registry.entity(council)
        return entity.name, entity
    return subject(Scan(scan.rows, tuple(own))), None


def series(scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer with the amount of each financial year; sums for several years stand apart."""
    found = measure(scan, facts)
    if found is None:
        return None
    lines = _year_lines(found.counted.flows, facts) + _year_lines(found.counted.joint, facts, JOINT)
    lines.sort(key=lambda line: (line[0].years or ("9999",), line[0].label))
    said = [f"{i.label} {figure(flows)}" for i, flows in lines if not i.note]
    in_all = f", {figure(found.counted.flows)} in all" if len(said) > 1 else ""
    text = f"{opened(subject(scan))}, by year: {listed(said, most=12)}{in_all}."
    if not said:
        text = f"{opened(subject(scan))} has no sum of its own on record, only sums {JOINT}."
    draft = drafted(text, [], found.counted, facts, level=found.found.fit)
    return draft.but(items=tuple(item for item, _ in lines), value=value_of(found.counted.flows))


def _year_lines(flows: Iterable[StatedFlow], facts: Facts, note: str = "") -> list[tuple[Item, list[StatedFlow]]]:
    """A line for each year or span of years, with its flows; money without a year by the year of its decision."""
    keyed: dict[tuple[tuple[str, ...], str], list[StatedFlow]] = {}
    for stated in flows:
        keyed.setdefault((stated.flow.years, _year_label(stated, facts)), []).append(stated)
    return [
        (Item(label, "", "year", total(of_years), years, note, ceiling_of(of_years)), of_years)
        for (years, label), of_years in keyed.items()
    ]


def _year_label(stated: StatedFlow, facts: Facts) -> str:
    years = stated.flow.years
    if not years:
        return ", ".join(part for part in ("year not stated", decision_words([stated], facts.heads)) if part)
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
