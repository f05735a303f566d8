"""Answers over time and over figures: funding histories, first and last, and checks of the figures."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ask.answers.decisions import decisions_found, heads_of, order_of
from graph.ask.caveats import undated_caveats
from graph.ask.citing import checks_of_documents, cite_flows, cite_heads, unique
from graph.ask.draft import Draft, decision_item
from graph.ask.facts import Facts
from graph.ask.matching import DECISION
from graph.ask.question import Focus, Question
from graph.ask.result import Caveat, Status, Value
from graph.ask.scope import find_flows
from graph.ask.sentences import counted as number_of
from graph.ask.sentences import in_words, in_years, listed, pounds, subject
from graph.ask.shares import years_of
from graph.ask.whom import ids
from graph.counting.ledger import part_of
from graph.counting.left_out import is_money
from graph.counting.likeness import programme_ids as programmes_of
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import Tally, is_joint
from graph.model import Verdict
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def history(question: Question, facts: Facts) -> Draft | None:
    """The decisions on a programme's money in the order of time, each with its sums."""
    scope = find_flows(question, facts, worst=DECISION)
    flows = [s for s in scope.everything if s.flow.kind.value != "envelope"]
    documents = list(dict.fromkeys(s.document for s in flows))
    heads = sorted(
        (facts.heads[d] for d in documents if d in facts.heads), key=lambda h: order_of_flows(h, flows, facts)
    )
    if not heads:
        heads = decisions_found(question, facts)
        if not heads:
            return None
    items, said = [], []
    used: list[StatedFlow] = []
    for head in heads:
        own = _of_programmes([s for s in flows if s.document == head.document], ids(question.programmes))
        alone = part_of(facts.ledger.tally_of_decision(head.iri), own).flows
        counted = [s for s in alone if not is_joint(s, ids(question.programmes))]
        moved = counted or alone
        amount = total(moved) if moved else None
        whole = bool(amount) and not any(programmes_of(s) & ids(question.programmes) for s in moved)
        note = "for several programmes together, not split" if moved and not counted else ""
        if question.programmes and whole:
            note, amount = f"{pounds(total(moved))} for all that the decision covers", None
        items.append(decision_item(head, amount=amount, years=years_of(own), note=note))
        used += [] if question.programmes and whole else moved or own
        figure = f" {pounds(amount)}" if amount is not None else ""
        figure += f" ({note})" if note else ""
        said.append(f"{head.caption}{in_years(years_of(own))}{figure}")
    text = f"{subject(question)}, in order: {listed(said, most=10)}."
    not_added = Caveat("not added", "The sums of different decisions may be the same money and are not added here.")
    citations = unique([*cite_flows(used, facts), *cite_heads(heads)])
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(items),
        citations=citations,
        flows=tuple(used),
        sparql=scope.plan.sparql if scope.plan else "",
        counted=_own_money(question, facts),
        caveats=(not_added, *undated_caveats((s for s in used if is_money(s)), facts)),
    )


def _own_money(question: Question, facts: Facts) -> Tally | None:
    """What counts of the one programme asked about, for a chart beside the history."""
    asked = [entity for choice in question.programmes for entity in choice.entities]
    return facts.ledger.tally(asked[0], Side.SOURCES) if len(asked) == 1 else None


def _of_programmes(flows: list[StatedFlow], programmes: frozenset[str]) -> list[StatedFlow]:
    """The sums of one decision for the programmes asked about; all of its sums where none of the money is for them."""
    return [s for s in flows if is_money(s) and programmes_of(s) & programmes] or flows


def order_of_flows(head: DecisionHead, flows: Sequence[StatedFlow], facts: Facts) -> tuple[str, str]:
    """A key for a history: the first year of the money, else the signature."""
    years = [y for s in flows if s.document == head.document for y in s.flow.years[:1]]
    return (f"{min(years)[:4]}-04" if years else order_of(head, facts)[0], order_of(head, facts)[0])


def first_last(question: Question, facts: Facts) -> Draft | None:
    """The earliest or the latest decision or year of money."""
    scope = find_flows(question, facts)
    flows = [s for s in scope.everything if is_money(s) and s.flow.years]
    decided = decisions_found(question.but(money=False), facts) if question.focus is Focus.DECISION or not flows else []
    if decided:
        head = decided[0] if question.ascending else decided[-1]
        text = (
            f"The {'first' if question.ascending else 'latest'} decision on {subject(question)} is "
            f"{head.caption}{f', signed on {in_words(head.signed)}' if head.signed else ''}: {head.title}."
        )
        return Draft(Status.ANSWERED, text, (decision_item(head),), Value(date=head.signed or None), cite_heads([head]))
    if not flows:
        return None
    pick = min if question.ascending else max
    year = pick(s.flow.years[0] if question.ascending else s.flow.years[-1] for s in flows)
    chosen = [s for s in flows if year in s.flow.years]
    text = (
        f"{subject(question)}: the {'first' if question.ascending else 'latest'} money recorded is for {year}, by "
        f"{listed(dict.fromkeys(facts.heads[s.document].caption for s in chosen))}."
    )
    items = [decision_item(facts.heads[d], years=(year,)) for d in dict.fromkeys(s.document for s in chosen)]
    return Draft(
        Status.ANSWERED,
        text[0].upper() + text[1:],
        tuple(items),
        Value(date=year[:4]),
        cite_flows(chosen, facts),
        flows=tuple(chosen),
    )


def checks(question: Question, facts: Facts) -> Draft | None:
    """Figures that don't add up, or the word that they do."""
    if question.references:
        documents = {h.document for h in heads_of(question, facts)}
    elif question.things or question.topic or question.period:
        flows = find_flows(question, facts).everything
        documents = {s.document for s in flows} or {h.document for h in decisions_found(question, facts)}
    else:
        documents = set(facts.heads)
    if not documents:
        return None
    notes = checks_of_documents(documents, facts)
    if not question.references:
        notes = tuple(n for n in notes if len(n.figures) >= 2) or notes
    wrong = [n for n in notes if n.verdict is Verdict.CONFLICT]
    rounding = [n for n in notes if n.verdict is Verdict.ROUNDING]
    told = {(n.figures, n.message) for n in notes}
    shown = [s for s in facts.checks if s.document in documents and (s.check.figures, s.check.message) in told]
    names = listed((facts.heads[d].caption for d in sorted(documents)), most=3)
    at_odds = sorted({s.document for s in shown if s.check.verdict is Verdict.CONFLICT})
    if wrong:
        found_in = f"{number_of(len(wrong), 'conflict')} in {number_of(len(at_odds), 'decision')}"
        text = f"{found_in}: {_each_conflict(shown, facts)}."
    elif rounding:
        text = f"The figures of {names} agree but for rounding: {rounding[0].message.rstrip('.')}."
    elif notes:
        text = f"The figures of {names} that were compared agree ({number_of(len(notes), 'check')})."
    else:
        text = f"No figures of {names} could be compared: no total is stated over its parts."
    from graph.ask.citing import cite

    found = [
        c
        for s in shown
        if s.check.verdict is not Verdict.CONSISTENT or not (wrong or rounding)
        for c in cite(s.document, s.check.evidence, facts)
    ]
    heads = [facts.heads[d] for d in at_odds or sorted(documents)][:20]
    items = [decision_item(facts.heads[d], note=_figures_of(d, shown)) for d in at_odds]
    if question.focus is Focus.DECISION and not question.references:
        notes = tuple(wrong) or notes
    return Draft(
        Status.ANSWERED, text, tuple(items), Value(count=len(wrong)), unique([*found, *cite_heads(heads)]), notes
    )


def _figures_of(document: str, shown: Sequence[StatedCheck]) -> str:
    """The figures of a decision that are at odds, in pairs."""
    conflicts = [s.check for s in shown if s.document == document and s.check.verdict is Verdict.CONFLICT]
    pairs = [check.figures[-2:] for check in conflicts if len(check.figures) >= 2]
    return "; ".join(" against ".join(pounds(figure) for figure in pair) for pair in pairs)


def _each_conflict(shown: Sequence[StatedCheck], facts: Facts) -> str:
    documents = sorted({s.document for s in shown if s.check.verdict is Verdict.CONFLICT})
    return listed((_at_odds(d, shown, facts) for d in documents), most=12)


def _at_odds(document: str, shown: Sequence[StatedCheck], facts: Facts) -> str:
    """A decision with the two figures, or with the words of the check where it is not about figures."""
    figures = _figures_of(document, shown)
    said = [s.check.message for s in shown if s.document == document and s.check.verdict is Verdict.CONFLICT]
    return f"{facts.heads[document].caption} ({figures or said[0].rstrip('.')})"
