"""What a sum is for and which pot it comes from: programmes and funds named around it, or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.scope.programmes import is_diverted
from ingest.extract.slots.choice import Option
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse, role_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.tokens import Sort

Programmes = tuple[Entity, ...]
_KIND = r"(?:[Pp]rogramme|[Pp]roject|[Ss]cheme|[Ii]nitiative|[Pp]ilot|[Cc]ampaign|[Ss]ervice|[Cc]ourse|[Hh]ub|[Mm]odel)s?"
_NAME = r"[A-Z][\w’'&@.-]*(?:\s+(?:(?:of|and|for|the|in|on|to|&|@)\s+){0,2}[A-Z0-9@][\w’'&@.-]*){0,6}"
_NAMED_KIND = re.compile(rf"({_NAME})\s+(?:[a-z-]+\s+){{0,1}}({_KIND})\b")
_QUOTED = re.compile(r"[‘“'\"]([A-Z][^‘’“”\"£.]{2,60}?)[’”'\"](?=[\s,.;)]|$)")
_PREFIXED = re.compile(r"\b((?:Project|Operation|Op)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)")
_FOR_NAME = re.compile(rf"\b(?:for|towards?|on|deliver\w*|runs?|run)\s+(?:the\s+|its\s+|their\s+|our\s+)?({_NAME})\b")
_FUND_NAME = re.compile(
    r"((?:[A-Z][\w’'&-]*\s+)(?:(?:[A-Z][\w’'&-]*|of|and|for|the|to|in|Against|&)\s+){0,7}?(?:Fund|Grant|Budget|Reserve|Pot)\b(?:\s+\d)?)"
    r"|((?:[A-Z][\w’'&-]*\s+){1,5}(?:fund|grant|budget|reserve|pot)\b)"
)


class ThingReader:
    """Makes the candidates for programme and fund of the statements of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._funds_spoken: list[tuple[Entity, int, bool]] | None = None

    def _document_funds(self) -> list[tuple[Entity, int, bool]]:
        """Return the funds that the document names in prose, the most named first: how often, and whether early."""
        if self._funds_spoken is None:
            counted: Counter[Entity] = Counter()
            early: set[Entity] = set()
            texts = [self.scope.decision.title, *(block.text for block in self.scope.document.blocks if not block.rows)]
            for number, text in enumerate(texts):
                for entity in self._fund_names(text[:2000]):
                    counted[entity] += 1
                    if number < 6:
                        early.add(entity)
            self._funds_spoken = [(entity, count, entity in early) for entity, count in counted.most_common(4)]
        return self._funds_spoken

    def programmes(self, statement: Statement) -> list[Option[Programmes]]:
        """Return the programmes that a sum may be for; several where one sum covers them together."""
        found: dict[Programmes, list[str]] = {(): ["G:none", f"G:none|origin={statement.origin.name}"]}
        own: list[Entity] = []
        for entity, features in self._programmes_in(statement.parse, statement.at, statement):
            self._add(found, (entity,), features)
            if entity not in own and entity.verified and any(f.startswith("G:sentence") for f in features):
                own.append(entity)
        if len(own) > 1:
            self._add(found, tuple(own), ["G:joint", f"G:joint|sums={min(2, sum(t.money is not None for t in statement.parse.tokens))}"])
        if statement.label is not None:
            self._of_label(statement, found)
        for name, text in (
            ("lead", statement.lead.parse.text if statement.lead else ""),
            ("previous", statement.previous.text if statement.previous else ""),
            ("section", statement.block.section),
            ("title", self.scope.decision.title),
        ):
            for entity, verified in self._named_in(text):
                self._add(found, (entity,), [f"G:{name}", f"G:{name}|{'known' if verified else 'new'}"])
        if self.scope.programmes:
            self._add(found, self.scope.programmes, ["G:document", f"G:document|{min(len(self.scope.programmes), 2)}", f"G:document|{statement.origin.name}"])
        if len(found) == 1:
            found[()].append("G:none|alone")
        elif not own:
            found[()].append("G:none|none-in-sentence")
        return [Option(value, tuple(features)) for value, features in found.items()]

    def funds(self, statement: Statement) -> list[Option[Entity | None]]:
        """Return the funds that a sum may come from."""
        found: dict[Entity | None, list[str]] = {None: ["F:none", f"F:none|origin={statement.origin.name}"]}
        for entity, role, start in self._funds_in(statement):
            near = "near" if abs(start - statement.token.start) < 60 else "far"
            known = "known" if entity.verified else "new"
            features = ["F:sentence", f"F:sentence|{role}", f"F:sentence|{near}", f"F:sentence|{known}"]
            own = found.setdefault(entity, [])
            own.extend(feature for feature in features if feature not in own)
        for name, text in (
            ("label", statement.label.words if statement.label else ""),
            ("lead", statement.lead.parse.text if statement.lead else ""),
            ("previous", statement.previous.text if statement.previous else ""),
            ("section", statement.block.section),
            ("title", self.scope.decision.title),
        ):
            for entity in self._fund_names(text):
                own = found.setdefault(entity, [])
                own.extend([f"F:{name}", f"F:{name}|{'known' if entity.verified else 'new'}"])
        for rank, (entity, count, early) in enumerate(self._document_funds()):
            found.setdefault(entity, []).extend(
                [
                    "F:spoken-of",
                    f"F:spoken-of|{'early' if early else 'late'}",
                    f"F:spoken-of|{min(count, 3)}",
                    f"F:spoken-of|{'first' if rank == 0 else 'later'}|{min(len(self._document_funds()), 3)}",
                    f"F:spoken-of|{'known' if entity.verified else 'new'}",
                ]
            )
        if self.scope.fund is not None:
            found.setdefault(self.scope.fund, []).extend(["F:document", f"F:document|{statement.origin.name}"])
        if len(self.scope.funds) == 1:
            found.setdefault(self.scope.funds[0], []).append("F:only-fund")
        return [Option(value, tuple(features)) for value, features in found.items()]

    def _add(self, found: dict[Programmes, list[str]], value: Programmes, features: list[str]) -> None:
        own = found.setdefault(value, [])
        own.extend(feature for feature in features if feature not in own)

    def _programmes_in(self, parse: Parse, at: int, statement: Statement) -> Iterator[tuple[Entity, list[str]]]:
        spans: list[tuple[int, int]] = []
        for index, token in enumerate(parse.tokens):
            if token.sort is not Sort.NAME or token.name is None or token.name.entity.kind is not EntityKind.PROGRAMME:
                continue
            spans.append((token.start, token.end))
            role = role_of(parse, index, at, statement.governor)
            side = "before" if index < at else "after"
            crossed = sum(parse.tokens[other].money is not None for other in range(min(index, at) + 1, max(index, at)))
            diverted = "G:diverted" if is_diverted(parse.text, token.end) else "G:plain"
            yield token.name.entity, ["G:sentence", f"G:sentence|known|{role}", f"G:{side}|sums={min(crossed, 2)}", diverted]
        for pattern, name in ((_NAMED_KIND, "kind"), (_QUOTED, "quoted"), (_PREFIXED, "prefixed"), (_FOR_NAME, "for")):
            for match in pattern.finditer(parse.text):
                if any(start < match.end(1) and match.start(1) < end for start, end in spans):
                    continue
                entity = self._programme(match[1], match[2] if match.re.groups > 1 else "")
                if entity is not None:
                    side = "before" if match.start() < statement.token.start else "after"
                    yield entity, [f"G:new-{name}", f"G:new-{name}|{side}", f"G:new-{name}|{self._clash(parse, match.start(1), match.end(1))}"]

    def _clash(self, parse: Parse, start: int, end: int) -> str:
        """Return the kind of the name that stands where a programme's would: most often a payee's."""
        for token in parse.tokens:
            if token.name is not None and token.start < end and start < token.end:
                return f"is-{token.name.entity.kind}-{'known' if token.name.entity.verified else 'new'}"
        return "free"

    def _programme(self, words: str, kind: str) -> Entity | None:
        words = re.sub(r"^(?:The|A|An|Our|Their|Its|This)\s+", "", " ".join(words.split()).strip(" .,’'"))
        plain = [word for word in words.split() if word.lower() not in self.lexicon.groups["not-a-name"]]
        if not plain or not words[:1].isupper():
            return None
        context = self.scope.context
        known = self.scope.names.resolve(words, kinds={EntityKind.PROGRAMME}, context=context)
        if known is not None:
            return known
        if self.scope.names.resolve(words, kinds={EntityKind.ORGANISATION, EntityKind.FUND, EntityKind.PLACE}, context=context):
            return None
        return new_entity(words, EntityKind.PROGRAMME)

    def _named_in(self, text: str) -> Iterator[tuple[Entity, bool]]:
        for mention in self.names.find(text):
            if mention.entity.kind is EntityKind.PROGRAMME and not is_diverted(text, mention.end):
                yield mention.entity, True
        for match in _NAMED_KIND.finditer(text):
            entity = self._programme(match[1], match[2])
            if entity is not None:
                yield entity, entity.verified

    def _of_label(self, statement: Statement, found: dict[Programmes, list[str]]) -> None:
        label = statement.label
        assert label is not None
        if label.entity.kind is EntityKind.PROGRAMME:
            self._add(found, (label.entity,), ["G:label"])
        elif not label.entity.verified:
            self._add(found, (new_entity(label.entity.name, EntityKind.PROGRAMME),), ["G:label-new"])
        if label.rest and (entity := self._programme(label.rest, "")) is not None:
            self._add(found, (entity,), ["G:label-rest", f"G:label-rest|{'known' if entity.verified else 'new'}"])

    def _funds_in(self, statement: Statement) -> Iterator[tuple[Entity, str, int]]:
        parse = statement.parse
        spans = []
        for index, token in enumerate(parse.tokens):
            if token.name is not None and token.name.entity.kind is EntityKind.FUND:
                spans.append((token.start, token.end))
                yield token.name.entity, role_of(parse, index, statement.at, statement.governor), token.start
        for match in _FUND_NAME.finditer(parse.text):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                for entity in self._fund_of(match[0]):
                    before = re.findall(r"[a-z]+", parse.text[max(0, match.start() - 15) : match.start()].lower())
                    role = next((word for word in reversed(before) if word in self.lexicon.groups["preposition"]), "none")
                    yield entity, role, match.start()

    def _fund_names(self, text: str) -> Iterator[Entity]:
        spans = []
        for mention in self.names.find(text):
            if mention.entity.kind is EntityKind.FUND:
                spans.append((mention.start, mention.end))
                yield mention.entity
        for match in _FUND_NAME.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                yield from self._fund_of(match[0])

    def _fund_of(self, words: str) -> Iterator[Entity]:
        name = " ".join(words.split())
        while name and name.split()[0].lower() in self.lexicon.groups["not-a-name"]:
            name = name.partition(" ")[2]
        plain = [word for word in name.split()[:-1] if word.lower() not in self.lexicon.groups["not-a-name"]]
        if plain:
            context = self.scope.context
            yield self.scope.names.resolve(name, kinds={EntityKind.FUND}, context=context) or new_entity(name, EntityKind.FUND)
