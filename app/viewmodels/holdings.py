"""What is loaded, from which bodies and until when, and how figures are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.links import thing_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.ask.language.edits import conditions_of
from graph.ask.language.terms import Form, List, Named, Role
from graph.builds.manifest import Manifest
from graph.stated.coverage import BodyCoverage, Coverage
from graph.stated.decisions import DecisionHead

NO_AREAS: Mapping[str, str] = MappingProxyType({})
COUNTING = (
    (
        "Money is counted once",
        "A sum that a body takes in and awards on is one sum in two steps. Where a total asks where money comes from, "
        "the first step counts; where it asks who was paid, the last.",
    ),
    ("Carried forward is not new", "Money moved to a later year is the same money. It is shown, and not added again."),
    (
        "Replaced awards stay visible",
        "An award that a later decision replaced is shown as replaced and left out of totals.",
    ),
    (
        "Ceilings and bids are not money",
        "A limit, an overall total, a bid or a figure given as background is never added up.",
    ),
    (
        "One sum, several years or programmes",
        "Where a document gives one sum for several years or programmes together, it is kept together and never split "
        "by guess.",
    ),
    (
        "Every figure has its words",
        "Each figure leads to the paragraph or table row that it was read from. Nothing is inferred that no document "
        "says.",
    ),
    (
        "Names",
        "Organisations, places, programmes and funds are matched to a register of names. A name that the register "
        "lacks is kept and marked as new until someone has checked it.",
    ),
)


def leaning(heads: Iterable[DecisionHead], areas: Mapping[str, str]) -> str:
    """Return "mostly London: 77 of 150" if at least half of the decisions are of one of several bodies, else "".

    Args:
        heads: The decisions.
        areas: The short name of each police area, by the id of its commissioner.
    """
    bodies = Counter(head.body for head in heads)
    named = [(body, number) for body, number in bodies.most_common() if body]
    every = bodies.total()
    if len(named) < 2 or 2 * named[0][1] < every:
        return ""
    body, number = named[0]
    area = areas.get(body.id, "").partition(" (")[0]  # "London (Metropolitan)"
    return f"mostly {area or f'of the {body.name}'}: {number:,} of {every:,}"


def leaning_note(heads: Iterable[DecisionHead], areas: Mapping[str, str]) -> str:
    """Return a caution for figures that compare bodies, if most loaded decisions are of one body; else ""."""
    said = leaning(heads, areas)
    return f"What is loaded is {said} decisions. What others have may not be here." if said else ""


def compares_bodies(form: Form | None) -> bool:
    """Return True if an answer compares things of different bodies: a list that no place or party restricts."""
    if not isinstance(form, List):
        return False
    named = {condition.role for condition in conditions_of(form) if isinstance(condition, Named)}
    if named & {Role.PLACE, Role.BODY, Role.PARTY, Role.FUNDER, Role.RECIPIENT}:
        return False
    return not named if form.order is None else form.order.by == "amount"


def loaded_sentence(heads: Iterable[DecisionHead], areas: Mapping[str, str] = NO_AREAS) -> str:
    """Return a sentence such as "155 decisions of 21 public bodies are loaded, mostly London: 80 of 155.

    60 say when ...".

    Args:
        heads: The decisions.
        areas: The short name of each police area, by the id of its commissioner.
    """
    known = list(heads)
    bodies = {head.body for head in known if head.body}
    years = sorted(head.signed[:4] for head in known if head.signed[:4].isdigit())
    decisions = words.count(len(known), "decision")
    are = "is" if len(known) == 1 else "are"
    signed = ""
    if years:
        span = years[0] if years[0] == years[-1] else f"from {years[0]} to {years[-1]}"
        signed = f"; {len(years):,} {'says' if len(years) == 1 else 'say'} when they were signed, {span}"
    most = leaning(known, areas)
    return (
        f"{decisions} of {words.count(len(bodies), 'public body', 'public bodies')} {are} loaded"
        f"{f', {most}' if most else ''}{signed}. Every figure comes with the words it was read from."
    )


def build_facts(
    manifest: Manifest, latest: str, flows: int, things: int, version: str, vocabulary: str
) -> list[tuple[str, str, str]]:
    """Return (label, value, link) triples about the build that is shown.

    Args:
        manifest: The build's own description.
        latest: ISO date of the latest signature.
        flows: Number of flows.
        things: Number of names in the flows.
        version: Version of whofunds.
        vocabulary: Version of the ontology.
    """
    partly = sum(entry.status == "partly" for entry in manifest.documents)
    by_meaning = f"{manifest.embedded:,} of {manifest.passages:,} passages can be found by meaning"
    return [
        ("Published", f"{words.moment(manifest.created)} (UTC)", ""),
        ("Latest decision", f"Signed {words.date(latest)}" if latest else "No decision has a date", ""),
        ("Documents", _documents(len(manifest.documents), partly), ""),
        ("Sums of money", f"{flows:,}", ""),
        ("Named in them", f"{things:,} organisations, programmes, places and funds", ""),
        ("Search", f"{by_meaning}, with the language model {manifest.model}" if manifest.model else by_meaning, ""),
        ("Version of whofunds", version, ""),
        ("Vocabulary", f"whofunds ontology {vocabulary}", ""),
        ("Build", manifest.id, ""),
    ]


def bodies_table(coverage: Coverage) -> Table:
    """Return the deciding bodies with the number, years and sources of their loaded decisions."""
    return Table(
        ("Decision body", "Decisions", "Signed", "Years of sums", "Years without", "Published at"),
        tuple(_row(each) for each in coverage.bodies),
        frozenset({1}),
    )


def absent_sentence(coverage: Coverage) -> str:
    """Return a sentence that lists the deciding bodies of the registry without a decision here.

    "" if there are none.
    """
    if not coverage.absent:
        return ""
    names = ", ".join(coverage.absent)
    return f"{words.count(len(coverage.absent), 'commissioner')} of the register have no decision here: {names}."


def _documents(number: int, partly: int) -> str:
    note = f", of which {partly:,} could be read only in part: their pages say what is missing" if partly else ""
    return f"{number:,}{note}"


def _row(each: BodyCoverage) -> tuple[Cell, ...]:
    span = "—" if each.first is None else str(each.first) if each.first == each.last else f"{each.first} to {each.last}"
    note = f"{each.undated:,} without a date" if each.undated else ""
    name = each.body.name if each.body else "Not stated"
    return (
        Cell(name, thing_link(each.body) if each.body else ""),
        Cell(f"{each.decisions:,}", plain=str(each.decisions)),
        Cell(span, note=note),
        Cell(words.years(each.years) if each.years else "—"),
        Cell(", ".join(each.missing) or "—", plain=", ".join(each.missing)),
        Cell(", ".join(each.hosts) or "Not stated", plain=", ".join(each.hosts)),
    )


SPARQL_HELP = (
    "The prefixes wf:, skos:, dcterms:, org: and prov: are known already. A query begins with SELECT, ASK, CONSTRUCT "
    "or DESCRIBE, and every variable begins with a question mark. The questions above can be run as they stand."
)
