"""An answer as display text: sentence, figure, table, chart, quotations, chips, checks, alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from app.links import PAGES, Asking, ask_link, decision_link, page_link, short_json
from app.viewmodels import words
from app.viewmodels.proofs import ProofGroup
from app.viewmodels.quotes import Quote, cited
from app.viewmodels.reading import Chip, chips_of, read_as
from app.viewmodels.table import Cell, Table
from graph.ask.language.terms import Form
from graph.identifiers import document_name, entity_id
from graph.model import Verdict
from graph.stated.decisions import DecisionHead

_HEADLINE = {
    "answered": "",
    "no_data": "Nothing is recorded on this",
    "not_understood": "No sure answer",
    "ambiguous": "This can be read in more than one way",
}


@dataclass(frozen=True, slots=True)
class CheckNote:
    """A check of figures that concerns the answer."""

    verdict: Verdict
    heading: str
    message: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another possible question, or another reading of this one."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The contents of the answer card; empty parts are not drawn."""

    question: str
    status: str  #: answered | no_data | not_understood | ambiguous
    headline: str  #: for what is not a plain answer
    text: str
    figure: str  #: the one figure or date asked for, large
    table: Table | None
    bar_labels: tuple[str, ...]  #: for a chart of the items' amounts; empty where none helps
    bar_amounts: tuple[Decimal, ...]
    quotes: tuple[Quote, ...]
    chips: tuple[Chip, ...]
    checks: tuple[CheckNote, ...]
    alternatives: tuple[Alternative, ...]
    sparql: str
    caveats: tuple[str, ...] = ()  #: what the figure leaves out or leaves open, a sentence each
    proofs: tuple[ProofGroup, ...] = ()  #: sums with their words, where the answer is about money
    read_as: str = ""  #: the question as it was read, in words
    nearest: tuple[Quote, ...] = ()  #: what comes nearest where there is no answer
    left_out: Table | None = None  #: the sums that touch the question and are not in the figure


def answer_view(
    answer: Mapping[str, Any],
    asking: Asking | None = None,
    *,
    form: Form | None = None,
    heads: Mapping[str, DecisionHead] | None = None,
    proofs: Sequence[ProofGroup] = (),
) -> AnswerView:
    """Return the view of an answer, which is given in the JSON form of `whofunds ask --json`.

    Args:
        answer: The answer.
        asking: The question as asked, with the questions that it follows up.
        form: The reading of the question.
        heads: The decisions by document, for the dates of those cited.
        proofs: The sums of the answer with their quotations.
    """
    asked = asking or Asking(str(answer.get("question", "")))
    items: Sequence[Mapping[str, Any]] = answer.get("items") or ()
    checks: Sequence[Mapping[str, Any]] = answer.get("checks") or ()
    reading: Mapping[str, Any] = answer.get("interpretation") or {}
    left_out: Sequence[Mapping[str, Any]] = answer.get("left_out") or ()
    if answer.get("status") == "ambiguous":  # the table and the figure are those of one reading
        items, proofs, left_out = (), (), ()
    bars, listed = _bars(items), {*map(_sum, left_out)}
    return AnswerView(
        question=str(answer.get("question", "")),
        status=str(answer.get("status", "not_understood")),
        headline=_headline(str(answer.get("status")), is_cited=bool(answer.get("citations"))),
        text=str(answer.get("text", "")),
        figure="" if answer.get("status") == "ambiguous" else _figure(answer.get("value") or {}, reading),
        table=_table(items),
        bar_labels=tuple(label for label, _ in bars),
        bar_amounts=tuple(amount for _, amount in bars),
        quotes=() if answer.get("status") == "ambiguous" else cited(answer.get("citations") or (), heads),
        chips=chips_of(form, asked, reading.get("includes") or ()),
        checks=tuple(_check(check) for check in checks if not check.get("aside")),
        alternatives=_alternatives(answer.get("alternatives") or (), asked),
        sparql=str(answer.get("sparql") or ""),
        caveats=(
            *(str(caveat["text"]) for caveat in answer.get("caveats") or () if _sum(caveat) not in listed),
            *(_aside(check) for check in checks if check.get("aside")),
        ),
        proofs=tuple(proofs),
        read_as=read_as(reading),
        nearest=cited([{**near, "quote": near.get("passage")} for near in answer.get("nearest") or ()], heads),
        left_out=_left_out(left_out, heads or {}),
    )


def _headline(status: str, *, is_cited: bool) -> str:
    """What stands above an answer; money that is known without its sum or its year is not nothing."""
    return "No such figure is stated" if status == "no_data" and is_cited else _HEADLINE.get(status, "")


def _alternatives(given: Sequence[Mapping[str, Any]], asking: Asking) -> tuple[Alternative, ...]:
    """Return other readings, each with a link that answers it: a form as it is, or the question's words."""
    found = {}
    for other in given:
        words_of, form = str(other.get("question") or ""), other.get("form")
        href = ask_link(asking.read_as(short_json(form)) if form else words_of)
        if words_of:
            found[words_of] = Alternative(f"{str(other['label'])[:1].upper()}{str(other['label'])[1:]}", href)
    return tuple(found.values())


def _sum(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line.get("amount")), str(line.get("decision"))


def _left_out(sums: Sequence[Mapping[str, Any]], heads: Mapping[str, DecisionHead]) -> Table | None:
    """Return a table of the sums that the figure leaves out, largest first, with reason and decision."""
    if not sums:
        return None
    named = {str(line.get("decision")) for line in sums}
    pages = {head.caption: decision_link(head.document) for head in heads.values() if head.caption in named}
    ranked = sorted(sums, key=lambda line: -(_decimal(line.get("amount")) or Decimal(0)))
    rows = tuple(
        (
            Cell(words.pounds(_decimal(line.get("amount")) or Decimal(0)), plain=str(line.get("amount"))),
            Cell(str(line.get("reason"))),
            Cell(str(line.get("decision")), pages.get(str(line.get("decision")), "")),
        )
        for line in ranked
    )
    return Table(("Amount", "Why it is not in the figure", "Decision"), rows, frozenset({0}))


def item_href(iri: str) -> str:
    """Return the link to the page of the thing or document with this IRI; "" if it has none."""
    found = entity_id(iri)
    if found:
        return page_link(PAGES[found[1]], id=found[0])
    document = document_name(iri)
    if document:
        return page_link("decision", document=document)
    return page_link("decision", id=iri) if "/id/decision/" in iri else ""


def _table(items: Sequence[Mapping[str, Any]]) -> Table | None:
    if not items:
        return None
    with_years = any(_says_years(item) for item in items)
    with_amounts = any(item.get("amount") for item in items)
    columns = ["Name", *(["Years"] if with_years else []), *(["Amount"] if with_amounts else [])]
    rows = []
    for item in items:
        row = [Cell(str(item.get("label", "")), item_href(str(item.get("id") or "")), note=str(item.get("note") or ""))]
        if with_years:
            years = [str(year) for year in item.get("years") or ()]
            row.append(Cell(words.years_covered(years) if years else ""))
        if with_amounts:
            row.append(Cell(words.held_sum(item), plain=str(item.get("amount") or "")))
        rows.append(tuple(row))
    numeric = frozenset({len(columns) - 1}) if with_amounts else frozenset[int]()
    return Table(tuple(columns), tuple(rows), numeric)


def _says_years(item: Mapping[str, Any]) -> bool:
    """Return True if the years of an item add to its name, which may be the year itself."""
    years = [str(year) for year in item.get("years") or ()]
    label = str(item.get("label", ""))
    return bool(years) and label not in (words.years(years), words.years_covered(years))


def _bars(items: Sequence[Mapping[str, Any]]) -> list[tuple[str, Decimal]]:
    found = [(str(item.get("label", "")), _decimal(item.get("amount"))) for item in items]
    known = [(label, amount) for label, amount in found if amount is not None and amount > 0]
    # one bar says nothing, and a name twice would be drawn as one
    helps = 2 <= len(known) <= 15 and len({label for label, _ in known}) == len(known)
    return known if helps else []


def _figure(value: Mapping[str, Any], interpretation: Mapping[str, Any]) -> str:
    if value.get("amount") is not None:
        return words.held_sum(value)
    if value.get("percent") is not None:
        return f"{value['percent']}%"
    if value.get("date"):
        return words.date(str(value["date"]))
    is_asked = interpretation.get("asks") == "count"  # lists have a count too, which nobody asked for
    return f"{int(value['count']):,}" if is_asked and value.get("count") is not None else ""


def _check(check: Mapping[str, Any]) -> CheckNote:
    verdict = Verdict(str(check.get("verdict", "conflict")))
    return CheckNote(verdict, words.VERDICT[verdict], str(check.get("message", "")))


def _aside(check: Mapping[str, Any]) -> str:
    """Return one line on a check that does not concern the figure, for the list of uncertainties."""
    note = _check(check)
    where = f" ({check['decision']})" if check.get("decision") else ""
    return f"{note.heading}{where}: {note.message}"


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None
