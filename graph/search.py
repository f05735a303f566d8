"""Passages by meaning and by words: the index of a build, asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.archive import read_json
from graph.document_heads import DocumentHead, Filters
from graph.errors import DamagedWorkspace, ModelUnavailable
from graph.manifest import REMEDY
from graph.passage_table import HEADS, open_table
from graph.passages import are_alike
from graph.ranking import Ranked, RankedList, added, fuse
from graph.settings import Settings
from graph.stems import marks, stems
from graph.thesaurus import all_meanings, meanings
from graph.typed_json import from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Filters", "Hit", "PassageIndex", "Place", "open_index"]

CANDIDATES = 100  #: passages that each way of looking brings
PER_DOCUMENT = 3  #: passages of one decision among the hits
LOOKED_AT = 100  #: passages that hits are chosen from and grouped with, and so many for each hit if that is more:
LOOKED_AT_PER_HIT = 4
LONGEST_QUERY = 1_000  #: characters that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    decision: str | None
    document: str
    title: str
    locator: str
    page: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the first place it stands in."""

    decision: str | None
    document: str
    title: str
    locator: str
    passage: str
    score: float  #: 0 to 1, for the order only
    source: str | None
    section: str
    page: int | None
    body: str | None
    signed: str | None
    marks: tuple[tuple[int, int], ...]  #: (start, end) of the query's words in the passage
    also: tuple[Place, ...]  #: where else these words stand, or nearly these
    similarity: float | None  #: cosine of the meanings; None where the model was not asked

    @property
    def decisions(self) -> int:
        """How many documents hold the passage."""
        return 1 + len({place.document for place in self.also} - {self.document})

    def to_json(self) -> dict[str, Any]:
        """Return the hit in the contract's shape, with what else is known."""
        names = ("decision", "document", "title", "locator", "passage", "score", "source", "section", "page", "body")
        values = {name: getattr(self, name) for name in (*names, "signed", "similarity", "decisions")}
        return {**values, "marks": [list(mark) for mark in self.marks], "also": [place.document for place in self.also]}


class PassageIndex:
    """The passages of one build. Open it once and ask it often; it is only read."""

    def __init__(self, table: Any | None, heads: Sequence[DocumentHead], *, settings: Settings, model: str) -> None:
        self._table = table
        self._heads = heads
        self._settings = settings
        self._model = model
        self._stems: dict[str, frozenset[str]] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}  #: of the thesaurus's terms
        self.note = ""  #: what people should know of the last search, e.g. that the model could not be loaded

    def search(
        self, text: str, limit: int = 10, filters: Filters | None = None, *, by: str = "both"
    ) -> list[Hit]:
        """Return the passages nearest to the text, best first.

        Args:
            text: words, or a question.
            limit: how many hits at most.
            filters: which decisions to look in.
            by: "both", or only "words" (as they stand) or "meaning" (by the model), for comparison.
        """
        query = " ".join(text[:LONGEST_QUERY].split())
        admitted = self._admitted(filters or Filters())
        if self._table is None or not stems(query) or not admitted:
            return []
        where = None if len(admitted) == len(self._heads) else _where(admitted)
        lists, similar = self._lists(query, where, by)
        wanted = frozenset(stems(query))
        return self._hits(fuse(lists, self._documents), limit, admitted, wanted, similar)

    def warm(self) -> None:
        """Load the model and the passages, so that the next search is quick."""
        self._by_meaning("warm", [", ".join(terms) for terms in all_meanings(self._settings.data)], None)
        for id in self._rows:
            self._stems_of(id)
        self.search("warm", limit=1)

    @cached_property
    def _rows(self) -> Mapping[str, dict[str, Any]]:
        names = ["id", "text", "section", "documents", "locators", "pages"]
        rows = self._table.to_arrow().select(names).to_pylist() if self._table is not None else []
        return {row["id"]: row for row in rows}

    @cached_property
    def _documents(self) -> Mapping[str, Sequence[int]]:
        return {id: row["documents"] for id, row in self._rows.items()}

    def _admitted(self, filters: Filters) -> set[int]:
        return {number for number, head in enumerate(self._heads) if filters.admit(head)}

    def _lists(self, query: str, where: str | None, by: str) -> tuple[list[RankedList], Mapping[str, float]]:
        """Return what each way of looking found, and the cosines."""
        if by == "words":
            return [RankedList(self._by_words(query, where))], {}
        said = meanings(query, self._settings.data) if by == "both" else ()
        things = [", ".join(terms) for terms in said]
        similar = self._by_meaning(query, things, where)
        if by == "meaning":
            return [RankedList(similar)], similar
        found = self._by_words(query, where)
        lists = [RankedList(similar), RankedList(found, trust=self._trust(query, found))]
        if things:
            lists.append(RankedList(added([self._by_words(thing, where) for thing in things])))
        return lists, similar

    def _trust(self, query: str, found: Mapping[str, float]) -> dict[str, float]:
        """Return how much of the query's words each passage has, squared: a single chance word says little."""
        wanted = set(stems(query))
        shares = {id: len(wanted & self._stems_of(id)) / len(wanted) for id in found}
        return {id: share * share for id, share in shares.items()}

    def _stems_of(self, id: str) -> frozenset[str]:
        if id not in self._stems:
            self._stems[id] = frozenset(stems(self._rows[id]["text"]))
        return self._stems[id]

    def _by_words(self, words: str, where: str | None) -> dict[str, float]:
        from lancedb import query

        assert self._table is not None
        match: Any = query.MatchQuery
        asked = self._table.search(match(words, "text"), query_type="fts")
        return {row["id"]: row["_score"] for row in _answer(asked, where, "_score")}

    def _by_meaning(self, query: str, things: Sequence[str], where: str | None) -> dict[str, float]:
        """Return cosines by passage id, best first; nothing where there is no model or no vector."""
        assert self._table is not None
        self.note = ""
        if not self._model:
            self.note = "no passage has a vector yet: found by words alone; ingest again to fill them in"
            return {}
        try:
            vector = self._vector(query, things)
        except ModelUnavailable as error:
            self.note = f"found by words alone: {error}"
            return {}
        asked = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        return {row["id"]: round(1 - row["_distance"], 4) for row in _answer(asked, where, "_distance")}

    def _vector(self, query: str, things: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vector of the query, half-way to the field's terms for it where there are any."""
        import numpy as np

        from graph.embedding import load_encoder

        if self._model != self._settings.model:
            raise ModelUnavailable(f"this build was embedded by {self._model}; ingest again for {self._settings.model}")
        encoder = load_encoder(self._settings)
        new = [thing for thing in things if thing not in self._vectors]
        made = encoder.encode([query, *new])
        self._vectors.update(zip(new, made[1:], strict=True))
        if not things:
            return np.asarray(made[0])
        terms = _unit(np.sum([self._vectors[thing] for thing in things], axis=0))
        return _unit(made[0] + terms)

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
        head = next(head for head in self._heads if head.name == first.document)
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
    return PassageIndex(table, heads, settings=settings, model=model)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    length = float((vector * vector).sum()) ** 0.5
    return np.asarray(vector / length, dtype=np.float32) if length else vector


def _where(documents: set[int]) -> str:
    return f"array_has_any(documents, [{', '.join(str(number) for number in sorted(documents))}])"


def _answer(asked: Any, where: str | None, score: str) -> list[dict[str, Any]]:
    if where:
        asked = asked.where(where, prefilter=True)
    rows: list[dict[str, Any]] = asked.select(["id", score]).limit(CANDIDATES).to_list()
    return rows
