"""The one executor: it turns a form over a graph into an answer in the making (`Draft`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from graph.ask.known.facts import Facts
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import listed
from graph.ask.language.terms import (
    Attribute,
    Both,
    Compare,
    Count,
    Describe,
    During,
    Either,
    Form,
    Get,
    Is,
    List,
    Mean,
    Path,
    Quote,
    Role,
    Rows,
    Scan,
    Series,
    Set,
    Share,
    Sum,
    Total,
    Verify,
    What,
)
from graph.ask.result import Value
from graph.ask.running import decisions, money, quotes, rankings, stated_facts, things
from graph.ask.running.citing import unique
from graph.ask.running.draft import Draft, key_of, keys_of
from graph.ask.running.history import history
from graph.ask.running.matching import choices_of
from graph.ask.running.unknown_kinds import said_of_kinds
from graph.ask.running.without_year import said_beside
from graph.parse.years import financial_year
from graph.stated.flows import StatedFlow

_LISTED: Mapping[What, Callable[[List, Scan, Facts], Draft | None]] = {
    What.FUNDER: money.parties,
    What.RECIPIENT: money.parties,
    What.AWARD: money.awards,
    What.DECISION: decisions.listing,
    **stated_facts.LISTED,
}


def execute(form: Form, facts: Facts) -> Draft | None:
    """Return what a form comes to; None where the graph holds nothing on it.

    Sets that are put together of others are run one by one: what is listed or counted is what lies in both, in either,
    or in the one alone; the total of either is that of one tally. Money that is left out as no year is stated for it is
    said with every answer to a question about a time.
    """

    def executed() -> Draft | None:
        return said_of_kinds(said_beside(_executed(form, facts), form, facts), form, facts)

    return facts.kept.value("draft", form, executed)


def _executed(form: Form, facts: Facts) -> Draft | None:
    if isinstance(form, Describe):
        return things.describe(form, facts)
    if isinstance(form, Path):
        return things.connection(form, facts)
    if isinstance(form, Quote):
        return quotes.quote(form, facts)
    if isinstance(form, Compare):
        return money.comparison(form, [total.of for total in form.totals], facts)
    if isinstance(form, Share):
        is_simple = isinstance(form.part, Scan) and isinstance(form.whole, Scan | Sum)
        return money.share(form.part, form.whole, facts) if is_simple else None  # type: ignore[arg-type]
    if not isinstance(form.of, Scan):
        return _of_several(form, form.of, facts)
    return _of_scan(form, form.of, facts)


def _of_scan(form: Form, scan: Scan, facts: Facts) -> Draft | None:
    run: Callable[..., Draft | None] = _RUN[type(form)]
    return run(form, scan, facts)


def _list(form: List, scan: Scan, facts: Facts) -> Draft | None:
    if form.order is not None and form.order.by == "amount" and form.what is not What.PURPOSE:
        return rankings.ranking(form, scan, facts)
    return _LISTED[form.what](form, scan, facts) if form.what in _LISTED else None


def _count(form: Count, scan: Scan, facts: Facts) -> Draft | None:
    """How many: decisions and what facts state as they are listed, everything else by its money."""
    if form.what in {What.DECISION, What.SUBJECT, What.PLACE} or scan.rows is Rows.FACTS:
        draft = _LISTED[form.what](List(scan, form.what), scan, facts)
        return draft and draft.but(value=Value(count=len(draft.items)))
    return money.count(form, scan, facts)


def _series(form: Series, scan: Scan, facts: Facts) -> Draft | None:
    return history(scan, facts) if form.by is What.DECISION else money.series(scan, facts)


def _get(form: Get, scan: Scan, facts: Facts) -> Draft | None:
    if form.attribute is Attribute.NAMES:
        choices = choices_of(scan, *Role)
        return things.spelled_out(choices[0].words, facts) or things.other_names(choices[0], facts) if choices else None
    return things.outcome(scan, facts) if form.attribute is Attribute.OUTCOME else decisions.get(form, scan, facts)


def _yes(form: Is, scan: Scan, facts: Facts) -> Draft | None:
    """Yes, with what there is; of money of years that are over, until when, as "is it still funded" may be meant."""
    del form
    total = money.amount(Total(scan), scan, facts)
    draft = total or stated_facts.subjects(List(scan, What.SUBJECT), scan, facts)
    return draft and draft.but(text=f"Yes{_until(draft.flows, scan)}. {draft.text}")


def _until(flows: Sequence[StatedFlow], scan: Scan) -> str:
    if any(isinstance(condition, During) for condition in scan.where):
        return ""  # no other years were looked at
    years = [year for stated in flows for year in stated.flow.years]
    last = max(years, default="")
    over = bool(last) and last < financial_year(datetime.date.today())
    return f", up to {last}; no later year is stated" if over else ""


_RUN: Mapping[type, Callable[..., Draft | None]] = {
    List: _list, Total: money.amount, Count: _count, Mean: money.mean, Series: _series, Get: _get,
    Verify: things.verify, Is: _yes,
}  # fmt: skip


def _of_several(form: Form, of: Set, facts: Facts) -> Draft | None:
    """A form over a set that is put together of two."""
    if isinstance(of, Scan | Sum):
        return None
    if isinstance(of, Either) and isinstance(form, Total):
        return money.either(form, of, facts)
    one = _part(replace(form, of=of.one), facts)
    if one is None and not isinstance(of, Either):
        return None
    other = _part(replace(form, of=of.other), facts)
    if one is None or other is None:
        return None if isinstance(of, Both) else one or other
    return _joined(one, other) if isinstance(of, Either) else _kept(form, one, other, shared=isinstance(of, Both))


def _part(form: Form, facts: Facts) -> Draft | None:
    """One of two forms whose things are put together; readings of a question often share one."""
    return facts.kept.value("part", form, lambda: _executed(form, facts))


def _kept(form: Form, one: Draft, other: Draft, *, shared: bool) -> Draft | None:
    """The things of one list that are, or are not, in another."""
    if not isinstance(form, List | Count):
        return None
    there = set(keys_of(other.items))
    places = [place for place, key in enumerate(keys_of(one.items)) if (key in there) == shared]
    items = tuple(one.items[place] for place in places)
    if not items:
        return None
    text = f"{number_of(len(items), 'thing')}: {listed(item.label for item in items)}."
    citations = unique([*one.citations, *(other.citations if shared else ())])
    return one.but(text=text, items=items, value=Value(count=len(items)), citations=citations, counted=None)


def _joined(one: Draft, other: Draft) -> Draft:
    """Two lists, or two answers without a figure of their own, put together."""
    flows = tuple(dict.fromkeys((*one.flows, *other.flows)))
    items = tuple({key_of(item): item for item in (*one.items, *other.items)}.values())
    text = f"{one.text} {other.text}"
    value = Value() if one.value.count is None else Value(count=len(items))
    citations = unique([*one.citations, *other.citations])
    return one.but(text=text, items=items, value=value, citations=citations, flows=flows, counted=None)
