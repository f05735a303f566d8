"""Features of the place where a name stands: its role to a verb, the money near it, the words of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import EntityKind, Evidence
from ingest.document import Block
from ingest.extract.awards.named import named_in
from ingest.extract.statements.statement import Lead
from ingest.extract.words.clauses import Governor, Parse, governor_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import role_of
from ingest.extract.words.sections import origin_of
from ingest.extract.words.tokens import Sort, Token

_SHARED = re.compile(
    r"\b(?:in all|in total|altogether|between|among(?:st)?|shar(?:e|es|ed|ing)|divided|split|combined|pot of)\b", re.I
)  #: "£15,000 in all", "£340,000 shared by": one sum for several, so that each has none of its own
_HANDED = ("awarded", "let", "given", "offered", "handed", "granted")  #: "the contract was let to X"
_FEWEST_ITEMS = 3
_ARTICLES = ("the", "a", "an", "its", "their", "both")
_BESIDE = 5  #: words between a name and "provider"
_MEMBER = re.compile(
    r"\b(?:is|are|was|were|being)\s+(?:also\s+|now\s+|both\s+|all\s+)?"
    r"(?:among|one of|another|some of|two of|the latest|the first)\b"
    r"|\b(?:among|one of|some of)\s+(?:them|these|those|the)\b|\bthese are\b",
    re.I,
)  #: "X and Y are among the groups that were chosen"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of some words: their evidence, their block, and the sentence that leads up to their list."""

    evidence: Evidence
    block: Block | None = None  #: None for the title
    lead: Lead | None = None
    form: str = ""  #: "entry" of a list, "column" of a table; "" for a sentence
    opens: bool = False  #: it is the first name of a list entry that is a sentence


class PlaceFeatures:
    """Makes the features of places in sentences, list entries, titles and cells."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def of_role(self, parse: Parse, index: int, governor: Governor | None) -> list[str]:
        """Return the features of a name's role to its governing verb and noun, and of the words beside it."""
        money = self._money_of(parse, index, governor)
        noun = self._noun_before(parse, index)
        is_behind = noun and governor is not None and governor.index > index
        if governor is not None and is_behind and role_of(parse, index, governor.index, governor).startswith("far"):
            governor = None  # "grants to X, a charity that supports victims": the verb is of another clause
        found = [f"clause={money}"]
        if self._owns_money(parse, index):
            found.append("owns-money")
        if self._is_beside(parse, index, "provider-noun"):
            found.append("provider")
        after = parse.tokens[index + 1].text.lower() if index + 1 < len(parse.tokens) else ""
        if self.lexicon.is_in("hire-noun", after):
            found.append("owns-contract")
        if parse.text[: parse.tokens[index].start].endswith(("'", "‘", "“", '"')):
            found.append("quoted")
        found += ["appointed"] if self._is_appointed(parse, index) else []
        found += self._list_of(parse, index)
        found += self._item_of(parse, index)
        if governor is None:
            return [*found, "no-verb", *([f"noun={noun}|no-verb"] if noun else [])]
        role = role_of(parse, index, governor.index, governor)
        role = "subject" if role in ("beside", "bracket", "label") else role
        sort = self._sort_of(parse, governor.index)
        frame = self.lexicon.frames.get((governor.key, role)) or self.lexicon.frames.get(("", role), "none")
        voice = "passive" if governor.passive else "active"
        found += [
            f"frame={frame}|{sort}|{money}",
            f"frame={frame}|{sort}",
            f"role={role}|{sort}.{voice}",
            f"role={role}",
        ]
        if noun:
            found += [f"noun={noun}", f"noun={noun}|{role.removeprefix('far.')}"]
        if governor.inherited or role.startswith("far"):
            found.append("loose")
        return found

    def _is_appointed(self, parse: Parse, index: int) -> bool:
        """Return True for "X is commissioned to run", "X appointed as provider", "to appoint X", "awarded to X"."""
        tokens = parse.tokens
        before = [one for one in tokens[max(0, index - 3) : index] if one.text.lower() not in _ARTICLES]
        if before and before[-1].sort is Sort.VERB and self._is_hiring(before[-1]):
            return True
        if len(before) > 1 and before[-1].text.lower() == "to" and before[-2].text.lower() in _HANDED:
            return all(one.money is None for one in tokens[max(0, index - 8) : index])
        behind = [one for one in tokens[index + 1 : index + 6] if one.sort not in (Sort.AUXILIARY, Sort.BRACKET)]
        return (
            len(behind) > 1
            and self._is_hiring(behind[0])
            and behind[0].text.lower().endswith(("ed", "en"))
            and behind[1].text.lower() in ("to", "as", "for")
        )

    def _is_hiring(self, token: Token) -> bool:
        return token.verb is not None and token.verb.verb_class == "hire" and not token.verb.is_gerund

    def _item_of(self, parse: Parse, index: int) -> list[str]:
        """Return a feature if a name opens an item of an enumeration of three or more, or stands inside one."""
        items = [at for at, _ in named_in(parse, self.lexicon) if self._opens_item(parse, at)]
        if len(items) < _FEWEST_ITEMS or index < items[0] - 1:
            return []
        return ["item" if self._opens_item(parse, index) else "inside"]

    def _opens_item(self, parse: Parse, index: int) -> bool:
        """Return True for a name after a comma, "and", a semicolon or a colon, with at most an article between."""
        before = [one for one in parse.tokens[max(0, index - 3) : index] if one.text.lower() not in _ARTICLES]
        return bool(before) and (before[-1].sort in (Sort.COMMA, Sort.AND) or before[-1].text.strip() in (";", ":"))

    def _main_verb(self, parse: Parse) -> str:
        """Return what the first verb of money in a sentence does, such as "give"; "other" if there is none."""
        sorts = [self._sort_of(parse, at) for at, token in enumerate(parse.tokens) if token.sort is Sort.VERB]
        return next((sort for sort in sorts if sort in ("give", "fund", "hire", "extend")), "other")

    def _sort_of(self, parse: Parse, at: int) -> str:
        """Return what a verb does to an award, in one word: "give", "fund", "hire", "extend", "deliver" or "other"."""
        verb = parse.tokens[at].verb
        assert verb is not None
        return next(
            (sort for sort in ("give", "extend", "deliver") if verb.lemma in self.lexicon.groups[f"award-{sort}"]),
            verb.verb_class if verb.verb_class in ("fund", "hire", "ask") else "other",
        )

    def _money_of(self, parse: Parse, index: int, governor: Governor | None) -> str:
        """Return "priced" or "shared" beside a sum of one or of several, "moneyed" beside words of money, or "bare"."""
        clause = parse.clause[index]
        for at, token in enumerate(parse.tokens):
            if token.money is not None:
                own = governor_of(parse, at)
                if (
                    parse.clause[at] == clause
                    or abs(at - index) < 4
                    or (own and governor and own.index == governor.index)
                ):
                    return "shared" if _SHARED.search(parse.text) else "priced"
        nouns = self.lexicon.groups["money-noun"] | self.lexicon.groups["hire-noun"]
        inside = [token for at, token in enumerate(parse.tokens) if parse.clause[at] == clause]
        is_moneyed = any(
            token.text.lower() in nouns or (token.name and token.name.entity.kind is EntityKind.FUND)
            for token in inside
        )
        return "moneyed" if is_moneyed else "bare"

    def _owns_money(self, parse: Parse, index: int) -> bool:
        """Return True for a name directly before money: "the Ministry's general grant", "Home Office funding"."""
        for token in parse.tokens[index + 1 : index + 5]:
            if token.text.lower() in self.lexicon.groups["money-noun"]:
                return True
            if token.sort in (Sort.VERB, Sort.AUXILIARY, Sort.PREPOSITION, Sort.COMMA, Sort.STOP, Sort.AND):
                return False
        return False

    def _is_beside(self, parse: Parse, index: int, group: str) -> bool:
        """Return True for "the current provider, NAME", "NAME as preferred supplier"."""
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(parse.tokens) and abs(at - index) <= _BESIDE:
                token = parse.tokens[at]
                if self.lexicon.is_in(group, token.text):
                    return True
                if token.sort in (Sort.VERB, Sort.NAME, Sort.STOP, Sort.AND, Sort.MONEY):
                    break
                at += step
        return False

    def _list_of(self, parse: Parse, index: int) -> list[str]:
        """Return features of the words that announce a list of names: "ten services: X, Y", "these charities: X, Y"."""
        for token in reversed(parse.tokens[:index]):
            for sort in ("thing", "party"):
                if token.name is None and self.lexicon.is_in(f"list-{sort}", token.text):
                    return [f"list-of={sort}"]
        return []

    def _noun_before(self, parse: Parse, index: int) -> str:
        """Return the kind of noun before a name's preposition ("grant to X", "contract with X"); "" for other nouns."""
        for token in reversed(parse.tokens[max(0, index - 6) : index]):
            word = token.text.lower()
            for group in ("money", "hire", "extend"):
                if word in self.lexicon.groups[f"{group}-noun"]:
                    return group
            if token.sort in (Sort.VERB, Sort.NAME, Sort.STOP):
                return ""
        return ""

    def of_words(self, parse: Parse, where: Where) -> list[str]:
        """Return the features of a sentence's words: its section, its cues of an award, how many names it has."""
        origin = "title" if where.block is None else getattr(origin_of(where.block), "name", "none")
        cues = [cue for cue, pattern in self.lexicon.cues["award"] if pattern.search(parse.text)]
        found = [f"in={origin}", *(f"cue={cue}" for cue in cues)]
        named = {entity for _, entity in named_in(parse, self.lexicon) if entity.kind is not EntityKind.PLACE}
        if len(named) > 3:
            found += ["many", *(f"many|{cue}" for cue in cues), f"many|main={self._main_verb(parse)}"]
        if _MEMBER.search(parse.text):
            found += [f"member|{cue}" for cue in cues]
        if where.lead is not None:
            led = [cue for cue, pattern in self.lexicon.cues["award"] if pattern.search(where.lead.parse.text)]
            found += ["led-up", *(f"{where.form or 'led'}|{cue}" for cue in led)]
            found += [f"listed|{cue}" for cue in led if where.form]
            found += ["opens-entry", *(f"opens-entry|{cue}" for cue in led)] if where.opens else []
        return found
