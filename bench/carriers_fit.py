"""Fit the network that tells which words around a question ask for nothing.

    .venv/bin/python -m bench.carriers_fit [--check]        (as `make carrier-weights` runs it)

Puts the phrases of data/asking/carriers.csv around questions: the wordings of data/asking/wordings.csv, their slots
filled with names of the registry and topics of data/asking/topics.csv, and the questions of the split "train". Writes
data/asking/carriers.npz: the same each time from the same data on the same machine. With --check it writes nothing,
fits without one phrase in five, and prints how often a question is cut exactly out of those; and how often a question
that stands alone is left as it is.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.question_sets import TRAIN, load_questions
from graph.ask.reading.carriers import LAYERS, NETWORK, WORD, Network, cut
from graph.ask.reading.wordings import SLOT, load_wordings
from graph.errors import InvalidReference
from graph.model import EntityKind
from graph.registry import Registry, load_registry
from graph.search.packaged_encoder import load_packaged_encoder
from graph.settings import Settings

PLACES = ("before", "after", "middle")
SIZE, ROUNDS, BATCH, RATE, DECAY, DROPPED = 48, 5, 32, 2e-3, 0.02, 0.3
_FREE = 3  #: how often a question as people ask it stands among the wordings
_TWICE, _LOWERED = 0.15, 0.15  #: how often phrases stand two in a row, and in lower case
_BARE = 0.3  #: how often a phrase behind follows without its mark
_AROUND = 2  #: variants of each question with phrases around it
_KINDS = {"programme": EntityKind.PROGRAMME, "place": EntityKind.PLACE, "fund": EntityKind.FUND}
_REFERENCES = ("PCD 1203", "decision 2023-014", "ADD2702", "DN 45/2022", "D0112", "PCC/D/031")
_PEOPLE = ("Jane Holt", "Amir Khan", "Sue Lister", "Peter Marsh")
_MONTHS = ("January", "March", "May", "July", "October", "December")
_MARKS = ",;:.)"
_WORD_ALONE = r"[a-z0-9'£]+"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what of its words is outside the question."""

    text: str
    outside: tuple[bool, ...]


def main() -> int:
    """Fit, write or print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print figures on phrases left out; write nothing")
    options = parser.parse_args()
    settings = Settings()
    phrases = load_carriers(settings.data)
    questions = _questions(phrases, settings)
    if options.check:
        _check(phrases, questions, settings)
    else:
        write_network(fitted(examples_of(phrases, questions, random.Random(1)), settings), settings.data)
    return 0


def load_carriers(data: Path) -> dict[str, list[str]]:
    """Return the phrases that ask for nothing, by where they stand.

    Raises:
        InvalidReference: A line is wrong; the message names file, line and what.
    """
    path, found = data / "asking" / "carriers.csv", {place: list[str]() for place in PLACES}
    with path.open(encoding="utf-8", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            if row.get("where") not in found or not row.get("phrase"):
                raise InvalidReference(f"{path}, line {reader.line_num}: it wants {', '.join(PLACES)} and a phrase")
            found[row["where"]].append(row["phrase"])
    return found


def write_network(network: Network, data: Path) -> None:
    """Write a network into a folder of data, half as exact as it was fitted."""
    np.savez_compressed(data / NETWORK, **{name: each.astype(np.float16) for name, each in network.weights.items()})


# --- examples


def _questions(phrases: Mapping[str, Sequence[str]], settings: Settings) -> list[str]:
    """The questions that phrases are put around."""
    chance, registry = random.Random(1), load_registry(settings.data / "registry")
    topics = (settings.data / "asking" / "topics.csv").read_text(encoding="utf-8").splitlines()[1:]
    wordings = [SLOT.sub(lambda m: _filled(m.group(1), registry, topics, chance), w.text) for w in load_wordings()]
    asked = [q.text for q in load_questions(settings.data / "questions") if q.split == TRAIN]
    return [text for text in wordings + asked * _FREE if not _has_phrase(text, phrases)]


def _has_phrase(text: str, phrases: Mapping[str, Sequence[str]]) -> bool:
    """Whether a question has one of the phrases around it already: what is inside cannot be told of it."""
    plain = _plain(text)
    return any(plain.startswith(_plain(p)) for p in phrases["before"]) or any(
        plain.endswith(_plain(p)) for p in phrases["after"]
    )


def _plain(text: str) -> str:
    """The words of a text alone, each between spaces."""
    return f" {' '.join(re.findall(_WORD_ALONE, text.lower()))} "


def _filled(slot: str, registry: Registry, topics: Sequence[str], chance: random.Random) -> str:
    name, year = slot.rstrip("2"), chance.randint(2016, 2026)
    if name == "topic":
        return chance.choice(topics)
    if name == "year":
        return chance.choice((f"{year}/{(year + 1) % 100}", f"{year}-{(year + 1) % 100}", str(year)))
    if name == "date":
        return f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {year}"
    if name == "amount":
        return f"£{chance.randint(1, 900)},{chance.randint(0, 999):03d}"
    if name in {"decision", "person"}:
        return chance.choice(_REFERENCES if name == "decision" else _PEOPLE)
    return chance.choice(registry.entities(_KINDS.get(name, EntityKind.ORGANISATION))).name


def examples_of(phrases: Mapping[str, Sequence[str]], questions: Sequence[str], chance: random.Random) -> list[Example]:
    """Return each question alone and with phrases around it, as people type: with and without capitals and marks."""
    return [
        _example(_typed(question, chance), phrases if turn else None, chance)
        for question in questions
        for turn in range(_AROUND + 1)
    ]


def _typed(question: str, chance: random.Random) -> str:
    bare = question.rstrip("?. ") if chance.random() < 0.25 else question
    return bare.lower() if chance.random() < 0.2 else bare


def _example(question: str, phrases: Mapping[str, Sequence[str]] | None, chance: random.Random) -> Example:
    words = question.split()
    if phrases is None:
        return Example(" ".join(words), (False,) * len(words))
    if len(words) > 4 and chance.random() < 0.08:
        at, between = chance.randint(1, 3), chance.choice(phrases["middle"]).strip(", ").split()
        words = [*words[: at - 1], f"{words[at - 1]},", *between[:-1], f"{between[-1]},", *words[at:]]
        return Example(" ".join(words), tuple(at <= n < at + len(between) for n in range(len(words))))
    both = chance.random()
    before = _phrases(phrases["before"], chance) if both < 0.6 else []
    after = _phrases(phrases["after"], chance) if both > 0.35 else []
    if after and chance.random() < _BARE:
        after[0] = after[0].lstrip(f"{_MARKS}-–—(") or after[0]
    inner = list(words)
    if after and inner[-1].endswith("?") and chance.random() < 0.5:
        inner[-1], after[-1] = inner[-1].rstrip("?") or inner[-1], after[-1].rstrip("?.!") + "?"
    if len(after) > 1 and after[0] in set(_MARKS):
        inner[-1], after = inner[-1] + after[0], after[1:]
    elif after and chance.random() < 0.2:
        inner[-1] += chance.choice(",.")
    if before and chance.random() < 0.15:
        before[-1] = before[-1].rstrip(":,.-") or before[-1]
    return Example(
        " ".join([*before, *inner, *after]), (True,) * len(before) + (False,) * len(inner) + (True,) * len(after)
    )


def _phrases(phrases: Sequence[str], chance: random.Random) -> list[str]:
    """The words of a phrase, or of two one after the other; some all lower case."""
    said = " ".join(chance.choices(phrases, _likely(tuple(phrases)), k=2 if chance.random() < _TWICE else 1))
    return (said.lower() if chance.random() < _LOWERED else said).split()


@cache
def _likely(phrases: tuple[str, ...]) -> tuple[float, ...]:
    """How often each phrase is taken: people use short ones more often."""
    return tuple(1 / len(phrase.split()) for phrase in phrases)


# --- the network


def fitted(examples: Sequence[Example], settings: Settings) -> Network:
    """Return the network that tells best which words of the examples are outside."""
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(1)
    encoder = load_packaged_encoder(settings)
    seen = [
        encoder.encode_words(e.text, [m.span() for m in WORD.finditer(e.text)], layers=LAYERS).astype(np.float16)
        for e in examples
    ]
    some = np.concatenate(seen[:1500]).astype(np.float32)
    middle, spread = some.mean(axis=0), some.std(axis=0) + 1e-6
    model = _Model(some.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    order, chance = list(range(len(examples))), random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            states = [torch.from_numpy((seen[n].astype(np.float32) - middle) / spread) for n in batch]
            wanted = [torch.tensor(examples[n].outside, dtype=torch.float32) for n in batch]
            optimiser.zero_grad()
            model.loss(states, wanted).backward()
            optimiser.step()
    return Network(model.arrays(middle, spread))


def _Model(width: int) -> Any:  # noqa: N802  # torch costs seconds to import, so its class is made when it is needed
    import torch
    from torch import nn

    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.drop, self.last = nn.Linear(width, SIZE), nn.Dropout(DROPPED), nn.Linear(2 * SIZE, 1)
            self.unit = nn.GRU(SIZE, SIZE, bidirectional=True, batch_first=True)

        def loss(self, states: Sequence[Any], wanted: Sequence[Any]) -> Any:
            seen = self.drop(torch.relu(self.first(torch.cat(list(states)))))
            packed = nn.utils.rnn.pack_sequence(seen.split([len(each) for each in states]), enforce_sorted=False)
            read, lengths = nn.utils.rnn.pad_packed_sequence(self.unit(packed)[0], batch_first=True)
            odds = self.last(self.drop(read)).squeeze(-1)
            said = torch.cat([row[:n] for row, n in zip(odds, lengths.tolist(), strict=True)])
            return nn.functional.binary_cross_entropy_with_logits(said, torch.cat(list(wanted)))

        def arrays(self, middle: Any, spread: Any) -> dict[str, Any]:
            """Return what `Network` reads, the scale of the states folded into the first layer."""
            values, bias = (each.detach().numpy() for each in (self.first.weight, self.first.bias))
            out = {"in_values": values / spread, "in_bias": bias - (values / spread) @ middle}
            for way, ending in (("forward", ""), ("backward", "_reverse")):
                for name, part in (("values", "weight_ih"), ("inner", "weight_hh"), ("bias", "bias_ih"),
                                   ("inner_bias", "bias_hh")):  # fmt: skip
                    out[f"{way}_{name}"] = getattr(self.unit, f"{part}_l0{ending}").detach().numpy()
            out["out_values"] = self.last.weight.detach().numpy()[0]
            out["out_bias"] = self.last.bias.detach().numpy()[0]
            return out

    return Model()


# --- figures


def _check(phrases: Mapping[str, Sequence[str]], questions: Sequence[str], settings: Settings) -> None:
    kept = {place: [p for n, p in enumerate(each) if n % 5] for place, each in phrases.items()}
    left = {place: each[::5] for place, each in phrases.items()}
    network = fitted(examples_of(kept, questions, random.Random(1)), settings)
    encoder = load_packaged_encoder(settings)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    tried = examples_of(left, questions, random.Random(2))
    random.Random(3).shuffle(tried)
    for example in tried[:1500]:
        words = [m.span() for m in WORD.finditer(example.text)]
        odds = network.odds(encoder.encode_words(example.text, words, layers=LAYERS)).tolist()
        kind = "phrases never seen around it" if any(example.outside) else "a question alone"
        outside = {n for first, last in cut(example.text, words, odds) for n in range(first, last)}
        total[kind] += 1
        right[kind] += outside == {n for n, each in enumerate(example.outside) if each}
    for kind, count in total.items():
        print(f"{kind}: cut exactly {right[kind] / count:.3f} of {count}")


if __name__ == "__main__":
    raise SystemExit(main())
