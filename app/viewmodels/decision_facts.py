"""The facts read from one decision, for display beside its text: money, checks and relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.links import page_link
from app.viewmodels import sureness, words
from app.viewmodels.facts import FACTS, fact_sentence
from app.viewmodels.flow_table import standing
from app.viewmodels.marked_text import TextFact
from graph.corrections.notes import CorrectionNote
from graph.model import Band, Entity, RelationKind, Verdict
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation


def text_facts(
    flows: Iterable[StatedFlow],
    awards: Iterable[StatedAward],
    checks: Iterable[StatedCheck],
    relations: Iterable[StatedRelation],
    notes: Mapping[str, Sequence[CorrectionNote]],
    *,
    is_open: bool,
) -> list[TextFact]:
    """Return everything that was read from one document, to be marked in its text.

    Args:
        flows: The document's flows.
        awards: Its awards without a printed amount.
        checks: Its checks; consistent ones are left out.
        relations: The relations that it states.
        notes: Notes on corrections, by IRI.
        is_open: Whether the person may correct sums here.
    """
    sums, bare = list(flows), list(awards)  # each list of the page says its usual band once
    usual = [sureness.usual_band(stated.flow for stated in sums), sureness.usual_band(each.award for each in bare)]
    facts = [_sum(stated, notes.get(stated.iri, ()), usual[0], is_open=is_open) for stated in sums]
    facts += [_award(each, notes.get(each.iri, ()), usual[1], is_open=is_open) for each in bare]
    facts += [_check(stated) for stated in checks if stated.check.verdict is not Verdict.CONSISTENT]
    said = {_relation(stated): stated for stated in relations if stated.kind is not RelationKind.MENTIONS}
    facts += [
        TextFact(title, about=stated.detail, evidence=stated.evidence)
        for title, stated in said.items()
        if title and stated.evidence
    ]
    return facts


def _sum(stated: StatedFlow, notes: Sequence[CorrectionNote], usual: Band | None, *, is_open: bool) -> TextFact:
    flow = stated.flow
    about = (
        f"From {flow.funder.name if flow.funder else 'a funder not named'}",
        words.years(flow.years),
        ", ".join(programme.name for programme in flow.programmes),
        flow.place.name if flow.place else "",
        flow.purpose,
        standing(stated),
        sureness.mark(flow, usual=usual),
    )
    named = words.recipient(flow)
    return TextFact(
        title=words.sum_of(flow) + (f" to {named}" if named != words.OPEN_PARTY else ", no recipient named"),
        about=" · ".join(part for part in about if part),
        corrected=" ".join(note.sentence for note in notes),
        href=page_link("corrections", document=stated.document, sum=flow.id) if is_open else "",
        evidence=flow.evidence,
    )


def _award(stated: StatedAward, notes: Sequence[CorrectionNote], usual: Band | None, *, is_open: bool) -> TextFact:
    award = stated.award
    about = (
        f"From {award.funder.name}" if award.funder else "",
        words.years(award.years) if award.years else "",
        ", ".join(programme.name for programme in award.programmes),
        award.purpose,
        sureness.mark(award, usual=usual),
    )
    named = award.recipient.name if award.recipient else award.recipient_words or words.OPEN_PARTY
    return TextFact(
        title=f"{named}: named without a sum",
        about=" · ".join(part for part in about if part),
        corrected=" ".join(note.sentence for note in notes),
        href=page_link("corrections", document=stated.document, sum=award.id) if is_open else "",
        evidence=award.evidence,
    )


def _check(stated: StatedCheck) -> TextFact:
    return TextFact(words.VERDICT[stated.check.verdict], about=stated.check.message, evidence=stated.check.evidence)


def _relation(stated: StatedRelation) -> str:
    """Return a relation in words, "Ashford Council delivers Warm Homes", "Changes PCD 9001".

    "" if an end has no name.
    """
    if stated.kind in FACTS:
        return fact_sentence(stated)
    verb = words.SAID[stated.kind]
    subject = stated.subject.name if isinstance(stated.subject, Entity) else ""
    thing = stated.object.name if isinstance(stated.object, Entity) else stated.object_words
    said = f"{subject} {verb} {thing}".strip() if thing else ""
    return said[:1].upper() + said[1:]
