"""Rankings fused: passages found by meaning and by words become one order of decisions and of their passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

RANK_CONSTANT = 60  #: of reciprocal rank fusion, as Cormack, Clarke and Büttcher (2009) have it
OWN = 0.05  #: share of a passage's own place in its score; the rest is its decision's
SHARES = (1.0, 0.3, 0.1)  #: how much a decision's best, second and third passage in a list count


@dataclass(frozen=True, slots=True)
class RankedList:
    """Passages that one way of looking found, best first."""

    scores: Mapping[str, float]  #: by passage id, best first; above 0
    weight: float = 1.0
    trust: Mapping[str, float] = field(default_factory=dict)  #: by passage id, 0 to 1; 1 where not given

    def trust_of(self, passage: str) -> float:
        """Return how far this list's place for a passage is to be trusted."""
        return self.trust.get(passage, 1.0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its place in the whole."""

    passage: str
    score: float  #: 0 to 1; 1: first in every list, in a decision that is first in every list


def fuse(lists: Sequence[RankedList], documents: Mapping[str, Sequence[int]]) -> list[Ranked]:
    """Return the passages of all lists, best first.

    Each list ranks passages, and decisions by their three best passages; both rankings are fused by reciprocal rank.
    A passage's score is mostly its decisions' mean, so that the order is one of decisions and what stands in all of
    them comes last, and partly its own.

    Args:
        lists: what each way of looking found.
        documents: the decisions that a passage stands in, by passage id.
    """
    by_passage: dict[str, float] = defaultdict(float)
    by_document: dict[int, float] = defaultdict(float)
    for ranked in lists:
        for rank, passage in enumerate(ranked.scores, start=1):
            by_passage[passage] += ranked.weight * ranked.trust_of(passage) / (RANK_CONSTANT + rank)
        for rank, (document, trust) in enumerate(_documents(ranked, documents), start=1):
            by_document[document] += ranked.weight * trust / (RANK_CONSTANT + rank)
    best = sum(ranked.weight for ranked in lists) / (RANK_CONSTANT + 1)
    return sorted(
        (
            Ranked(passage, (OWN * score + (1 - OWN) * fmean(by_document[d] for d in documents[passage])) / best)
            for passage, score in by_passage.items()
        ),
        key=lambda ranked: (-ranked.score, ranked.passage),
    )


def added(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the sums of several lists' scores, best first; the best of each list is 1, so what has all comes first."""
    sums: dict[str, float] = defaultdict(float)
    for scores in found:
        best = max(scores.values(), default=1.0)
        for passage, score in scores.items():
            sums[passage] += score / best
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _documents(ranked: RankedList, documents: Mapping[str, Sequence[int]]) -> Iterable[tuple[int, float]]:
    """Return the decisions of a list, best first, each with its most trusted passage's trust."""
    scores: dict[int, list[float]] = defaultdict(list)
    trust: dict[int, float] = defaultdict(float)
    for passage, score in ranked.scores.items():
        for document in documents[passage]:
            scores[document].append(score)
            trust[document] = max(trust[document], ranked.trust_of(passage))
    sums = {document: sum(a * b for a, b in zip(SHARES, found, strict=False)) for document, found in scores.items()}
    return [(document, trust[document]) for document in sorted(sums, key=lambda document: (-sums[document], document))]
