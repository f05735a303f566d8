"""The programmes that a sum is for: those that its words and its document name, as candidates with features."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from graph.model import Entity, EntityKind
from graph.names.new_names import new_entity
from ingest.extract.choice import Option
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.document_programmes import DocumentProgrammes, is_before_sum, opens_with_pronoun
from ingest.extract.slots.programme_names import CUES, FORMS, ProgrammeMention, ProgrammeNames
from ingest.extract.slots.thing_words import are_all_in, load_thing_words, plain_word
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import joined_names, role_of

Programmes = tuple[Entity, ...]
Found = dict[Programmes, list[str]]

_LONGEST_REST = 8  #: words behind a label's dash that may be a programme's name
_OPENS_PART = re.compile(r"(?:[;:,]|\band|\bplus)\s*(?:a\s+further\s+|another\s+|with\s+)?$")
_INITIALS = re.compile(r"\b[A-Z]{3,}\b")
_APART = re.compile(r";|\.\s+[A-Z]")
_POINTERS = frozenset(("the", "this", "its", "their"))
_OWNERS = ("its", "their", "his", "her", "our")
_POINTED_AT = 3  #: words from "the" to the kind of thing that it points at: "the new local scheme"
_ALSO = frozenset(("G:document|title", "G:document|heading"))  #: kept where the sentence names the programme too


class ProgrammeReader:
    """Makes the candidates for the programmes of each statement of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.lexicon = lexicon
        self._names = ProgrammeNames(scope, names, lexicon)
        self._document = DocumentProgrammes(scope, self._names)
        self._of_sum: defaultdict[Decimal, list[Statement]] = defaultdict(list)

    def look_over(self, statements: Sequence[Statement]) -> None:
        """Collect what all statements of the document say; call it before any statement is read."""
        self._of_sum.clear()
        for one in statements:
            self._of_sum[one.money.amount].append(one)

    def options(self, statement: Statement) -> list[Option[Programmes]]:
        """Return an option for each programme of a sum, for several that share the sum, and for "no programme"."""
        about, found = self._about(statement), self._said(statement)
        said = set(found)
        if "several" in about:
            for value in said:
                if len(value) == 1:
                    _add(found, value, ["G:sentence|several"])
        for value, features in self._outside(statement, about).items():
            if value in said and "G:sentence|taken" in found[value]:
                continue
            if value in said:
                _add(
                    found,
                    value,
                    [f"G:also-{feature[2:]}" for feature in features if "|" not in feature or feature in _ALSO],
                )
            else:
                _add(found, value, [*features, *(f"G:outside|{word}" for word in about)])
        if len(self.scope.programmes) > 1:
            _add(found, self.scope.programmes, ["G:joint-of-document"])
        body = self.scope.body.name if self.scope.body is not None else ""
        found = {value: features for value, features in found.items() if not any(one.name == body for one in value)}
        none = self._none(statement, found, about)
        return [Option((), tuple(none)), *(Option(value, tuple(features)) for value, features in found.items())]

    def _none(self, statement: Statement, found: Found, about: Sequence[str]) -> list[str]:
        strong = sum(mention.is_strong or "coined" in mention.forms for mention in self._names.find(statement.text))
        return [
            "G:none",
            f"G:none|{statement.origin.name}",
            f"G:none|strong={min(strong, 2)}",
            "G:none|notice" if self.scope.decision.reference else "G:none|page",
            *(f"G:none|{word}" for word in about),
            *(["G:none|titled"] if any("G:document|title" in features for features in found.values()) else []),
            *(["G:none|alone"] if not found else []),
        ]

    # -- the sentence --------------------------------------------------------------------------------------------

    def _said(self, statement: Statement) -> Found:
        """Return the programmes that the statement itself names, in its sentence or its label, with features."""
        found: Found = {}
        mentions = self._names.find(statement.text)
        for mention in mentions:
            _add(found, (mention.entity,), self._of_sentence(statement, mention))
        known = tuple(dict.fromkeys(mention.entity for mention in mentions if mention.entity.verified))
        if len(known) > 1:
            joined = "joined" if any(self._is_joined(statement, mention) for mention in mentions) else "apart"
            sums = sum(token.money is not None for token in statement.parse.tokens)
            _add(found, known, ["G:joint", f"G:joint|{joined}", f"G:joint|sums={min(2, sums)}"])
        self._add_label(statement, found)
        return found

    def _of_sentence(self, statement: Statement, mention: ProgrammeMention) -> list[str]:
        tokens = statement.parse.tokens
        low, high = sorted((mention.start, statement.token.start))
        crossed = min(sum(token.money is not None and low < token.start < high for token in tokens), 2)
        side = "before" if mention.start < statement.token.start else "after"
        form = next((form for form in FORMS if form in mention.forms), "bare")
        return [
            "G:sentence",
            f"G:sentence|{form}",
            f"G:sentence|cue={mention.cue}",
            f"G:sentence|{form}|cue={mention.cue}",
            f"G:sentence|det={_determiner(statement.text, mention.start)}",
            f"G:sentence|{side}|sums={crossed}",
            f"G:sentence|role={self._role(statement, mention)}",
            *(f"G:sentence|is-{other}" for other in mention.forms if other != form),
            *(f"G:sentence|{sign}" for sign in self._signs(statement, mention)),
            *self._of_words(mention.entity),
        ]

    def _signs(self, statement: Statement, mention: ProgrammeMention) -> list[str]:
        """Return further features of a name's place: in the sum's clause, one of several, another sum's, the payee."""
        clause, index = statement.parse.clause, self._token(statement, mention)
        name, label = mention.entity.name, statement.label
        is_new = not mention.entity.verified
        signs = {
            "apart": _is_apart(statement, mention),
            "own-part": _is_in_own_part(statement, mention),
            "of-next": mention.start > statement.token.start and is_before_sum(statement.text[mention.end :]),
            "same-clause": index is not None and clause[index] == clause[statement.at],
            "joined": self._is_joined(statement, mention),
            "taken": self._is_taken(statement, mention),
            "service": is_new and plain_word(name.split()[-1]) in ("service", "services"),
            "in-title": is_new and self._document.is_in_title(name),
            "again": is_new and " " in name and mention.cue in CUES and self._document.says_again(mention.entity),
            "is-label": is_new and label is not None and label.entity.name.endswith(name),
        }
        return [sign for sign, holds in signs.items() if holds]

    def _of_words(self, entity: Entity) -> list[str]:
        """Return features of a name's words: few or many, all general, initials, a body's last word."""
        if entity.verified:
            return ["G:is-known"]
        words = entity.name.split()
        signs = {
            "generic": are_all_in(words, load_thing_words()["generic"]),
            "initials": len(words) == 1 and words[0].isupper(),
            "small": words[0][:1].islower(),
            "is-payee": entity in self._document.payees,
            "body-word": plain_word(words[-1]) in self.lexicon.groups["strong-head"],
        }
        return [f"G:{sign}" for sign, holds in signs.items() if holds]

    def _is_taken(self, statement: Statement, mention: ProgrammeMention) -> bool:
        """Return True for the programme of an earlier sum: X in "£5 for X and £6 ...", if £6 opens its own part."""
        at = statement.token.start
        tokens = statement.parse.tokens
        before = [i for i, token in enumerate(tokens) if token.money is not None and token.start < mention.start]
        if before and (before[-1] == statement.parent or _are_parts(statement, mention)):
            return False  # a part of the sum that the name stands behind
        is_behind_another = bool(before)
        between = statement.text[mention.start : at]
        is_apart = mention.start < at and between.count("(") <= between.count(")")
        return is_behind_another and is_apart and _OPENS_PART.search(statement.text[:at]) is not None

    def _is_joined(self, statement: Statement, mention: ProgrammeMention) -> bool:
        """Return True for one of several known programmes that "and" joins."""
        index = self._token(statement, mention)
        if index is None or statement.parse.tokens[index].name is None:
            return False
        names = [statement.parse.tokens[other].name for other in joined_names(statement.parse, index)]
        return len({name.entity for name in names if name is not None and name.entity.kind is EntityKind.PROGRAMME}) > 1

    def _token(self, statement: Statement, mention: ProgrammeMention) -> int | None:
        tokens = statement.parse.tokens
        return next((i for i, t in enumerate(tokens) if t.start < mention.end and mention.start < t.end), None)

    def _role(self, statement: Statement, mention: ProgrammeMention) -> str:
        """Return the role to the sum of the name at a programme's place; "word" if no name stands there."""
        index = self._token(statement, mention)
        if index is None or statement.parse.tokens[index].name is None:
            return "word"
        return role_of(statement.parse, index, statement.at, statement.governor)

    def _add_label(self, statement: Statement, found: Found) -> None:
        label = statement.label
        if label is None:
            return
        if label.entity.kind is EntityKind.PROGRAMME:
            _add(found, (label.entity,), ["G:label", "G:label|known"])
        elif not label.entity.verified and label.entity.kind is EntityKind.ORGANISATION:
            kind = "kind" if plain_word(label.entity.name.split()[-1]) in load_thing_words()["kind"] else "bare"
            kind = "told" if label.entity.name in self._names.told else kind
            entity = new_entity(label.entity.name, EntityKind.PROGRAMME)
            _add(found, (entity,), ["G:label", f"G:label|{kind}", *self._of_words(entity)])
        rest = re.split(r"\s[–—-]\s", re.sub(r"\([^()]*$", "", label.rest))[-1].strip(" .,–-")
        words = rest.split()
        is_name = 0 < len(words) <= _LONGEST_REST and rest[:1].isupper() and not rest.isupper()
        thing = self._names.entity(rest) if is_name else None
        if thing is not None:
            letters = "capital" if sum(word[:1].isupper() for word in words) * 2 > len(words) else "small"
            letters = "kind" if plain_word(words[-1]) in load_thing_words()["kind"] else letters
            behind = "dash" if re.search(r"\s[–—-]\s", label.words) and not label.rest.endswith(")") else "bracket"
            features = ["G:label-rest", f"G:label-rest|{letters}", f"G:label-rest|{behind}"]
            _add(found, (thing,), [*features, *self._of_words(thing)])

    def _about(self, statement: Statement) -> list[str]:
        """Return features of the sentence apart from names: "the scheme", "three projects", an entry of a list."""
        groups = load_thing_words()
        words = [plain_word(word).removesuffix("'s") for word in statement.text.split()]
        pairs = [pair for pair in itertools.pairwise(words) if pair[1] in groups["kind"]]
        points = any(first in _POINTERS and not second.endswith("s") for first, second in pairs)
        found = ["points"] if points or pointed_at(statement) else []
        if any(first in groups["several"] and second.endswith("s") for first, second in pairs):
            found.append("several")
        if statement.list_key is not None:
            found.append("label" if statement.label is not None else "list")
        return found

    # -- the document --------------------------------------------------------------------------------------------

    def _outside(self, statement: Statement, about: Sequence[str]) -> Found:
        """Return the programmes that other sentences, headings and the title name, with features."""
        found: Found = {}
        for mention in self._names.find(statement.lead.parse.text) if statement.lead else ():
            _add(found, (mention.entity,), ["G:lead", f"G:lead|{'strong' if mention.is_strong else 'weak'}"])
        for mention in self._names.find(statement.previous.text) if statement.previous else ():
            _add(found, (mention.entity,), self._of_previous(statement, "strong" if mention.is_strong else "weak"))
        for entity in self._same_sum(statement):
            _add(found, (entity,), ["G:same-sum"])
        if (above := self._document.above(statement)) is not None:
            _add(found, (above,), ["G:above"])
        if (heading := self._document.heading(statement)) is not None:
            _add(found, (heading,), ["G:section", *(["G:section|points"] if "points" in about else [])])
        for entity, features in self._document.features.items():
            _add(found, (entity,), [*features, *self._document.near(statement, entity)])
        is_named = any(mention.is_strong or mention.cue == "kind" for mention in self._names.find(statement.text))
        for kind in [] if is_named else pointed_at(statement):
            if (meant := self._document.meant(statement, kind)) is not None:
                entity, is_of_kind = meant
                _add(found, (entity,), ["G:meant", *(["G:meant|of-kind"] if is_of_kind else [])])
        if len(self.scope.programmes) == 1:
            _add(found, self.scope.programmes, ["G:document-is-about"])
        for value in found:
            _add(found, value, self._of_words(value[0]))
        return found

    def _same_sum(self, statement: Statement) -> list[Entity]:
        """Return the programmes that other sentences name with the same sum as their only sum."""
        found: list[Entity] = []
        for other in self._of_sum[statement.money.amount]:
            sums = {token.money.amount for token in other.parse.tokens if token.money is not None}
            if other.text != statement.text and len(sums) == 1:
                found += [one.entity for one in self._names.find(other.text) if one.is_strong]
        return list(dict.fromkeys(found))

    def _of_previous(self, statement: Statement, strength: str) -> list[str]:
        """Return the features of a programme that the sentence before names."""
        found = ["G:previous", f"G:previous|{strength}"]
        if opens_with_pronoun(statement.text):
            found.append(f"G:previous|pronoun|{strength}")
        if self._shares_party(statement):
            found += ["G:previous|same-party", f"G:previous|same-party|{strength}"]
            if statement.previous and all(token.money is None for token in statement.previous.tokens):
                found.append(f"G:previous|same-party|{strength}|no-sum")
        return found

    def _shares_party(self, statement: Statement) -> bool:
        """Return True if the sentence before and this one name the same organisation."""
        assert statement.previous is not None
        own = {token.name.entity for token in statement.parse.tokens if token.name is not None}
        before = {token.name.entity for token in statement.previous.tokens if token.name is not None}
        if set(_INITIALS.findall(statement.text)) & set(_INITIALS.findall(statement.previous.text)):
            return True
        return any(entity.kind is EntityKind.ORGANISATION for entity in own & before)


def without_payee(options: Sequence[Option[Programmes]], payee: Entity | None) -> list[Option[Programmes]]:
    """Return the options without a new name that was read as the payee of the sum."""
    name = payee.name.casefold() if payee is not None else ""
    return [one for one in options if not any(not it.verified and it.name.casefold() == name for it in one.value)]


def _determiner(text: str, start: int) -> str:
    """Return the word that determines a name: "the", "this", "a", "its", "owner" (after "X's") or "none"."""
    before = text[:start].rstrip("‘“'\" ").split()[-1:]
    word = before[0].replace("’", "'").lower() if before else ""
    kinds = {"the": "the", "this": "this", "a": "a", "an": "a", **dict.fromkeys(_OWNERS, "its")}
    return kinds.get(word, "owner" if word.endswith(("'s", "s'")) else "none")


def _are_parts(statement: Statement, mention: ProgrammeMention) -> bool:
    """Return True if the sums after a name add up to a sum before it: "£5 for X, £2 in one year and £3 in another"."""
    sums = [(token.start, token.money.amount) for token in statement.parse.tokens if token.money is not None]
    before = [amount for start, amount in sums if start < mention.start]
    behind = [amount for start, amount in sums if start > mention.start]
    return len(behind) > 1 and sum(behind) in before


def _is_in_own_part(statement: Statement, mention: ProgrammeMention) -> bool:
    """Return True if a name stands alone in the sum's own part of a list that semicolons separate."""
    text, at = statement.text, statement.token.start
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    end = end if end >= 0 else len(text)
    sums = [token for token in statement.parse.tokens if token.money is not None and start <= token.start < end]
    return ";" in text and len(sums) == 1 and start <= mention.start and mention.end <= end


def _is_apart(statement: Statement, mention: ProgrammeMention) -> bool:
    """Return True if a semicolon or a sentence end stands between a name and the sum."""
    start, end = (
        (mention.end, statement.token.start)
        if mention.start < statement.token.start
        else (statement.token.end, mention.start)
    )
    return _APART.search(statement.text[start:end]) is not None


def pointed_at(statement: Statement) -> list[str]:
    """Return the kinds of thing that a sentence refers to without a name: "the new scheme", "run it"."""
    groups = load_thing_words()
    words = [plain_word(word).removesuffix("'s") for word in statement.text.split()]
    found = ["it"] if any(one in groups["run"] and two == "it" for one, two in itertools.pairwise(words)) else []
    for index, word in enumerate(words):
        if word in groups["pointed-at"]:
            before = words[max(0, index - _POINTED_AT) : index]
            pointer = next((at for at in range(len(before) - 1, -1, -1) if before[at] in _POINTERS), None)
            if pointer is not None and all(one in groups["pointed-how"] for one in before[pointer + 1 :]):
                found.append(word)
    return list(dict.fromkeys(found))


def _add(found: Found, value: Programmes, features: Sequence[str]) -> None:
    own = found.setdefault(value, [])
    own.extend(feature for feature in features if feature not in own)
