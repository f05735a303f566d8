"""Questions made from facts of a build: the slots of wordings filled with things that stand together in its flows.

    .venv/bin/python -m bench.questions_made [--workspace DIR] [--most 4000] [-o FILE]

Writes one JSON object a line: the wording's number and text, the question, what it asks, the slots, the form, and what
a right answer has, which is what the executor gives for the form. One in five is filled with things that do not stand
together, and a right answer says so. The same build and seed give the same lines.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import structs

from graph.ask import facts_of
from graph.ask.known.facts import Facts
from graph.ask.language.form_json import form_json
from graph.ask.language.terms import (
    Attribute,
    Choice,
    Compare,
    Condition,
    Count,
    During,
    Form,
    Get,
    Kind,
    List,
    Mean,
    Named,
    OfKind,
    Order,
    Period,
    Referred,
    Role,
    Rows,
    Scan,
    Series,
    Share,
    States,
    Total,
    What,
)
from graph.ask.reading.wordings import SLOT, Wording, load_wordings
from graph.ask.result import Status
from graph.ask.running.draft import Draft
from graph.ask.running.execute import execute
from graph.builds.workspace import Workspace
from graph.counting.left_out import is_money
from graph.model import Entity, RelationKind
from graph.parse.references import reference_key
from graph.settings import Settings
from graph.stated.flows import StatedFlow

ROLES: Mapping[str, Role] = {
    "funder": Role.FUNDER, "recipient": Role.RECIPIENT, "party": Role.PARTY, "programme": Role.PROGRAMME,
    "place": Role.PLACE, "fund": Role.FUND, "body": Role.BODY,
}  # fmt: skip
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.ORGANISATION}
_WHATS = {what.value: what for what in (What.PROGRAMME, What.PLACE, What.FUND, What.DECISION, What.AWARD, What.YEAR)}
_LISTS = {"funders": What.FUNDER, "recipients": What.RECIPIENT, "programmes": What.PROGRAMME, "places": What.PLACE,
          "funds": What.FUND, "awards": What.AWARD}  # fmt: skip
_OF_DECISIONS = {"signed": Attribute.SIGNED, "decider": Attribute.DECIDER}
_DIRECT = {*_LISTS, *_OF_DECISIONS, "total", "by_year", "mean", "most", "least", "count", "share", "compare",
           "deliverers"}  # fmt: skip
_FIRST_LINE = 2  #: of the wordings in their file
_MOST_ITEMS = 25  #: a list of more is no question's
_TRIES = 60  #: fillings that are looked at for each that is wanted
_APART = 5  #: one question in so many is of things that do not stand together
_REFUSED = "no_data|not_understood"

Slots = dict[str, Any]  #: name of a slot -> Entity, year or reference


@dataclass(frozen=True, slots=True)
class Made:
    """A question that was made, with its form and what makes an answer right."""

    line: int  #: of its wording in data/asking/wordings.csv
    wording: Wording
    slots: Slots
    form: Form
    expect: Mapping[str, Any]

    @property
    def question(self) -> str:
        """The wording with its slots filled."""
        return question_of(self.wording, self.slots)

    def to_json(self) -> dict[str, Any]:
        """Return the line of the file."""
        return {
            "wording": self.line, "question": self.question, "ask": self.wording.asks,
            "slots": {name: _said(value) for name, value in self.slots.items()},
            "form": form_json(self.form), "expect": dict(self.expect),
        }  # fmt: skip


def main() -> int:
    """Make and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--most", type=int, default=4000, help="questions to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="a file; without one, standard output")
    options = parser.parse_args()
    settings = Settings.from_environment(workspace=options.workspace)
    facts = facts_of(Workspace(settings.workspace, settings=settings).current(), settings=settings)
    made = make_questions(facts, most=options.most, seed=options.seed)
    lines = "".join(json.dumps(each.to_json(), ensure_ascii=False, default=str) + "\n" for each in made)
    if options.output:
        options.output.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)
    print(f"{len(made)} questions of {len({each.line for each in made})} wordings", file=sys.stderr)
    return 0


def make_questions(facts: Facts, *, most: int, seed: int = 1, wordings: Sequence[Wording] | None = None) -> list[Made]:
    """Return questions made of the wordings whose slots can be filled and whose answer the executor gives directly.

    Args:
        facts: The graph.
        most: Questions to make; fewer where the graph has not the things.
        seed: Another gives other fillings.
        wordings: Those of the project where None.
    """
    known = load_wordings() if wordings is None else wordings
    usable = [(line, wording) for line, wording in enumerate(known, _FIRST_LINE) if is_usable(wording)]
    makers = [_made_of(number, wording, facts, random.Random(f"{seed} {number}")) for number, wording in usable]
    found: list[Made] = []
    while makers and len(found) < most:
        left = []
        for maker in makers:
            made = next(maker, None)
            if made is not None:
                found.append(made)
                left.append(maker)
        makers = left
    return found[:most]


def slots_of(wording: Wording) -> tuple[str, ...]:
    """Return the names of a wording's slots, each once."""
    return tuple(dict.fromkeys(SLOT.findall(wording.text)))


def question_of(wording: Wording, slots: Slots) -> str:
    """Return a wording with its slots filled."""
    return SLOT.sub(lambda m: _said(slots[m.group(1)]), wording.text)


def is_usable(wording: Wording) -> bool:
    """Return True if a wording's slots can be filled and what it asks is a form of its own."""
    slots = slots_of(wording)
    seconds = [slot for slot in slots if slot.endswith("2")]
    known = all(slot.removesuffix("2") in {*ROLES, "year", "decision"} for slot in slots)
    if wording.asks not in _DIRECT or not slots or not known:
        return False
    if wording.asks == "compare":
        return len(seconds) == 1 and seconds[0].removesuffix("2") in slots
    if wording.asks == "share":
        return not seconds and len([slot for slot in slots if slot in ROLES]) >= 2
    return not seconds and (wording.asks not in _OF_DECISIONS or slots == ("decision",))


def _made_of(number: int, wording: Wording, facts: Facts, chance: random.Random) -> Iterator[Made]:
    """Fillings of a wording that have an answer, no two alike; by turns one that has none."""
    seen: set[str] = set()
    flows = granted(facts)
    names = slots_of(wording)
    apart_every = _APART if len(names) > 1 and wording.asks not in {"share", "compare", "by_year"} else 0
    for turn in range(len(flows) * _TRIES):
        apart = bool(apart_every) and turn % apart_every == apart_every - 1
        slots = _filled(names, flows, facts, chance, apart=apart)
        if slots is None:
            continue
        question, forms = question_of(wording, slots), forms_of(wording, slots)
        expect = expected_of(forms, facts) if question not in seen else None
        seen.add(question)
        if expect is not None and (expect["status"] == _REFUSED) == apart:
            yield Made(number, wording, slots, forms[0], expect)
        if len(seen) > _TRIES * _APART:
            return


def granted(facts: Facts) -> list[StatedFlow]:
    """Return the flows whose things fill slots: money that was granted."""
    return [stated for stated in facts.flows.values() if is_money(stated)]


def _filled(
    names: Sequence[str], flows: Sequence[StatedFlow], facts: Facts, chance: random.Random, *, apart: bool
) -> Slots | None:
    """Things of one flow in the slots; of two flows where they must stand apart, or where a slot has a second."""
    one, other = chance.choice(flows), chance.choice(flows)
    found: Slots = {}
    for number, name in enumerate(names):
        second = name.endswith("2") or (apart and number == len(names) - 1)
        value = value_of(name.removesuffix("2"), other if second else one, facts)
        if value is None or value in found.values():
            return None
        found[name] = value
    return found


def value_of(name: str, stated: StatedFlow, facts: Facts) -> Any:
    """Return what stands in a flow in a slot's role; None where nothing does."""
    flow, head = stated.flow, facts.heads.get(stated.document)
    look_up: dict[str, Callable[[], Any]] = {
        "funder": lambda: flow.funder, "recipient": lambda: flow.recipient, "party": lambda: flow.recipient,
        "programme": lambda: flow.programmes[0] if len(flow.programmes) == 1 else None,
        "place": lambda: flow.place, "fund": lambda: flow.fund,
        "year": lambda: flow.years[0] if len(flow.years) == 1 else None,
        "body": lambda: head.body if head else None, "decision": lambda: (head.reference or None) if head else None,
    }  # fmt: skip
    return look_up[name]()


def _said(value: Any) -> str:
    return value.name if isinstance(value, Entity) else str(value)


# --- forms


def forms_of(wording: Wording, slots: Slots) -> tuple[Form, ...]:
    """Return the forms that a filled wording asks for: several for a share, whose whole the words leave open."""
    where = tuple(_conditions({name: value for name, value in slots.items() if not name.endswith("2")}))
    asks, scan = wording.asks, Scan(Rows.AWARDS, where)
    if asks == "share":
        return tuple(
            Share(scan, Scan(Rows.AWARDS, tuple(c for c in where if c is not left)))
            for left in where
            if isinstance(left, Named)
        )
    if asks == "compare":
        return (_comparison(slots, where),)
    if asks in {"most", "least", "count"}:
        return _of_things(wording, where, slots)
    simple: dict[str, Callable[[], Form]] = {
        "total": lambda: Total(scan), "by_year": lambda: Series(scan),
        "mean": lambda: Mean(scan, _mean_of(wording.what)),
        "deliverers": lambda: List(
            Scan(Rows.FACTS, (*(c for c in where if not isinstance(c, During)), States((RelationKind.DELIVERS,)))),
            What.SUBJECT,
        ),
    }  # fmt: skip
    if asks in simple:
        return (simple[asks](),)
    if asks in _OF_DECISIONS:
        return (Get(Scan(Rows.DECISIONS, where), _OF_DECISIONS[asks]),)
    return (List(Scan(Rows.AWARDS, (*where, *_of_kind(wording.what))), _LISTS[asks]),)


def _conditions(slots: Slots) -> Iterator[Condition]:
    for name, value in slots.items():
        if name == "year":
            yield During(Period(years=(value,), words=value))
        elif name == "decision":
            yield Referred(Role.DECISION, (reference_key(value),))
        else:
            yield Named(ROLES[name], (Choice(value.name, (value,)),))


def _comparison(slots: Slots, where: tuple[Condition, ...]) -> Compare:
    second = next(name for name in slots if name.endswith("2"))
    first = second.removesuffix("2")
    one, other = (next(_conditions({first: slots[name]})) for name in (first, second))
    rest = tuple(c for c in where if c != one)
    totals = tuple(Total(Scan(Rows.AWARDS, (*rest, each))) for each in (one, other))
    return Compare(totals, over_time=first == "year")


def _of_things(wording: Wording, where: tuple[Condition, ...], slots: Slots) -> tuple[Form, ...]:
    """What is ranked or counted; both sides of money where the words may mean either."""
    sides = [What.FUNDER] if "recipient" in slots and "funder" not in slots else [What.RECIPIENT]
    if not {"recipient", "funder"} & set(slots):
        sides = [What.RECIPIENT, What.FUNDER]
    what = _WHATS.get(wording.what)
    whats = [what] if what else sides
    scan = Scan(Rows.AWARDS, (*where, *_of_kind(wording.what)))
    if wording.asks == "count":
        of = structs.replace(scan, rows=Rows.DECISIONS) if what is What.DECISION else scan
        return tuple(Count(of, each) for each in whats)
    return tuple(List(scan, each, Order("amount", wording.asks == "least")) for each in whats)


def _of_kind(what: str) -> tuple[Condition, ...]:
    return (OfKind(Role.PARTY, _KINDS[what]),) if what in _KINDS else ()


def _mean_of(what: str) -> What:
    return What.RECIPIENT if what in {*_KINDS, "organisation"} else What.AWARD


# --- what is right


def expected_of(forms: Sequence[Form], facts: Facts) -> dict[str, Any] | None:
    """Return what a right answer has; None where the forms give nothing that can be held against one."""
    drafts = [execute(form, facts) for form in forms]
    told = [draft for draft in drafts if draft is not None and draft.status is Status.ANSWERED and draft.citations]
    if not told:
        return {"status": _REFUSED}
    if isinstance(forms[0], Share):
        percents = [float(draft.value.percent) for draft in told if draft.value.percent is not None]
        return {"status": "answered", "percent": percents} if percents else None
    if len(told) == 1 or len({_gist(draft) for draft in told}) == 1:
        return _expect(forms[0], told[0])
    if isinstance(forms[0], Count):
        return {"status": "answered", "count": [draft.value.count for draft in told]}
    return None


def _gist(draft: Draft) -> tuple[Any, ...]:
    return (draft.value, tuple(item.label for item in draft.items))


def _expect(form: Form, draft: Draft) -> dict[str, Any] | None:
    value, labels = draft.value, [item.label for item in draft.items]
    out: dict[str, Any] = {"status": "answered"}
    if isinstance(form, List):
        if not labels or len(labels) > _MOST_ITEMS:
            return None
        if form.order is None:
            return out | {"items": sorted(set(labels))}
        amounts = [item.amount for item in draft.items[:2]]
        return out | {"first": labels[0]} if len(set(amounts)) == len(amounts) else None
    if isinstance(form, Compare):
        found = {item.label: float(item.amount) for item in draft.items if item.amount is not None}
        return out | {"item_amounts": found} if len(found) == len(labels) >= 2 else None
    if isinstance(form, Series):
        by_year: dict[str, float] = defaultdict(float)
        for item in draft.items:
            by_year[item.label] += float(item.amount or 0)
        return out | {"item_amounts": dict(by_year)} if len(by_year) >= 2 else None
    if isinstance(form, Get) and form.attribute is Attribute.DECIDER:
        return out | {"items": labels} if labels else None
    key = next((k for k in ("amount", "count", "date", "percent") if getattr(value, k) is not None), "")
    if not key:
        return None
    figure = getattr(value, key)
    return out | {key: figure if key in {"count", "date"} else float(figure)}


if __name__ == "__main__":
    raise SystemExit(main())
