"""Questions of the bank with every entity replaced by another of the graph, held against sums over the records.

.venv/bin/python -m bench.replaced_questions [--workspace DIR] [--most 400]

The sums are made here from the records alone, by none of the code that answers: flows approved or provisional, each
once where the document says that one restates or is part of another.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.report import report
from graph.ask import answer_question, facts_of
from graph.builds.workspace import Workspace
from graph.model import FlowKind, FlowLink, FlowStatus, FundingFlow, Record
from graph.settings import Settings
from ingest.reconcile import reconcile

_GRANTED = {FlowStatus.APPROVED, FlowStatus.PROVISIONAL}
_NO_AWARD = {FlowKind.BID, FlowKind.ENVELOPE, FlowKind.CARRY_FORWARD}
_SAME = {FlowLink.RESTATES, FlowLink.PART_OF}
WORDINGS = {
    "amount": ["how much did {funder} give {recipient} in {year}", "What did {recipient} get from {funder} in {year}?",
               "{funder} money to {recipient} {year}"],
    "programme amount": ["how much did {recipient} get for {programme} in {year}",
                         "{recipient} {programme} {year} how much",
                         "What was {recipient} given for {programme} in {year}?"],
    "funders": ["who funds {programme}", "Who pays for {programme}?", "{programme} funders"],
    "recipients": ["who receives {programme} money from {funder}",
                   "Which organisations does {funder} fund for {programme}?"],
    "nowhere": ["who funds {programme} in {place}", "how much went to {programme} in {place}"],
    "never": ["how much did {funder} give {recipient} in {year}", "did {funder} fund {recipient} in {year}"],
    "when": ["when was {reference} signed", "date of {reference}"],
    "decisions": ["which decisions are about {programme}", "list the decisions on {programme}"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what a right answer may be."""

    kind: str
    text: str
    amounts: tuple[Decimal, ...] = ()  #: any of these
    include: frozenset[str] = frozenset()  #: labels that must be among the items
    among: frozenset[str] | None = None  #: labels that alone may be
    nothing: bool = False  #: no amount may be given
    date: str | None = None


def held(records: Iterable[Record]) -> Iterator[tuple[Record, FundingFlow]]:
    """Every flow that is an award."""
    for record in records:
        for flow in record.flows:
            if flow.status in _GRANTED and flow.kind not in _NO_AWARD:
                yield record, flow


def same_money(records: tuple[Record, ...]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """What each flow restates or is part of, within its record and between records."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for record in records:
        for link in record.flow_relations:
            if link.link in _SAME:
                found[record.document, link.subject].add((record.document, link.object))
    for judged in reconcile(records).judgements:
        if judged.link in _SAME:
            found[judged.subject].add(judged.object)
    return found


def _is_sum(whole: FundingFlow, others: list[FundingFlow]) -> bool:
    """Whether a record states this sum beside the rows that make it (the same parties and year, as all of a group)."""
    return len(others) >= 2 and abs(sum((f.amount for f in others), Decimal(0)) - whole.amount) <= 1


def sums(
    flows: list[tuple[Record, FundingFlow]], links: dict[tuple[str, str], set[tuple[str, str]]]
) -> tuple[Decimal, ...]:
    """The sum, and the sum with an amount that one record states twice counted once."""
    here = {(record.document, flow.id) for record, flow in flows}
    flows = [(r, f) for r, f in flows if not links.get((r.document, f.id), set()) & here]
    flows = [(r, f) for r, f in flows if not _is_sum(f, [g for s, g in flows if s is r and g is not f])]
    once = {(record.decision.reference or record.document, flow.amount, flow.purpose) for record, flow in flows}
    rough = {(record.decision.reference or record.document, flow.amount) for record, flow in flows}
    alike = {flow.amount for _, flow in flows}
    return (
        sum((flow.amount for _, flow in flows), Decimal(0)),
        sum((one[1] for one in once), Decimal(0)),
        sum((one[1] for one in rough), Decimal(0)),
        sum(alike, Decimal(0)),
    )


def questions(records: tuple[Record, ...], most: int, seed: int = 7) -> list[Asked]:
    """Return at most `most` questions of each kind, drawn from everything that the records name."""
    draw = random.Random(seed)
    flows = list(held(records))
    links = same_money(records)
    everything = [f for r in records for f in r.flows]
    pairs: dict[tuple[str, str, str], list[tuple[Record, FundingFlow]]] = defaultdict(list)
    got: dict[tuple[str, str, str], list[tuple[Record, FundingFlow]]] = defaultdict(list)
    paid: dict[tuple[str, str], set[str]] = defaultdict(set)
    together: dict[tuple[str, str], set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    all_funders: dict[str, set[str]] = defaultdict(set)
    receivers: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for record, flow in flows:
        one = flow.programmes[0].name if len(flow.programmes) == 1 else ""
        for programme in flow.programmes:
            if flow.funder and flow.recipient:
                together[programme.name, flow.funder.name].add(flow.recipient.name)
        if flow.funder and flow.recipient and flow.funder != flow.recipient:
            if len(flow.years) == 1:
                pairs[flow.funder.name, flow.recipient.name, flow.years[0]].append((record, flow))
            if one:
                paid[one, flow.funder.name].add(flow.recipient.name)
        if flow.recipient and one:
            receivers[one].add(flow.recipient.name)
            if len(flow.years) == 1:
                got[flow.recipient.name, one, flow.years[0]].append((record, flow))
        for programme in flow.programmes:
            if flow.funder:
                all_funders[programme.name].add(flow.funder.name)
            documents[programme.name].add(record.decision.reference or record.decision.title)
    for programme, funders in all_funders.items():
        sources[programme] = funders - receivers[programme]
    out: list[Asked] = []

    def ask(kind: str, names: dict[str, str], **expected: Any) -> None:
        out.append(Asked(kind, draw.choice(WORDINGS[kind]).format(**names), **expected))

    for (funder, recipient, year), found in draw.sample(sorted(pairs.items(), key=str), min(most, len(pairs))):
        ask("amount", {"funder": funder, "recipient": recipient, "year": year}, amounts=sums(found, links))
    for (recipient, programme, year), found in draw.sample(sorted(got.items(), key=str), min(most, len(got))):
        ask(
            "programme amount",
            {"recipient": recipient, "programme": programme, "year": year},
            amounts=sums(found, links),
        )
    for programme in draw.sample(sorted(all_funders), min(most, len(all_funders))):
        ask("funders", {"programme": programme}, include=frozenset(sources[programme]),
            among=frozenset(all_funders[programme]))  # fmt: skip
    for (programme, funder), found_names in draw.sample(sorted(paid.items()), min(most, len(paid))):
        ask("recipients", {"programme": programme, "funder": funder}, include=frozenset(),
            among=frozenset(together[programme, funder] | found_names))  # fmt: skip
    names = sorted({f.funder.name for f in everything if f.funder} - {""})
    others = sorted({f.recipient.name for f in everything if f.recipient})
    known = {(f.funder.name, f.recipient.name) for f in everything if f.funder and f.recipient}
    for _ in range(most // 2):
        funder, recipient = draw.choice(names), draw.choice(others)
        if (funder, recipient) not in known and funder != recipient:
            ask("never", {"funder": funder, "recipient": recipient, "year": draw.choice(["2019/20", "2022/23"])},
                nothing=True)  # fmt: skip
    for programme in draw.sample(sorted(all_funders), min(most // 3, len(all_funders))):
        ask("nowhere", {"programme": programme, "place": draw.choice(["Cornwall", "Northumbria", "Wales", "Dorset"])},
            nothing=True)  # fmt: skip
    for record in draw.sample(list(records), min(most, len(records))):
        decision = record.decision
        if decision.reference and sum(r.decision.reference == decision.reference for r in records) == 1:
            ask("when", {"reference": decision.reference}, date=decision.signed or "")
    for programme in draw.sample(sorted(documents), min(most, len(documents))):
        ask("decisions", {"programme": programme}, include=frozenset(documents[programme]))
    return out


def verdict(asked: Asked, answer: dict[str, Any]) -> str:
    """right, confident (wrong and answered) or abstained."""
    answered = answer["status"] == "answered"
    labels = {item["label"] for item in answer["items"]}
    value = answer["value"]
    if asked.nothing:
        return "confident" if answered and (value["amount"] or labels) else "right"
    if asked.date is not None:
        right = value["date"] == asked.date if asked.date else not answered
        return "right" if right else "confident" if answered else "abstained"
    if not answered:
        return "abstained"
    if asked.amounts:
        given = Decimal(value["amount"]) if value["amount"] else None
        return "right" if given in asked.amounts else "confident" if given is not None else "abstained"
    fits = asked.include <= labels and (asked.among is None or (labels and labels <= asked.among))
    return "right" if fits else "confident"


def main() -> None:
    """Ask all, print the misses and the table per kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--most", type=int, default=120)
    given = parser.parse_args()
    settings = Settings.from_environment(workspace=given.workspace)
    build = Workspace(settings.workspace, settings=settings).current()
    facts = facts_of(build, settings=settings)
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for asked in questions(build.records(), given.most):
        answer = answer_question(asked.text, facts).to_json()
        found = verdict(asked, answer)
        for kind in (asked.kind, "all"):
            tally[kind][found] += 1
        if found != "right":
            wanted = asked.amounts[:1] or sorted(asked.include) or sorted(asked.among or ()) or asked.date
            print(f"{found} [{asked.kind}] {asked.text}\n    wanted {wanted}\n    {answer['text'][:220]}")
    tally["all"] = tally.pop("all")
    rows = []
    for kind, counts in tally.items():
        count = sum(counts.values())
        right, confident = counts["right"], counts["confident"]
        rows.append({"kind": kind, "questions": count, "right": right, "confident errors": confident,
                     "abstained wrongly": counts["abstained"], "share right": right / count,
                     "RS(10)": (right - 10 * confident) / count})  # fmt: skip
    report(f"questions-replaced-{settings.workspace.name}", rows)


if __name__ == "__main__":
    main()
