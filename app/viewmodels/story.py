"""The story of a thing as display text: in short, as a picture by year and body, and decision by decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.links import decision_link
from app.viewmodels import sureness, words
from app.viewmodels.story_picture import Row, body_of, picture_rows, years_of_picture
from graph.counting.likeness import total
from graph.counting.placed_years import without_year
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.model import Band, RelationKind
from graph.stated.flows import StatedFlow
from graph.story.chapters import Chapter, Tie
from graph.story.deeds import Deed

NO_YEAR = "No date"
MOST_BODIES = 6
_REMARK = {
    "all": "Its money is counted with another decision.",
    "part": "Part of its money is counted with another decision.",
    "": "",
}
_CHANGES = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES)


@dataclass(frozen=True, slots=True)
class Said:
    """One effect of a decision in words around its figure, which links to its paragraph."""

    before: str  #: "takes"
    figure: str
    href: str
    after: str  #: "from the Treasury for 2023/24"
    mark: str = ""  #: "to be checked", or how much of it is, where the reading is not sure


@dataclass(frozen=True, slots=True)
class TieView:
    """The relation of a decision to another one."""

    words: str  #: "Changes", "Changed later by", "Refers to"
    name: str
    href: str  #: of the other decision; "" where it is not loaded
    quote: str
    at: str  #: the link to the quotation's paragraph


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One decision on the timeline."""

    when: str  #: "6 July 2023"; "" where it does not say
    caption: str
    title: str
    href: str
    body: str
    deeds: tuple[Said, ...]
    remark: str  #: what to know of its money; "" for nothing
    ties: tuple[TieView, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """The whole story."""

    opening: tuple[str, ...]  #: sentences
    years: tuple[str, ...]  #: columns of the picture; none where nothing is dated
    rows: tuple[Row, ...]
    chapters: tuple[tuple[str, tuple[ChapterView, ...]], ...]  #: (year, its decisions)
    sureness: str = ""  #: what is said once of most sums, which have no mark of their own


def story_view(
    chapters: Sequence[Chapter], counted: Sequence[Tally], *, on: Collection[str] | None = None
) -> StoryView:
    """Return the story of a thing from its chapters, and the tallies whose money the picture shows.

    The opening counts the decisions `on` it, by document, and says how many others there are; all where it is None.
    """
    told = [stated.flow for chapter in chapters for deed in chapter.deeds for stated in deed.flows]
    usual = sureness.usual_band(told)
    grouped: dict[str, list[ChapterView]] = defaultdict(list)
    for chapter in chapters:
        grouped[chapter.year or NO_YEAR].append(_chapter(chapter, usual))
    years = years_of_picture(chapters, counted)
    return StoryView(
        opening=_opening(chapters, counted, {each.head.document for each in chapters} if on is None else on, usual),
        years=years,
        rows=picture_rows(chapters, counted, years) if years else (),
        chapters=tuple((year, tuple(views)) for year, views in grouped.items()),
        sureness=sureness.said_once(told),
    )


def _opening(
    chapters: Sequence[Chapter], counted: Sequence[Tally], on: Collection[str], usual: Band | None
) -> tuple[str, ...]:
    """What was decided by whom, each body's money, and the first and the latest that is recorded."""
    here = [chapter for chapter in chapters if chapter.head.document in on]
    bodies = list(dict.fromkeys(body_of(chapter) for chapter in here if chapter.head.body))
    dated = [chapter for chapter in here if chapter.year]
    if not bodies:
        return ()
    others = words.others_say(len(chapters) - len(here))
    counts = f"{words.count(len(here), 'decision')} by {words.listed(bodies, limit=5)}{_span(dated)}"
    sentences = [f"{counts}; {others}." if others else f"{counts}."]
    told = {body: _money_of(body, chapters, counted[0]) for body in bodies[:MOST_BODIES]} if len(counted) == 1 else {}
    sentences += [f"{body}: {said}." for body, said in told.items() if said]
    telling = [c for c in dated if any(deed.is_money and not deed.together for deed in c.deeds)]
    if telling and not any(told.values()):
        sentences.append(f"First money recorded, {telling[0].year}: {_sentence(telling[0], usual)}")
    if telling and telling[-1] is not telling[0]:
        sentences.append(f"Latest, {telling[-1].year}: {_sentence(telling[-1], usual)}")
    return tuple(sentences)


def _span(dated: Sequence[Chapter]) -> str:
    if not dated:
        return ""
    first, last = dated[0].year, dated[-1].year
    return f", {first} to {last}" if first != last else f", {first}"


def _money_of(body: str, chapters: Sequence[Chapter], tally: Tally) -> str:
    """Return a body's money in words: "£340,331 from the Home Office and £150,000 of its own, for 2018/19"."""
    here = {chapter.head.document for chapter in chapters if body_of(chapter) == body}
    funders: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in tally.flows:
        if stated.document in here:
            funders[stated.flow.funder.name if stated.flow.funder else "a funder who is not named"].append(stated)
    parts = [
        f"{words.pounds(total(flows))} {'of its own' if funder == body else f'from {funder}'}"
        for funder, flows in sorted(funders.items(), key=lambda pair: -total(pair[1]))
    ]
    years = sorted({year for flows in funders.values() for stated in flows for year in stated.flow.years})
    heads = {chapter.head.document: chapter.head for chapter in chapters}
    undated = without_year((stated for flows in funders.values() for stated in flows), heads)
    dated = ", ".join(part for part in (f"in {words.years_covered(years)}" if years else "", undated) if part)
    said = f"{words.listed(parts)}{f', {dated}' if dated else ''}" if parts else ""
    own = unsure_part(stated for flows in funders.values() for stated in flows)
    whole = unsure_part(tally.flows)  # where all of it is unsure alike, the large figure above says so
    unsure = own.ceiling_clause if own.amount == own.whole and whole.amount == whole.whole else own.clause
    said += f", {unsure}" if said and unsure else ""
    joint = total(stated for stated in tally.joint if stated.document in here)
    more = f"{words.pounds(joint)} together with other programmes, not split" if joint else ""
    return "; ".join(part for part in (said, more) if part)


def _sentence(chapter: Chapter, usual: Band | None) -> str:
    said = [_said(deed, chapter, usual) for deed in chapter.deeds if deed.is_money and not deed.together][:4]
    marks = [f"({each.mark})" if each.mark else "" for each in said]
    phrases = [
        " ".join(part for part in (each.before, each.figure, each.after, mark) if part)
        for each, mark in zip(said, marks, strict=True)
    ]
    own, others = ([phrase for phrase in phrases if phrase[:1].islower() is is_own] for is_own in (True, False))
    body = chapter.head.body.name if chapter.head.body else chapter.head.caption
    told = "; ".join([*([f"{body} {'; '.join(own)}"] if own else []), *others])
    return f"{told} ({chapter.head.caption})."


def _chapter(chapter: Chapter, usual: Band | None) -> ChapterView:
    head = chapter.head
    return ChapterView(
        when=words.date(head.signed) if head.signed else "",
        caption=head.caption,
        title=head.title if head.reference else "",
        href=decision_link(head.document),
        body=head.body.name if head.body else "",
        deeds=tuple(_said(deed, chapter, usual) for deed in chapter.deeds),
        remark=_REMARK[chapter.counted_elsewhere],
        ties=tuple(_tie(tie, head.document) for tie in chapter.ties),
    )


def _said(deed: Deed, chapter: Chapter, usual: Band | None) -> Said:
    first = deed.flows[0]
    locator = first.flow.evidence[0].locator if first.flow.evidence else ""
    together = f"for {words.listed(deed.together)} together" if deed.together else ""
    when = f"for {words.years_covered(deed.years)}" if deed.years else ""
    return Said(
        before=deed.verb,
        figure=words.pounds(deed.amount, deed.basis),
        href=decision_link(chapter.head.document, at=locator),
        after=" ".join(part for part in (deed.party, together, when) if part),
        mark=_mark(deed, usual),
    )


def _mark(deed: Deed, usual: Band | None) -> str:
    """Return "to be checked" if none of a deed's money is sure, "of which £300 is to be checked" for a part of it."""
    unsure = unsure_part(deed.flows)
    whole = unsure.amount == unsure.whole
    return sureness.mark(*(stated.flow for stated in deed.flows), usual=usual) if whole else unsure.sureness


def _tie(tie: Tie, document: str) -> TieView:
    here, there = words.RELATION[tie.kind]
    said = here if tie.forward else f"later {there}" if tie.kind in _CHANGES else there
    return TieView(
        words=said[:1].upper() + said[1:],
        name=tie.words,
        href=decision_link(tie.document) if tie.document else "",
        quote=" ".join(tie.quote.split()),
        at=decision_link(document, at=tie.locator) if tie.locator else "",
    )
