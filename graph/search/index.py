"""The search index of a build: its passages by meaning and by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ModelUnavailable
from graph.search import embedding
from graph.search.document_heads import DocumentHead, Filters
from graph.search.document_words import TITLE_COUNTS, DocumentWords
from graph.search.hits import Hit, Place
from graph.search.passage_table import MANY, where_in
from graph.search.passage_vectors import open_table
from graph.search.passages import are_alike
from graph.search.passages_held import HeldPassages, read_heads, read_passages, read_stems
from graph.search.query_things import Things, open_things
from graph.search.ranges import ranges_at
from graph.search.ranking import (
    MEANING,
    TERMS,
    WORDS,
    Found,
    Ranked,
    best_of,
    candidates,
    no_passages,
    of_documents,
    of_passages,
    rank,
    spread,
)
from graph.search.stems import marks, stems
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]  #: by number of the decisions, or by row of the passages

__all__ = ["Filters", "Hit", "PassageIndex", "Place", "open_index"]

CANDIDATES, OF_MANY = 1_000, 400  #: passages that each way of looking brings, and where vectors are indexed
PROBES = 80  #: parts of the index of vectors that are looked at, of some eight thousand passages each
LISTED = 2_000  #: passages that a condition names; where filters admit more, as many more are looked for and sorted out
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
    """The passages of one build, to be searched. Open it once and search it often; it is only read."""

    def __init__(
        self, table: Any | None, heads: Sequence[DocumentHead], *, settings: Settings, model: str, folder: Path
    ) -> None:
        self._folder = folder
        self._table = table
        self._heads = heads
        self._settings = settings
        self._model = model
        self._holding: dict[str, Mapping[str, list[int]]] = {}
        self.note = ""  #: what people should know of the last search, e.g. that the model could not be loaded

    def search(self, text: str, limit: int = 10, filters: Filters | None = None, *, by: str = "both") -> list[Hit]:
        """Return the passages nearest to the text, best first.

        Args:
            text: Words, or a question.
            limit: The largest number of hits.
            filters: The decisions to look in; None for all.
            by: "both"; for comparisons also "words" as they stand, "meaning" by the model, "words and meaning", or
                "words and
                things" of the thesaurus.
        """
        encodable = text[:LONGEST_QUERY].encode("utf-8", "replace").decode()  # a command line may hold any bytes
        query = " ".join(encodable.split())
        admitted = self._admitted(filters or Filters())
        wanted = frozenset(stems(query))
        self.note = ""
        if self._table is None or not wanted or not admitted.any():
            return []
        ranked, similar = self._ranked(query, admitted, WAYS[by], limit)
        return self._hits(ranked, limit, admitted, wanted, similar)

    @property
    def record_types(self) -> frozenset[str]:
        """The types of the records in the index."""
        return frozenset(head.record_type for head in self._heads)

    def warm(self) -> None:
        """Load the model and the passages, so that the next search is quick."""
        self._things.warm()
        self.search("warm", limit=1)

    @cached_property
    def _held(self) -> HeldPassages:
        assert self._table is not None
        return read_passages(self._folder, self._table, [head.name for head in self._heads])

    def _admitted(self, filters: Filters) -> Mask:
        """Return a mask over the decisions: True for those that pass every filter."""
        import numpy as np

        admitted = np.ones(len(self._heads), dtype=np.bool_)
        for field, name in filters.wanted().items():
            holding = np.zeros(len(self._heads), dtype=np.bool_)
            holding[self._with(field).get(name, [])] = True
            admitted &= holding
        return admitted

    def _with(self, field: str) -> Mapping[str, list[int]]:
        """Return the numbers of the decisions whose heads hold each name, in lower case, in a field."""
        if field not in self._holding:
            holding: dict[str, list[int]] = defaultdict(list)
            for number, head in enumerate(self._heads):
                held: str | tuple[str, ...] = getattr(head, field)
                for name in [held.casefold()] if isinstance(held, str) else held:
                    holding[name].append(number)
            self._holding[field] = holding
        return self._holding[field]

    @cached_property
    def _things(self) -> Things:
        import numpy as np

        held, count = self._held, len(self._heads)
        counts = np.where(held.titles(), TITLE_COUNTS, 1)
        counts[np.diff(held.decisions.starts) > max(FEW, FEW_SHARE * count)] = 0
        words = DocumentWords(read_stems(self._table, held), counts, held.decisions, count)
        return open_things(words, self._settings, self._folder if self._model else None)

    def _ranked(self, query: str, admitted: Mask, ways: frozenset[str], limit: int) -> tuple[list[Ranked], Found]:
        """Return the passages, best first, and the cosines of the nearest."""
        import numpy as np

        held = self._held
        among = None if admitted.all() else held.in_any(admitted)
        vector = self._vector(query) if "meaning" in ways else None
        similar = self._by_meaning(vector, among) if vector is not None else no_passages()
        found = self._by_words(query, among) if "words" in ways else no_passages()
        if len(ways) == 1:
            alone, least = (similar, None) if len(similar.rows) else (found, 0.0)
            rows = np.sort(alone.rows)
            return self._rank(self._scores(alone, least), rows, _own(rows, alone), limit), similar
        shares = self._things.words.share(stems(query)) * admitted
        decisions = WORDS * (shares**2 * self._scores(found, 0.0)) + MEANING * self._scores(similar)
        terms: tuple[str, ...] = ()
        if "things" in ways:
            said = self._things.said(query, vector)
            terms = said.terms
            # where a decision has the query's own words, they are what is meant
            unsaid = 1 - float(shares.max()) ** GATE
            decisions += TERMS * unsaid * said.sureness * spread(said.decisions * admitted)
        looked_at = np.asarray(best_of(decisions * admitted, max(RANKED_DECISIONS, limit)), dtype=np.int64)
        rows = np.unique(ranges_at(held.of_decision, looked_at)[0])
        own = _own(rows, found, similar, Found(rows, self._things.words.terms_in(rows, terms)))
        return self._rank(decisions / (WORDS + MEANING + TERMS), rows, own, limit), similar

    def _scores(self, found: Found, least: float | None = None) -> NDArray[np.float64]:
        """Return one score for each decision, 0 to 1, by the passages that were found."""
        places = ranges_at(self._held.decisions, found.rows)
        return of_documents(found.scores, places, len(self._heads), least=least)

    def _rank(
        self, decisions: NDArray[np.float64], rows: NDArray[np.int64], own: NDArray[np.float64], limit: int
    ) -> list[Ranked]:
        """Return the best passages of some rows, best first, equal ones by id: as many as hits are chosen from."""
        most = max(LOOKED_AT, LOOKED_AT_PER_HIT * limit)
        scores = of_passages(decisions, own, ranges_at(self._held.decisions, rows))
        best = candidates(scores, most)
        return rank(scores[best], rows[best], self._held.ids(rows[best]))[:most]

    def _by_words(self, words: str, among: Mask | None) -> Found:
        from lancedb import query

        assert self._table is not None
        if len(self._held) >= MANY:  # where a word stands in so many, finding them all takes most of the time
            words = self._things.words.rare_in(words, FEW_SHARE)
        match: Any = query.MatchQuery
        asked = self._table.search(match(words, "text"), query_type="fts")
        return self._answer(asked, among, "_score")

    def _by_meaning(self, vector: NDArray[np.float32], among: Mask | None) -> Found:
        """Return the passages nearest to a query's vector, with their cosines."""
        assert self._table is not None
        asked = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        # the candidates of an approximate index are compared again by their whole vectors
        found = self._answer(asked.nprobes(PROBES).refine_factor(1), among, "_distance")
        return Found(found.rows, (1 - found.scores).round(4))

    def _answer(self, asked: Any, among: Mask | None, score: str) -> Found:
        """Return the best passages of a query to the table; `among` is a mask over the rows."""
        held, most = self._held, CANDIDATES if len(self._held) < MANY else OF_MANY
        wanted = most
        if among is not None:
            rows = among.nonzero()[0]
            if len(rows) <= LISTED:
                asked = asked.where(where_in("id", held.ids(rows)), prefilter=True)
                among = None
            else:
                wanted = most * len(among) // len(rows) * 2
        while True:
            # the numbers of rows are at hand in an index; any other column would be read from as many places
            answer = asked.select([score]).with_row_id(True).limit(wanted).to_arrow()
            rows, scores = held.rows(answer["_rowid"].to_numpy()), answer[score].to_numpy().astype(float)
            if among is None:
                return Found(rows, scores)
            kept = among[rows].nonzero()[0]
            if len(kept) >= most or len(rows) < wanted:
                return Found(rows[kept[:most]], scores[kept[:most]])
            wanted *= 4

    def _vector(self, query: str) -> NDArray[np.float32] | None:
        """Return the unit vector of a query; if there is none, return None and say why in `note`."""
        from graph.search.embedding import encode_query

        if not self._model:
            lacks = embedding.why_unavailable(self._settings)
            remedy = f": {lacks}; then ingest again" if lacks else "; ingest again to fill them in"
            self.note = f"found by words alone, since no passage has a vector yet{remedy}"
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
        self, ranked: Sequence[Ranked], limit: int, admitted: Mask, wanted: frozenset[str], similar: Found
    ) -> list[Hit]:
        """Return the hits: near-identical passages are joined, and one decision gets only a few."""
        hits: list[tuple[str, float, list[Place], int]] = []
        taken: dict[str, int] = {}
        for one in ranked:
            text = self._held.text(one.row)
            alike = next((hit for hit in hits if are_alike(hit[0], text)), None)
            if alike is None and len(hits) == limit:
                continue  # its places, which may be thousands, are not looked up
            places = self._places(one.row, admitted)
            if alike:
                alike[2][:] = dict.fromkeys([*alike[2], *places])
            elif places and taken.get(places[0].document, 0) < PER_DOCUMENT:
                taken[places[0].document] = taken.get(places[0].document, 0) + 1
                hits.append((text, one.score, places, one.row))
        cosines = dict(zip(similar.rows.tolist(), similar.scores.tolist(), strict=True))
        return [
            self._hit(text, self._held.section(row), score, places, wanted, cosines.get(row))
            for text, score, places, row in hits
        ]

    def _places(self, row: int, admitted: Mask) -> list[Place]:
        return [
            Place(head.decision, head.name, head.title, locator, page, head.source)
            for number, locator, page in self._held.places(row)
            if admitted[number] and (head := self._heads[number])
        ]

    @cached_property
    def _head_of(self) -> Mapping[str, DocumentHead]:
        return {head.name: head for head in self._heads}

    def _hit(
        self,
        text: str,
        section: str,
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
            passage=text,
            score=round(score, 4),
            source=first.source,
            section=section,
            page=first.page,
            body=head.body,
            signed=head.signed,
            marks=marks(text, wanted),
            also=tuple(places[1:]),
            similarity=similarity,
        )


def open_index(folder: Path, *, settings: Settings, model: str) -> PassageIndex:
    """Return the index in a build's folder; `model` is the model that made its vectors.

    Raises:
        DamagedWorkspace: The index cannot be opened.
    """
    table = open_table(folder)
    return PassageIndex(table, read_heads(folder), settings=settings, model=model, folder=folder)


def _own(rows: NDArray[np.int64], *ways: Found) -> NDArray[np.float64]:
    """Return the own score, 0 to 1, of the passages in some rows, which are in order.

    It is the mean over the ways of searching, each scaled so that its best is 1.
    """
    import numpy as np

    own = np.zeros(len(rows))
    for found in ways:
        best = found.scores.max(initial=0.0)
        if best > 0 and len(rows):
            at = np.minimum(np.searchsorted(rows, found.rows), len(rows) - 1)
            here = rows[at] == found.rows
            own[at[here]] += np.maximum(found.scores[here], 0.0) / best / len(ways)
    return own
