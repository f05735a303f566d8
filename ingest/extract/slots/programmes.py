"""What a sum is for: the programmes that its words and its document name, as candidates with features."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.document import BlockKind
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.sections import Origin, origin_of
from ingest.extract.slots.choice import Option
from ingest.extract.slots.programme_names import ProgrammeMention, ProgrammeNames
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import joined_names, role_of
from ingest.extract.words.lexicon import Lexicon

Programmes = tuple[Entity, ...]

_MOST_TEXT = 2000  #: characters of a block in which programmes are looked for
_MOST = 4  #: programmes of a document that every sum of it may be for
_EARLY = 600  #: characters of prose at the start of a document, where it says what it is about
_LONGEST_HEADING = 8  #: words of a heading that may be a programme's name
_NEAR = 700  #: characters before a statement in which a programme that "the scheme" means is named


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document names what may be a programme."""

    mention: ProgrammeMention
    start: int  #: offset in Document.text; -1 for the title
    where: str  #: "title", "heading", "early" or "late"


class ProgrammeReader:
    """Makes the candidates for the programme of the statements of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.lexicon = lexicon
        self._names = ProgrammeNames(scope, names, lexicon)

    def options(self, statement: Statement) -> list[Option[Programmes]]:
        """Return the programmes that a sum may be for, several where one sum covers them together, and none."""
        found: dict[Programmes, list[str]] = {}
        known: list[Entity] = []
        strong = 0
        for mention in self._names.find(statement.text):
            _add(found, (mention.entity,), self._of_sentence(statement, mention))
            strong += mention.is_strong
            if mention.entity.verified and mention.entity not in known:
                known.append(mention.entity)
        if len(known) > 1:
            joined = (
                "joined"
                if any(self._is_joined(statement, mention) for mention in self._names.find(statement.text))
                else "apart"
            )
            _add(found, tuple(known), ["G:joint", f"G:joint|{joined}", f"G:joint|sums={min(2, _sums(statement))}"])
        if statement.label is not None:
            self._of_label(statement, found)
        about = self._about(statement)
        said = {value for value in found if len(value) == 1}
        for value, features in self._outside(statement).items():
            if value in said:
                _add(found, value, [f"G:also-{feature[2:]}" for feature in features if "|" not in feature])
            else:
                _add(found, value, [*features, *(f"G:outside|{word}" for word in about)])
        if len(self.scope.programmes) > 1:
            _add(found, self.scope.programmes, ["G:joint-of-document"])
        none = [
            "G:none",
            f"G:none|{statement.origin.name}",
            f"G:none|strong={min(strong, 2)}",
            *(f"G:none|{word}" for word in about),
        ]
        if any("G:document|title" in features for features in found.values()):
            none.append("G:none|titled")
        none.append("G:none|notice" if self.scope.decision.reference else "G:none|page")
        if not found:
            none.append("G:none|alone")
        return [Option((), tuple(none)), *(Option(value, tuple(features)) for value, features in found.items())]

    # -- the sentence --------------------------------------------------------------------------------------------

    def _of_sentence(self, statement: Statement, mention: ProgrammeMention) -> list[str]:
        parse = statement.parse
        low, high = sorted((mention.start, statement.token.start))
        crossed = min(sum(t.money is not None and low < t.start < high for t in parse.tokens), 2)
        side = "before" if mention.start < statement.token.start else "after"
        form = next((form for form in _FORMS if form in mention.forms), "bare")
        clash, role = self._clash(statement, mention)
        features = [
            "G:sentence",
            f"G:sentence|{form}",
            f"G:sentence|cue={mention.cue}",
            f"G:sentence|{form}|cue={mention.cue}",
            f"G:sentence|{side}|sums={crossed}",
            f"G:sentence|clash={clash}",
            f"G:sentence|role={role}",
            f"G:sentence|role={role}|{clash}",
            *(f"G:sentence|is-{other}" for other in mention.forms if other != form),
        ]
        index = self._token(statement, mention)
        if index is not None and parse.clause[index] == parse.clause[statement.at]:
            features.append("G:sentence|same-clause")
        if self._is_joined(statement, mention):
            features.append("G:sentence|joined")
        return [*features, *self._of_words(mention.entity)]

    def _of_words(self, entity: Entity) -> list[str]:
        """Return what a name's words are: all general ones, few or many, a body's last word."""
        words = entity.name.split()
        groups, found = load_thing_words(), [f"G:words={min(len(words), 3)}"]
        if entity.verified:
            return ["G:is-known"]
        if are_all_in(words, groups["generic"]):
            found.append("G:generic")
        if len(words) == 1 and words[0].isupper():
            found.append("G:initials")
        if plain_word(words[-1]) in self.lexicon.groups["strong-head"]:
            found.append("G:body-word")
        return found

    def _is_joined(self, statement: Statement, mention: ProgrammeMention) -> bool:
        """Return True for one of several programmes that "and" joins, all known."""
        index = self._token(statement, mention)
        if index is None or statement.parse.tokens[index].name is None:
            return False
        names = [statement.parse.tokens[other].name for other in joined_names(statement.parse, index)]
        return len({name.entity for name in names if name is not None and name.entity.kind is EntityKind.PROGRAMME}) > 1

    def _token(self, statement: Statement, mention: ProgrammeMention) -> int | None:
        tokens = statement.parse.tokens
        return next((i for i, t in enumerate(tokens) if t.start < mention.end and mention.start < t.end), None)

    def _clash(self, statement: Statement, mention: ProgrammeMention) -> tuple[str, str]:
        """Return whether a party's name stands where the programme's would, and its role to the sum."""
        parse = statement.parse
        for index, token in enumerate(parse.tokens):
            if token.start < mention.end and mention.start < token.end and token.name is not None:
                role = role_of(parse, index, statement.at, statement.governor)
                if token.name.entity.kind is EntityKind.PROGRAMME:
                    return "programme", role
                whole = "same" if token.start <= mention.start and mention.end <= token.end else "part"
                return f"{'known' if token.name.entity.verified else 'new'}-{token.name.entity.kind}-{whole}", role
        return "free", "word"

    def _of_label(self, statement: Statement, found: dict[Programmes, list[str]]) -> None:
        label = statement.label
        assert label is not None
        if label.entity.kind is EntityKind.PROGRAMME:
            _add(found, (label.entity,), ["G:label", "G:label|known"])
        elif not label.entity.verified and label.entity.kind is EntityKind.ORGANISATION:
            last = plain_word(label.entity.name.split()[-1])
            kind = "kind" if last in load_thing_words()["kind"] else "bare"
            entity = new_entity(label.entity.name, EntityKind.PROGRAMME)
            _add(found, (entity,), ["G:label", f"G:label|{kind}", *self._of_words(entity)])
        rest = label.rest.strip(" .,–-")
        if rest and len(rest.split()) <= _LONGEST_HEADING and rest[:1].isupper():
            named = self._names.entity(rest)
            if named is not None:
                capital = (
                    "capital" if sum(word[:1].isupper() for word in rest.split()) * 2 > len(rest.split()) else "small"
                )
                _add(found, (named,), ["G:label-rest", f"G:label-rest|{capital}", *self._of_words(named)])

    def _about(self, statement: Statement) -> list[str]:
        """Return what the sentence says beside names: "the scheme", a list, a general word for what is paid for."""
        words = [plain_word(word) for word in statement.text.split()]
        found = []
        kinds = load_thing_words()["kind"]
        pairs = list(itertools.pairwise(words))
        if any(first in ("the", "this", "its", "their") and second in kinds for first, second in pairs):
            found.append("points")
        if statement.list_key is not None:
            found.append("label" if statement.label is not None else "list")
        return found

    # -- the document --------------------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> Sequence[_Place]:
        document, title, prose = self.scope.document, self.scope.decision.title, 0
        found = [_Place(one, -1, "title") for one in (*self._names.find(title), *self._names.of_title(title))]
        for block in document.blocks:
            if block.kind in (BlockKind.TABLE, BlockKind.FIELD) or (
                block.kind is not BlockKind.HEADING and origin_of(block) is None
            ):
                continue
            where = "heading" if block.kind is BlockKind.HEADING else "early" if prose < _EARLY else "late"
            prose += len(block.text) if where != "heading" else 0
            text = document.text[block.start : min(block.end, block.start + _MOST_TEXT)]
            found += [_Place(one, block.start + one.start, where) for one in self._names.find(text)]
        return found

    @cached_property
    def _document_programmes(self) -> Mapping[Entity, list[str]]:
        """The programmes that a document speaks of, those of its title and the most named first, with their features."""  # noqa: E501
        counted: Counter[Entity] = Counter()
        wheres: dict[Entity, set[str]] = {}
        for place in self._places:
            counted[place.mention.entity] += 3 if place.where == "title" else 1 if place.mention.is_strong else 0
            wheres.setdefault(place.mention.entity, set()).update(
                (place.where, "strong" if place.mention.is_strong else "weak", *place.mention.forms)
            )
        found: dict[Entity, list[str]] = {}
        ranked = [(entity, count) for entity, count in counted.most_common(_MOST) if count]
        strong = sum("strong" in wheres[entity] for entity, _ in ranked)
        for rank, (entity, count) in enumerate(ranked):
            own = wheres[entity]
            where_first = next(where for where in ("title", "heading", "early", "late") if where in own)
            form = next((form for form in _FORMS if form in own), "bare")
            features = [
                "G:document",
                f"G:document|{where_first}",
                f"G:document|{form}",
                f"G:document|{where_first}|{form}",
                f"G:document|times={min(count, 4)}",
            ]
            features.append(f"G:document|{'first' if rank == 0 else 'later'}|of={min(strong, 3)}")
            if where_first == "title":
                features += self._in_title(entity, own)
            found[entity] = features
        return found

    def _in_title(self, entity: Entity, own: set[str]) -> list[str]:
        """Return whether the text says again what the title names, and whether the title is that of a notice."""
        words = " ".join(entity.name.lower().split()[:4])
        text = " ".join(self.scope.document.text.lower().replace("’", "'").split())
        again = "again" if entity.verified or text.count(words) > 1 else "once"
        page = "notice" if self.scope.decision.reference else "page"
        found = [f"G:title|{again}", f"G:title|{page}", f"G:title|{again}|{page}"]
        if own & {"early", "late"}:
            found.append("G:title|and-text")
        return found

    def _outside(self, statement: Statement) -> dict[Programmes, list[str]]:
        """Return the programmes that other sentences name."""
        found: dict[Programmes, list[str]] = {}
        for name, text in (
            ("lead", statement.lead.parse.text if statement.lead else ""),
            ("previous", statement.previous.text if statement.previous else ""),
        ):
            for mention in self._names.find(text):
                strength = "strong" if mention.is_strong else "weak"
                _add(found, (mention.entity,), [f"G:{name}", f"G:{name}|{strength}"])
        section = self._heading(statement)
        if section is not None:
            _add(found, (section,), ["G:section"])
        for entity, features in self._document_programmes.items():
            _add(found, (entity,), features)
        nearest = self._nearest(statement)
        if nearest is not None:
            _add(found, (nearest,), ["G:nearest"])
        if len(self.scope.programmes) == 1:
            _add(found, self.scope.programmes, ["G:document-is-about"])
        for value, features in found.items():
            features += [feature for feature in self._of_words(value[0]) if feature not in features]
        return found

    def _nearest(self, statement: Statement) -> Entity | None:
        """Return the programme that was named last before a statement, where it is near."""
        floor = statement.start - _NEAR
        before = [place for place in self._places if floor <= place.start < statement.start and place.mention.is_strong]
        return before[-1].mention.entity if before else None

    def _heading(self, statement: Statement) -> Entity | None:
        """Return the programme that a heading may be the name of: a few words, not all of them general."""
        section, words = statement.block.section, statement.block.section.split()
        if statement.origin is not Origin.BODY or not 0 < len(words) <= _LONGEST_HEADING or not words[0][:1].isupper():
            return None
        groups = load_thing_words()
        general = groups["generic"] | groups["admin"] | groups["section"] | self.lexicon.groups["not-a-name"]
        if "£" in section or section == self.scope.decision.title or are_all_in(words, general):
            return None
        return self._names.entity(section)


_FORMS = (
    "known",
    "prefixed",
    "called",
    "kind",
    "apposed",
    "kind-behind",
    "quoted",
    "titled",
    "kind-far-behind",
    "defined",
)


def _sums(statement: Statement) -> int:
    return sum(token.money is not None for token in statement.parse.tokens)


def _add(found: dict[Programmes, list[str]], value: Programmes, features: Sequence[str]) -> None:
    own = found.setdefault(value, [])
    own.extend(feature for feature in features if feature not in own)
