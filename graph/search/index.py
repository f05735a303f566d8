"""Passages by meaning and by words: the index of a build, asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import read_json
from graph.builds.manifest import REMEDY
from graph.errors import DamagedWorkspace, ModelUnavailable
from graph.search.document_heads import DocumentHead, Filters
from graph.search.hits import Hit, Place
from graph.search.passage_table import HEADS, TITLE, open_table
from graph.search.passages import are_alike
from graph.search.query_things import Things, open_things
from graph.search.ranking import MEANING, TERMS, WORDS, Ranked, of_documents, rank, spread
from graph.search.stems import marks, stems
from graph.settings import Settings
from graph.typed_json import from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Filters", "Hit", "PassageIndex", "Place", "open_index"]

CANDIDATES = 1_000  #: passages that each way of looking brings
RANKED_DECISIONS = 100  #: decisions whose passages are looked at, and as many as hits if that is more
WAYS: Mapping[str, frozenset[str]] = {
    "both": frozenset({"words", "meaning", "things"}),
    "words": frozenset({"words"}),
    "meaning": frozenset({"meaning"}),
    "words and things": frozenset({"words", "things"}),
    "words and meaning": frozenset({"words", "meaning"}),
}  #: the ways of looking of each `by`
PER_DOCUMENT = 3  #: passages of one decision among the hits
LOOKED_AT = 100  #: passages that hits are chosen from and grouped with, and so many for each hit if that is more:
LOOKED_AT_PER_HIT = 4
GATE = 4  #: power of the share of a query's words that a decision has, by which the thesaurus then counts less
FEW, FEW_SHARE = 3, 0.05  #: what stands in more decisions, and in a greater share of them, says nothing of any
LONGEST_QUERY = 1_000  #: characters that are looked at


class PassageIndex:
    """The passages of one build. Open it once and ask it often; it is only read."""

    def __init__(
        self, table: Any | None, heads: Sequence[DocumentHead], *, settings: Settings, model: str, folder: Path
    ) -> None:
        self._folder = folder
        self._table = table
        self._heads = heads
        self._settings = settings
        self._model = model
        self.note = ""  #: what people should know of the last search, e.g. that the model could not be loaded

    def search(self, text: str, limit: int = 10, filters: Filters | None = None, *, by: str = "both") -> list[Hit]:
        """Return the passages nearest to the text, best first.

        Args:
            text: words, or a question.
            limit: how many hits at most.
            filters: which decisions to look in.
            by: "both"; or, for comparison, only "words" as they stand, "meaning" by the model, "words and meaning", or
                "words and things" of the thesaurus.
        """
        query = " ".join(text[:LONGEST_QUERY].split())
        admitted = self._admitted(filters or Filters())
        wanted = frozenset(stems(query))
        self.note = ""
        if self._table is None or not wanted or not admitted:
            return []
        ranked, similar = self._ranked(query, admitted, WAYS[by], limit)
        return self._hits(ranked, limit, admitted, wanted, similar)

    def warm(self) -> None:
        """Load the model and the passages, so that the next search is quick."""
        self._things.warm()
        self.search("warm", limit=1)

    @cached_property
    def _rows(self) -> Mapping[str, dict[str, Any]]:
        names = ["id", "text", "section", "documents", "locators", "pages"]
        rows = self._table.to_arrow().select(names).to_pylist() if self._table is not None else []
        return {row["id"]: row for row in rows}

    @cached_property
    def _head_of(self) -> Mapping[str, DocumentHead]:
        return {head.name: head for head in self._heads}

    @cached_property
    def _documents(self) -> Mapping[str, Sequence[int]]:
        return {id: row["documents"] for id, row in self._rows.items()}

    def _admitted(self, filters: Filters) -> set[int]:
        return {number for number, head in enumerate(self._heads) if filters.admit(head)}

    @cached_property
    def _stems(self) -> Mapping[str, Sequence[str]]:
        return {id: stems(row["text"]) for id, row in self._rows.items()}

    @cached_property
    def _things(self) -> Things:
        decisions: list[list[tuple[Sequence[str], bool]]] = [[] for _ in self._heads]
        for row in self._rows.values():
            if len(row["documents"]) <= max(FEW, FEW_SHARE * len(self._heads)):
                for number in row["documents"]:
                    decisions[number].append((self._stems[row["id"]], row["section"] == TITLE))
        return open_things(decisions, self._settings, self._folder if self._model else None)

    @cached_property
    def _of_decision(self) -> Mapping[int, Sequence[str]]:
        passages: dict[int, list[str]] = defaultdict(list)
        for id, numbers in self._documents.items():
            for number in numbers:
                passages[number].append(id)
        return passages

    def _ranked(
        self, query: str, admitted: set[int], ways: frozenset[str], limit: int
    ) -> tuple[list[Ranked], Mapping[str, float]]:
        """Return passages, best first, and the cosines."""
        import numpy as np

        where = None if len(admitted) == len(self._heads) else _where(admitted)
        count = len(self._heads)
        vector = self._vector(query) if "meaning" in ways else None
        similar = self._by_meaning(vector, where) if vector is not None else {}
        found = self._by_words(query, where) if "words" in ways else {}
        if len(ways) == 1:
            alone = similar or found
            decisions = of_documents(alone, self._documents, count, least=None if similar else 0.0)
            return rank(decisions, _own(alone), self._documents), similar
        inside = np.isin(np.arange(count), list(admitted))
        shares = self._things.words.share(stems(query)) * inside
        words = shares**2 * of_documents(found, self._documents, count, least=0.0)
        decisions = WORDS * words + MEANING * of_documents(similar, self._documents, count)
        terms: tuple[str, ...] = ()
        if "things" in ways:
            said = self._things.said(query, vector)
            terms = said.terms
            # where a decision has the query's own words, they are what is meant
            unsaid = 1 - float(shares.max()) ** GATE
            decisions += TERMS * unsaid * said.sureness * spread(said.decisions * inside)
        best = sorted(admitted, key=lambda number: (-decisions[number], number))[: max(RANKED_DECISIONS, limit)]
        looked_at = [number for number in best if decisions[number] > 0]
        passages = dict.fromkeys(id for number in looked_at for id in self._of_decision.get(number, ()))
        own = _own(found, similar, self._things.count({id: self._stems[id] for id in passages}, terms))
        scores = {id: own.get(id, 0.0) for id in passages}
        return rank(decisions / (WORDS + MEANING + TERMS), scores, self._documents), similar

    def _by_words(self, words: str, where: str | None) -> dict[str, float]:
        from lancedb import query

        assert self._table is not None
        match: Any = query.MatchQuery
        asked = self._table.search(match(words, "text"), query_type="fts")
        return dict(_answer(asked, where, "_score"))

    def _by_meaning(self, vector: NDArray[np.float32], where: str | None) -> dict[str, float]:
        """Return cosines by passage id, best first."""
        assert self._table is not None
        asked = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        return {id: round(1 - distance, 4) for id, distance in _answer(asked, where, "_distance")}

    def _vector(self, query: str) -> NDArray[np.float32] | None:
        """Return the unit vector of the query, or None, with a note, where there is no model or no vector."""
        from graph.search.query_encoder import encode_query

        if not self._model:
            self.note = "no passage has a vector yet: found by words alone; ingest again to fill them in"
            return None
        try:
            if self._model != self._settings.model:
                raise ModelUnavailable(
                    f"this build was embedded by {self._model}; ingest again for {self._settings.model}"
                )
            return encode_query(query, self._settings)
        except ModelUnavailable as error:
            self.note = f"found by words alone: {error}"
            return None

    def _hits(
        self,
        ranked: Sequence[Ranked],
        limit: int,
        admitted: set[int],
        wanted: frozenset[str],
        similar: Mapping[str, float],
    ) -> list[Hit]:
        """Return hits, near-identical passages as one, and few from one decision."""
        hits: list[tuple[dict[str, Any], float, list[Place]]] = []
        taken: dict[str, int] = {}
        for one in ranked[: max(LOOKED_AT, LOOKED_AT_PER_HIT * limit)]:
            row = self._rows[one.passage]
            places = self._places(row, admitted)
            alike = next((hit for hit in hits if are_alike(hit[0]["text"], row["text"])), None)
            if alike:
                alike[2].extend(place for place in places if place not in alike[2])
            elif places and len(hits) < limit and taken.get(places[0].document, 0) < PER_DOCUMENT:
                taken[places[0].document] = taken.get(places[0].document, 0) + 1
                hits.append((row, one.score, places))
        return [self._hit(row, score, places, wanted, similar.get(row["id"])) for row, score, places in hits]

    def _places(self, row: Mapping[str, Any], admitted: set[int]) -> list[Place]:
        return [
            Place(head.decision, head.name, head.title, locator, page, head.source)
            for number, locator, page in zip(row["documents"], row["locators"], row["pages"], strict=True)
            if number in admitted and (head := self._heads[number])
        ]

    def _hit(
        self,
        row: Mapping[str, Any],
        score: float,
        places: Sequence[Place],
        wanted: frozenset[str],
        similarity: float | None,
    ) -> Hit:
        first = places[0]
        head = self._head_of[first.document]
        return Hit(
            decision=first.decision,
            document=first.document,
            title=first.title,
            locator=first.locator,
            passage=row["text"],
            score=round(score, 4),
            source=first.source,
            section=row["section"],
            page=first.page,
            body=head.body,
            signed=head.signed,
            marks=marks(row["text"], wanted),
            also=tuple(places[1:]),
            similarity=similarity,
        )


def open_index(folder: Path, *, settings: Settings, model: str) -> PassageIndex:
    """Return the index in a build's folder; `model` made its vectors.

    Raises:
        DamagedWorkspace: It cannot be opened.
    """
    table = open_table(folder)
    try:
        heads = tuple(from_json(DocumentHead, values) for values in read_json(folder / HEADS))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedWorkspace(f"{folder / HEADS}: damaged; {REMEDY}") from error
    return PassageIndex(table, heads, settings=settings, model=model, folder=folder)


def _own(*scores: Mapping[str, float]) -> dict[str, float]:
    """Return each passage's own score, 0 to 1: the mean of what each way of looking gives it, the best of each 1."""
    sums: dict[str, float] = defaultdict(float)
    for found in scores:
        best = max(found.values(), default=0.0)
        for id, score in found.items():
            sums[id] += max(score, 0.0) / best / len(scores) if best > 0 else 0.0
    return sums


def _where(documents: set[int]) -> str:
    return f"array_has_any(documents, [{', '.join(str(number) for number in sorted(documents))}])"


def _answer(asked: Any, where: str | None, score: str) -> list[tuple[str, float]]:
    if where:
        asked = asked.where(where, prefilter=True)
    rows = asked.select(["id", score]).limit(CANDIDATES).to_arrow()
    return list(zip(rows["id"].to_pylist(), rows[score].to_pylist(), strict=True))
