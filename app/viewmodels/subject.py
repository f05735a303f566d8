"""The page of a programme, organisation, place or fund: its description, money, decisions and partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.viewmodels import words
from app.viewmodels.bands import Bands, bands
from app.viewmodels.counting_notes import area_placed, doubts, given_on, left_out, row_notes, sides_differ, year_placed
from app.viewmodels.money import Bars, bars, by_funder, by_recipient
from app.viewmodels.story import StoryView, story_view
from app.viewmodels.tied import TiedGroup, tied_groups
from graph.counting.bounds import Bounds, bounds, slots_of, total_clause
from graph.counting.doubts import provisional_doubt
from graph.counting.ledger import Ledger
from graph.counting.left_out import is_money
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.model import Entity, EntityKind, RelationKind
from graph.stated.about import documents_on
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead, caption_of
from graph.stated.flows import StatedFlow
from graph.stated.partners import Partner
from graph.stated.relations import StatedRelation
from graph.story.chapters import chapters_of


@dataclass(frozen=True, slots=True)
class Headline:
    """A large figure with its description."""

    figure: str
    words: str
    note: str = ""  #: how much of it is not sure, or what there is beside it


@dataclass(frozen=True, slots=True)
class MoneyView:
    """One direction of a thing's money, with a chart by year."""

    heading: str
    total: str  #: `words.NO_SUM` where nothing adds up
    bars: Bars
    unsure: str = ""  #: how much of the total is not sure, in a sentence
    is_whole: bool = True  #: False where the same money stands in another direction already: whom it goes on to


@dataclass(frozen=True, slots=True)
class SubjectView:
    """The whole page except the table of flows."""

    name: str
    kind: str  #: "Programme"
    headlines: tuple[Headline, ...]
    money: tuple[MoneyView, ...]
    bands: Bands | None
    story: StoryView
    tied: tuple[TiedGroup, ...]
    caveats: tuple[str, ...]  #: what is left out of the totals and what may mislead, in sentences
    notes: Mapping[str, str]  #: why a flow is in no total, by its IRI
    in_doubt: Mapping[str, str]  #: why a flow may make a total wrong, by its IRI

    @property
    def row_notes(self) -> Mapping[str, str]:
        """What is said of each flow in the table of all sums, by its IRI."""
        said = {iri: (self.notes.get(iri), self.in_doubt.get(iri)) for iri in {**self.notes, **self.in_doubt}}
        return {iri: ". ".join(part for part in parts if part) for iri, parts in said.items()}


@dataclass(frozen=True, slots=True)
class Beside:
    """What the documents state about a thing other than its flows and relations."""

    lineage: Iterable[StatedRelation] = ()  #: relations between decisions
    awards: Sequence[StatedAward] = ()  #: without a printed sum, that touch the thing
    partners: Sequence[Partner] = ()  #: that work with an organisation


@dataclass(frozen=True, slots=True)
class _Direction:
    """One direction of a thing's money, counted."""

    heading: str
    name: str  #: "received"; "" where the headline has no place for it
    side: Side
    tally: Tally
    bounds: Bounds  #: without and with what is in doubt


def subject_view(
    subject: Entity,
    flows: Sequence[StatedFlow],
    relations: Sequence[StatedRelation],
    heads: Mapping[str, DecisionHead],
    ledger: Ledger,
    beside: Beside | None = None,
) -> SubjectView:
    """Return the page of a thing, its money counted once.

    Args:
        subject: The thing.
        flows: The flows that name it.
        relations: The relations that name it.
        heads: The decisions by document.
        ledger: Which flows count.
        beside: Relations between decisions, and awards without an amount.
    """
    documents = {stated.document for stated in flows} | {
        relation.document for relation in relations if relation.kind is not RelationKind.MENTIONS
    }
    known = beside or Beside()
    bare = [stated for stated in known.awards if not stated.stated_again]
    decisions = documents | {stated.document for stated in known.awards}
    on = documents_on([subject], flows, relations) or decisions
    directions = _directions(subject, ledger)
    both = subject.kind is EntityKind.ORGANISATION
    notes = row_notes(flows, [each.tally for each in directions if each.name])
    chapters = chapters_of(subject, flows, decisions, known.lineage, heads, ledger)
    return SubjectView(
        name=subject.name,
        kind=words.THING[subject.kind],
        headlines=_headlines(flows, bare, (len(decisions), len(decisions - on)), directions),
        money=_money(flows, directions, heads),
        bands=bands(ledger.payments(subject)),
        story=story_view(chapters, [each.tally for each in directions if both or each.name], on=on),
        tied=tied_groups(subject, flows, relations, known.partners),
        caveats=(
            *_in_doubt(directions, heads),
            *_caveats(flows, directions, notes, heads),
            *_placed(subject, directions),
        ),
        notes=notes,
        in_doubt={iri: said for each in reversed(directions) for iri, said in each.bounds.notes.items()},
    )


def _directions(subject: Entity, ledger: Ledger) -> list[_Direction]:
    named = [("Where the money comes from", "committed", Side.SOURCES), ("Who it goes to", "", Side.DELIVERIES)]
    if subject.kind is EntityKind.ORGANISATION:
        named = [
            ("Money received", "received", Side.SOURCES),
            ("Money given or spent", "given or spent", Side.DELIVERIES),
        ]
    tallies = [ledger.tally(subject, side) for _, _, side in named]
    return [
        _Direction(*each, tally, bounds(tally, slots_of(subject, each[2])))
        for each, tally in zip(named, tallies, strict=True)
    ]


def _money(
    flows: Sequence[StatedFlow], directions: Sequence[_Direction], heads: Mapping[str, DecisionHead]
) -> tuple[MoneyView, ...]:
    views = []
    for each in directions:
        chart = bars(flows, each.tally, by_funder if each.side is Side.SOURCES else by_recipient, heads)
        if chart:
            unsure = unsure_part(each.tally.flows).sentence
            whole = words.pounds(each.tally.total) if each.tally.flows else words.NO_SUM
            views.append(MoneyView(each.heading, whole, chart, unsure, bool(each.name)))
    return tuple(views)


def _headlines(
    flows: Sequence[StatedFlow],
    awards: Sequence[StatedAward],
    decisions: tuple[int, int],
    directions: Sequence[_Direction],
) -> tuple[Headline, ...]:
    headlines = [
        Headline(words.whole_pounds(each.tally.total), each.name, total_clause(each.tally, each.bounds))
        for each in directions
        if each.tally.total and each.name
    ]
    years = sorted({year for stated in flows if is_money(stated) for year in stated.flow.years})
    if years:
        headlines.append(Headline(words.years((years[0], years[-1]) if len(years) > 1 else years), "financial years"))
    headlines.append(decisions_headline(*decisions))
    if awards:
        headlines.append(Headline(f"{len(awards):,}", f"{'award' if len(awards) == 1 else 'awards'} without a sum"))
    return tuple(headlines)


def decisions_headline(named: int, others: int) -> Headline:
    """Return how many decisions are on a thing, out of those that name it, and how many others there are.

    Where all of them only state something else, they are counted.
    """
    number, beside = (named - others, others) if named > others else (named, 0)
    return Headline(f"{number:,}", "decision" if number == 1 else "decisions", words.others_say(beside))


def _in_doubt(directions: Sequence[_Direction], heads: Mapping[str, DecisionHead]) -> tuple[str, ...]:
    """Return what each direction's total is without and with the money in doubt; said once where both are alike."""
    first, second = directions
    caption = partial(caption_of, heads=heads)
    said = {first.heading: first.bounds.sentence(caption)}
    if second.bounds != first.bounds:
        said[second.heading] = second.bounds.sentence(caption, first.bounds.notes)
    return tuple(f"{heading}: {sentence}" for heading, sentence in said.items() if sentence)


def _placed(subject: Entity, directions: Sequence[_Direction]) -> tuple[str, ...]:
    said = area_placed(subject, directions[0].tally.flows)
    return (said,) if said else ()


def _caveats(
    flows: Sequence[StatedFlow],
    directions: Sequence[_Direction],
    notes: dict[str, str],
    heads: Mapping[str, DecisionHead],
) -> tuple[str, ...]:
    first, second = (each.tally for each in directions)
    both = all(each.name for each in directions)  # what an organisation gets and what it gives are two things
    open_still = [provisional_doubt(each.tally.flows, of=f"the sum {each.name}") for each in directions if each.name]
    placed = year_placed((*first.flows, *second.flows), heads)
    sides = given_on(first, second) if both else sides_differ(first, second)
    said = (sides, doubts(first), *open_still, placed, left_out(flows, notes))
    return tuple(sentence for sentence in said if sentence)
