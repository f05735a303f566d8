"""The fund that a sum comes from: the funds that its words and its document name, as candidates with features."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Entity
from ingest.extract.choice import Option
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.document_funds import DocumentFunds, strength_of
from ingest.extract.slots.fund_names import FundMention, FundNames, is_aside
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of

_MOST = 7  #: candidates of a statement

Found = dict[Entity, list[str]]


class FundReader:
    """Makes the candidates for the fund of each statement of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self._names = FundNames(scope, names, lexicon)
        self._document = DocumentFunds(scope, self._names)

    def options(self, statement: Statement) -> list[Option[Entity | None]]:
        """Return an option for each fund that a sum may come from, and one for "no fund"."""
        about, found = self._about(statement), self._around(statement)
        is_said = any("F:sentence" in features for features in found.values())
        for entity, features in self._of_document(statement).items():
            if entity in found or len(found) < _MOST:
                _add(found, entity, features)
        for entity, features in found.items():
            where = "sentence" if "F:sentence" in features else "elsewhere"
            giver = self._giver(statement, entity)
            features += self._document.sums_since(entity, statement.place) if where == "elsewhere" else []
            features += [f"F:{where}|{word}" for word in (*about, *giver)]
            features += [f"F:previous|{word}" for word in giver if "F:previous" in features]
            features.append("F:known" if entity.verified else "F:new")
            features += ["F:another-in-sentence"] if is_said and where == "elsewhere" else []
        none = self._none(statement, about, is_said)
        ranked: list[tuple[Entity | None, list[str]]] = [(None, none), *found.items()]
        return [Option(entity, tuple(features)) for entity, features in ranked]

    def options_of_row(self, start: int) -> list[Option[Entity | None]]:
        """Return fund options for a table's row that names no fund; `start` is the row's offset."""
        found = self._named_before(start)
        for entity, features in found.items():
            features += ["F:elsewhere|list", "F:known" if entity.verified else "F:new"]
            features += self._document.sums_since(entity, start)
        none = ["F:none", "F:none|list", *self._none_of_document()]
        ranked: list[tuple[Entity | None, list[str]]] = [(None, none), *found.items()]
        return [Option(entity, tuple(features)) for entity, features in ranked]

    def _none(self, statement: Statement, about: Sequence[str], is_said: bool) -> list[str]:
        return [
            "F:none",
            f"F:none|{statement.origin.name}",
            *(["F:none|said"] if is_said else []),
            *(f"F:none|{word}" for word in about),
            *self._none_of_document(),
        ]

    def _none_of_document(self) -> list[str]:
        funds = self._document.features.values()
        titled = any("F:document|title" in features for features in funds)
        return [f"F:none|funds={min(len(funds), 2)}", *(["F:none|titled"] if titled else [])]

    # -- the statement -------------------------------------------------------------------------------------------

    def _around(self, statement: Statement) -> Found:
        """Return the funds that the sentence, its lead-in, the sentence before or its heading names, with features."""
        found: Found = {}
        mentions = self._names.find(statement.text)
        sums = [index for index, token in enumerate(statement.parse.tokens) if token.money is not None]
        turn = sums.index(statement.at) if len(sums) == len(mentions) > 1 else None
        for index, mention in enumerate(mentions):
            features = self._of_sentence(statement, mention)
            features += ["F:sentence|in-turn"] if index == turn else []
            _add(found, self._document.same(mention.entity), features)
        goes_on = plain_word(statement.text.split()[0]) in load_thing_words()["goes-on"]
        for name, text in (
            ("lead", statement.lead.parse.text if statement.lead else ""),
            ("previous", statement.previous.text if statement.previous else ""),
            ("section", statement.block.section),
        ):
            for mention in self._names.find(text):
                if is_aside(text, mention):
                    continue
                features = [f"F:{name}", f"F:{name}|{strength_of(mention)}"]
                features += ["F:previous|goes-on"] if name == "previous" and goes_on else []
                _add(found, self._document.same(mention.entity), features)
        return found

    def _of_sentence(self, statement: Statement, mention: FundMention) -> list[str]:
        parse = statement.parse
        low, high = sorted((mention.start, statement.token.start))
        crossed = min(sum(token.money is not None and low < token.start < high for token in parse.tokens), 2)
        side = "before" if mention.start < statement.token.start else "after"
        indexes = [
            index
            for index, token in enumerate(parse.tokens)
            if token.name is not None and token.start < mention.end and mention.start < token.end
        ]
        role = role_of(parse, indexes[0], statement.at, statement.governor) if indexes else mention.role
        return [
            "F:sentence",
            f"F:sentence|{role}",
            f"F:sentence|{mention.role}.",
            f"F:sentence|{side}|sums={crossed}",
            f"F:sentence|{strength_of(mention)}",
        ]

    def _about(self, statement: Statement) -> list[str]:
        """Return features of the sentence apart from names: the body's own money, an entry of a list."""
        groups = load_thing_words()
        words = [plain_word(word) for word in statement.text.split()]
        found = [] if groups["own-money"].isdisjoint(words) else ["own-money"]
        if statement.list_key is not None:
            found.append("list")
        return found

    def _giver(self, statement: Statement, entity: Entity) -> list[str]:
        """Return features for whether the sentence names the giver of a fund, or another giver."""
        giver = self.scope.giver_of(entity)
        named = [token.name.entity for token in statement.parse.tokens if token.name is not None]
        if giver is None:
            return []
        if giver in named:
            return ["giver-said"]
        return ["another-gives"] if any(self.scope.gives(one) for one in named) else []

    # -- the document --------------------------------------------------------------------------------------------

    def _of_document(self, statement: Statement) -> Found:
        return self._named_before(statement.start, statement.block.start)

    def _named_before(self, start: int, block: int | None = None) -> Found:
        found = {entity: list(features) for entity, features in self._document.features.items()}
        place = self._document.nearest(start)
        if place is not None:
            where = "F:nearest|block" if block is not None and place.start >= block else "F:nearest"
            found.setdefault(self._document.same(place.mention.entity), []).append(where)
        return found


def _add(found: Found, entity: Entity, features: Sequence[str]) -> None:
    own = found.setdefault(entity, [])
    own.extend(feature for feature in features if feature not in own)
