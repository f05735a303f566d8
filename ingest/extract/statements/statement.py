"""A statement: one sum in its sentence, list entry or row, with its lead-in and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Entity, Evidence
from graph.parse.money import MoneyMention
from ingest.document import Block
from ingest.extract.words.clauses import Governor, Parse
from ingest.extract.words.sections import Origin
from ingest.extract.words.tokens import Token


@dataclass(frozen=True, slots=True)
class Label:
    """The words that stand alone beside a sum, as in "NAME - £N", and the entity that they name."""

    words: str
    entity: Entity
    before: bool  #: the label stands before its sum
    rest: str = ""  #: words after a dash or in brackets: what the money is for


@dataclass(frozen=True, slots=True)
class Lead:
    """The parsed sentence that leads up to a list; its names may be the payer or the purpose of the entries."""

    parse: Parse
    governor: Governor | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sum with the words around it. It holds no choices: `slots` makes them."""

    parse: Parse
    at: int  #: index of the sum among the tokens
    money: MoneyMention
    governor: Governor | None
    block: Block
    start: int  #: offset of the sentence in Document.text
    origin: Origin
    label: Label | None = None
    lead: Lead | None = None
    previous: Parse | None = None
    list_key: int | None = None  #: entries of one list have the same; they never are one sum
    entries: int = 0  #: how many entries the list has
    is_quoted: bool = False  #: inside somebody's speech
    earlier: tuple[Parse, ...] = ()  #: sentences before `previous`, nearest first
    heading: Parse | None = None  #: the heading that it stands under
    parent: int | None = None  #: index of the sum that this one is a part of: "£5 to X (£2 in 2020, £3 in 2021)"

    @property
    def text(self) -> str:
        """The sentence."""
        return self.parse.text

    @property
    def token(self) -> Token:
        """The token of the sum."""
        return self.parse.tokens[self.at]

    @property
    def place(self) -> int:
        """The offset of the sum in Document.text."""
        return self.start + self.token.start

    @property
    def before(self) -> str:
        """The words before the sum, back to the previous sum or the start of the clause."""
        floor = max(
            (
                token.end
                for index, token in enumerate(self.parse.tokens[: self.at])
                if token.money is not None or self.parse.clause[index] != self.parse.clause[self.at]
            ),
            default=0,
        )
        return self.text[floor : self.token.start]

    @property
    def after(self) -> str:
        """The words after the sum, up to the next sum or clause."""
        for index in range(self.at + 1, len(self.parse.tokens)):
            token = self.parse.tokens[index]
            if token.money is not None or self.parse.clause[index] != self.parse.clause[self.at]:
                return self.text[self.token.end : token.start]
        return self.text[self.token.end :]

    @property
    def evidence(self) -> Evidence:
        """The sentence as evidence."""
        text = self.text
        lead = len(text) - len(text.lstrip())
        quote = text.strip()
        begin = self.start + lead
        return Evidence(self.block.locator, quote, self.block.page, begin, begin + len(quote))
