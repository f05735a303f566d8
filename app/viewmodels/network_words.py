"""Words and marks for networks: names of kinds and ties, colours, and lines in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.links import PAGES, decision_link, page_link
from app.viewmodels import words
from graph.counting.unsure import unsure_part
from graph.model import EntityKind
from graph.networks.network import DECISION, MONEY_TIES, Bond, Money, TieKind

#: Okabe and Ito's colours, which colour-blind people can tell apart, and shapes for those who see none
COLOUR = {
    EntityKind.ORGANISATION.value: "#0072B2",
    EntityKind.PROGRAMME.value: "#D55E00",
    EntityKind.PLACE.value: "#009E73",
    EntityKind.FUND.value: "#E69F00",
    DECISION: "#767676",
}
SHAPE = {
    EntityKind.ORGANISATION.value: "dot",
    EntityKind.PROGRAMME.value: "diamond",
    EntityKind.PLACE.value: "triangle",
    EntityKind.FUND.value: "square",
    DECISION: "hexagon",
}
KIND = {**{kind.value: name for kind, name in words.THING.items()}, DECISION: "Decision"}
KINDS = {**{kind.value: name for kind, name in words.THINGS.items()}, DECISION: "Decisions"}
TIE: dict[str, str] = {
    TieKind.PAYS: "pays",
    TieKind.FUNDS: "funds",
    TieKind.PAID_UNDER: "pays for work by",
    TieKind.DRAWS_ON: "is the fund used for",
    TieKind.BENEFITS: "is for",
    TieKind.DECIDES: "decides on",
    TieKind.WORKS_WITH: "works with",
    **words.SAID,
}
Names = Mapping[str, str]  #: by key


def node_href(key: str) -> str:
    """Return the link to the page of a node."""
    kind, _, name = key.partition("/")
    return decision_link(name) if kind == DECISION else page_link(PAGES[EntityKind(kind)], id=name)


def wrapped(name: str, width: int = 20, most: int = 3) -> str:
    """Return a name wrapped to short lines; an ellipsis replaces what does not fit."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line if len(line) <= 2 * width else f"{line[: 2 * width]}…" for line in lines]
    return "\n".join(lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"])


def moves_money(bond: Bond) -> bool:
    """Return True if a line stands for money that counts."""
    return bond.kind in MONEY_TIES and bool(bond.amount or bond.joint or bond.passed_on)


def label(bond: Bond) -> str:
    """Return the sum at a line in short: "£12k"; "" if none is counted."""
    return words.short_pounds(bond.amount) if bond.kind in MONEY_TIES and bond.amount else ""


def verb(bond: Bond) -> str:
    """Return the role of a bond's first node to its second: "funds"."""
    if bond.kind == TieKind.BENEFITS and not bond.source.startswith(f"{EntityKind.PROGRAMME.value}/"):
        return "gets money for"
    if bond.kind == TieKind.WORKS_WITH and bond.ties and all(tie.inferred for tie in bond.ties):
        return "is inferred to work with"
    return TIE.get(bond.kind, bond.kind)


def sentence(bond: Bond, names: Names) -> str:
    """Return a bond as a sentence: "Treasury funds Warm Homes"."""
    return f"{names[bond.source]} {verb(bond)} {names[bond.target]}"


def sums(bond: Bond) -> tuple[str, ...]:
    """Return the sums of a line, each with its meaning; they are never added to each other."""
    if bond.kind not in MONEY_TIES:
        return ()
    counted = {tie.flow.iri: tie.flow for tie in bond.ties if tie.flow is not None and tie.flow.iri in bond.counted}
    unsure = unsure_part(counted.values()).clause if bond.amount else ""
    said = [f"{words.pounds(bond.amount)}{f', {unsure}' if unsure else ''}"] if bond.amount else []
    if bond.joint:
        said.append(f"{words.pounds(bond.joint)} in sums for several programmes together, not split by any decision")
    if bond.passed_on:
        said.append(f"{words.pounds(bond.passed_on)} passed on from money counted where it came in")
    return tuple(said)


def scope(bond: Bond, names: Names) -> str:
    """Return what a line's sum covers: everything between the two nodes, or only what concerns some things."""
    if not bond.about:
        return "Everything between the two"
    return f"Only what concerns {words.listed([names.get(key, key) for key in bond.about], limit=3)}"


def in_and_out(money: Money) -> tuple[str, ...]:
    """Return the money that comes in and goes out along a node's lines: "£900 in", "£400 out"."""
    said = [(money.into, "in"), (money.out, "out")]
    return tuple(f"{words.pounds(amount)} {side}" for amount, side in said if amount)
