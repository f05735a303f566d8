"""Payer and payee of a sum: the names around it as candidates, with the features of their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from ingest.extract.choice import Option
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.slots.around import PartyNames
from ingest.extract.slots.cast import Cast, cast_of
from ingest.extract.slots.party_marks import (
    beside_subject,
    frame_of,
    gapped_of,
    gets_whole,
    group_acts,
    holders_of,
    is_paid_subject,
    is_said,
    marked,
    pointer_of,
    spoken_of,
    token_at_label_rest,
)
from ingest.extract.slots.party_words import said_words, words_beside, words_of_name
from ingest.extract.slots.ways import WayMarks, way_of
from ingest.extract.statements.statement import Lead, Statement
from ingest.extract.words.clauses import Parse, implied_subject
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import is_shared_subject, role_of
from ingest.extract.words.sections import Origin

_PAYS = ("give.active", "fund.active", "invest.active")  #: verbs whose subject pays
_PAID = ("get.active", "give.passive", "fund.passive")  #: verbs whose subject is paid
_PAID_PLACES = (("payee", "subject"), ("payee", "to"))  #: where a place's bare name is its council's: "Derby gets £5"
_UNKNOWN = ("new", "thing", "word")  #: kinds of names that no registry has
_MOST = 6  #: candidates for one party; those that the general rules like least are left out


@dataclass(frozen=True, slots=True)
class Pair:
    """A payer and a payee; None for a side that the text leaves open."""

    payer: Entity | None
    payee: Entity | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The names in a sum's sentence, by token index."""

    named: Mapping[int, Entity]
    pointed: Mapping[int, Entity]  #: that another word stands for
    held: Mapping[int, int]  #: name -> the sum that it has by its place alone
    pointer: str


class PartyReader:
    """Makes the candidates for payer and payee of each statement of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._payers_seen: list[Entity] = []
        self._ways = WayMarks(scope, lexicon)
        self._party = PartyNames(scope, lexicon)
        self._title: Parse | None = None
        self._cast = Cast()

    def look_over(self, statements: Sequence[Statement], title: Parse) -> None:
        """Note who pays by the grammar of each sentence; the readings of other sentences use it."""
        counted: Counter[Entity] = Counter()
        for statement in statements:
            for entity, features in self._candidates(statement).items():
                if entity != self.scope.body and entity.kind is not EntityKind.FUND and "frame=payer" in features:
                    counted[entity] += 2 if self.scope.gives(entity) else 1
        self._payers_seen = [entity for entity, _ in counted.most_common(2)]
        self._title = title
        self._cast = cast_of(self.scope, self.names, self._party, statements, title)
        self._ways.look_over(statements, title)

    def options(self, statement: Statement) -> list[Option[Pair]]:
        """Return an option for every pair of payer and payee that the words allow."""
        found = self._candidates(statement)
        verb = statement.governor.verb_class if statement.governor is not None else "none"
        payers = self._best(marked("P", "payer", self._payers(statement, found)))
        payees = self._best(marked("R", "payee", self._payees(statement, found)))
        key = statement.governor.key if statement.governor is not None else ""
        payers = beside_subject("P", "payer", payers) if key in _PAYS else payers
        payees = beside_subject("R", "payee", payees) if key in _PAID else payees
        marks = self._ways.of(statement)
        ways: dict[str, tuple[str, ...]] = {}
        options = []
        as_payee = {entity for entity, features in payees.items() if "R:said" in features}
        as_payer = {entity for entity, features in payers.items() if "P:said" in features}
        for payer, paying in payers.items():
            if payer in as_payee and payer not in as_payer:
                if payer is not None and is_paid_subject(statement, paying, self.lexicon):
                    continue
                paying = (*paying, "P:is-said-payee")
            for payee, paid in payees.items():
                if payer is not None and payer == payee:
                    continue
                if payee in as_payer and payee not in as_payee:
                    paid = (*paid, "R:is-said-payer")
                way = way_of(payer, payee, self.scope.body)
                if way not in ways:
                    ways[way] = tuple(f"way={way}|{mark}" for mark in marks)
                options.append(
                    Option(
                        Pair(payer, payee),
                        (
                            *paying,
                            *paid,
                            *self._together(payer, payee, paying, paid, verb),
                            *ways[way],
                        ),
                    )
                )
        return options

    def _best(self, found: dict[Entity | None, tuple[str, ...]]) -> dict[Entity | None, tuple[str, ...]]:
        """Return the candidates that the general rules rank best; nobody and the body are always among them."""
        rules = self.lexicon.priors.get("parties", {})
        ranked = sorted(found, key=lambda one: -sum(rules.get(feature, 0.0) for feature in found[one]))
        kept = set(ranked[:_MOST]) | {None, self.scope.body}
        return {entity: features for entity, features in found.items() if entity in kept}

    def _candidates(self, statement: Statement) -> dict[Entity, list[str]]:
        found: dict[Entity, list[str]] = {}
        pointer = pointer_of(statement, self.lexicon)
        around = self._party.around(statement, self._title)
        self._of_sentence(statement, found, pointer, self._party.pointed(statement, around))
        if statement.label is not None:
            self._add(found, statement.label.entity, self._of_label(statement))
        if self.scope.body is not None and implied_subject(statement.parse, statement.governor):
            assert statement.governor is not None
            frame = frame_of(self.lexicon, "subject", statement.governor.key)
            self._add(
                found,
                self.scope.body,
                [f"implied={frame or 'none'}", *([f"frame={frame}"] if frame else [])],
            )
        is_verbless = statement.governor is None
        if is_verbless and statement.lead is not None:
            self._of_lead(statement.lead, found, is_verbless=True)
        inside = {entity: tuple(features) for entity, features in found.items()}
        if not is_verbless and statement.lead is not None:
            self._of_lead(statement.lead, found, is_verbless=False)
        self._of_lines_above(statement, found)
        alone = len({one.entity for one in around if self._party.is_other(one.entity)}) == 1
        spoken = spoken_of(statement, self.lexicon)
        for one in around:
            if one.entity == self.scope.body:
                self._add(found, one.entity, [])
                continue
            marks = [one.where, f"{one.where}|{one.part}", f"around|{one.part}", f"around|{one.part}|{spoken}"]
            if one.where == "earlier":
                marks.append(f"earlier={one.distance}")
            if alone and self._party.is_other(one.entity):
                marks.append("around|only")
            self._add(found, one.entity, marks)
        for entity, marks in self._cast.marks.items():
            self._add(found, entity, [*marks, *(f"{mark}|{spoken}" for mark in marks)])
        for entity, features in found.items():
            if entity in inside:  # what its own sentence says of a name counts alone
                features[:] = inside[entity]
            else:
                features += ["outside", f"outside|{self._where(statement)}", f"outside|{spoken}"]
        return {entity: features for entity, features in found.items() if not self._party.is_time(entity)}

    def _of_lines_above(self, statement: Statement, found: dict[Entity, list[str]]) -> None:
        for entity, mark in self._party.lines_above(statement):
            self._add(found, entity, [mark])

    def _add(self, found: dict[Entity, list[str]], entity: Entity, features: Iterable[str]) -> None:
        own = found.setdefault(entity, [])
        own.extend(feature for feature in features if feature not in own)

    def _of_sentence(
        self, statement: Statement, found: dict[Entity, list[str]], pointer: str, pointed: Mapping[int, Entity]
    ) -> None:
        parse = statement.parse
        named = {
            index: entity
            for index, token in enumerate(parse.tokens)
            if (entity := pointed.get(index) or self._party.entity(token) or self._party.council_of(token)) is not None
        }
        seen = _Seen(named, pointed, holders_of(parse), pointer)
        own = (statement.at, statement.parent)
        others = {index for index, sum_at in {**gapped_of(parse), **seen.held}.items() if sum_at not in own}
        for index, entity in named.items():
            if index not in others and (features := self._of_name(statement, index, seen)):
                self._add(found, entity, features)

    def _of_name(self, statement: Statement, index: int, seen: _Seen) -> list[str]:
        """Return the features of a name's place in a sum's sentence; none if the name is not a party of the sum."""
        parse, at, governor, label, entity = (
            statement.parse, statement.at, statement.governor, statement.label, seen.named[index],
        )  # fmt: skip
        role, verb = role_of(parse, index, at, governor), governor.key if governor is not None else "no-verb"
        frame, holds = frame_of(self.lexicon, role, verb), seen.held.get(index) == at
        if index in seen.pointed and not frame:
            return []  # it stands for a name that the grammar makes no party
        is_council = self._party.council_of(parse.tokens[index]) == entity
        if is_council and not holds and role not in ("bracket", "beside") and (frame, role) not in _PAID_PLACES:
            return []  # a place where something happens
        is_labelled = label is not None and label.before and index < at
        if is_labelled and label is not None and entity != label.entity:
            kind = f"label-rest|{entity.kind}|{'known' if entity.verified else 'new'}"
            return ["label-rest", kind] if token_at_label_rest(statement, index) else []
        side = "before" if index < at else "after"
        between, crossed = self._between(statement, index, seen)
        features = [
            f"role={role}",
            f"role={role}|{verb}",
            f"side={side}|names={between}|sums={crossed}",
            f"{side}|sums={crossed}",
            *self._marks(statement, index, seen, role),
            *words_beside(parse, index, at, self.lexicon),
        ]
        if gets_whole(parse, index, statement.parent, self.lexicon) or holds:
            frame, crossed, between = "payee", 0, 0
        if frame:
            features += [f"frame={frame}", f"frame={frame}|{side}|names={between}|sums={crossed}"]
        return [*features, *(["council-by-place"] if is_council else []), *(["inside-label"] if is_labelled else [])]

    def _between(self, statement: Statement, index: int, seen: _Seen) -> tuple[int, int]:
        """Return the number of names, and of sums, between a name and a sum; each at most two."""
        parse, at, governor = statement.parse, statement.at, statement.governor
        low, high = min(index, at), max(index, at)
        known = (seen.named[index], self.scope.body)
        names = sum(low < other < high for other, one in seen.named.items() if one not in known)
        sums = sum(token.money is not None for token in parse.tokens[low + 1 : high])
        is_shared = governor is not None and is_shared_subject(parse, index, at, governor)
        is_next = is_shared or gets_whole(parse, index, statement.parent, self.lexicon)
        return min(names, 2), 0 if is_next else min(sums, 2)

    def _marks(self, statement: Statement, index: int, seen: _Seen, role: str) -> list[str]:
        """Return further features of a name: it opens the sentence, touches the sum, stands before "its £5"."""
        parse, at, governor = statement.parse, statement.at, statement.governor
        low, high, side = min(index, at), max(index, at), "before" if index < at else "after"
        name = parse.tokens[index].name
        is_council = self._party.council_of(parse.tokens[index]) == seen.named[index]
        opens = index == next(iter(seen.named)) and not parse.text[: parse.tokens[index].start].strip(" •*-–—Tthe")
        gap = parse.text[parse.tokens[low].end : parse.tokens[high].start]
        marks = {
            "pointed": index in seen.pointed,
            "bare-place": not is_council
            and name is not None
            and any(one.kind is EntityKind.PLACE for one in (name.entity, *name.candidates)),
            f"role={role}|inherited": governor is not None and governor.inherited,
            f"before-pointer={seen.pointer}": index < at and seen.pointer in ("payee", "payer"),
            f"opens|{self._where(statement)}": opens,
            f"touches|{side}": abs(index - at) == 1 and not gap.strip(" (:-–—"),
        }
        return [mark for mark, holds in marks.items() if holds]

    def _of_label(self, statement: Statement) -> list[str]:
        label = statement.label
        assert label is not None
        words = re.findall(r"[^\s]+", label.words)
        last = re.split(r"\s+", label.entity.name)[-1].lower().rstrip(".")
        lead = statement.lead.parse.text.lower() if statement.lead is not None else ""
        features = ["label", f"label|entries={min(statement.entries, 3)}", f"label|{label.entity.kind}"]
        kinds = (("head", "body-word"), ("fund-kind", "fund-word"), ("programme-kind", "programme-word"))
        features += [f"label|{mark}" for group, mark in kinds if last in self.lexicon.groups[group]]
        if sum(word[:1].islower() for word in words) * 2 > len(words):
            features.append("label|small-letters")
        if any(re.search(rf"\b{noun}\b", lead) for noun in self.lexicon.groups["party-noun"]):
            features.append("label|lead-names-parties")
        if statement.lead is not None and statement.lead.governor is not None:
            features.append(f"label|lead={statement.lead.governor.verb_class}")
        return features

    def _of_lead(self, lead: Lead, found: dict[Entity, list[str]], *, is_verbless: bool) -> None:
        parse, last = lead.parse, len(lead.parse.tokens) - 1
        for index, token in enumerate(parse.tokens):
            entity = self._party.entity(token)
            if entity is not None:
                role = role_of(parse, index, last, lead.governor)
                verb = lead.governor.key if lead.governor is not None else "no-verb"
                frame = frame_of(self.lexicon, role, verb)
                features = [f"lead={role}", f"lead-frame={frame or 'none'}"]
                if is_verbless:  # the lead-in's verb is the entry's own
                    features += [f"role={role}", f"role={role}|{verb}", *([f"frame={frame}"] if frame else [])]
                self._add(found, entity, features)

    def _payers(self, statement: Statement, found: dict[Entity, list[str]]) -> dict[Entity | None, tuple[str, ...]]:
        verb = statement.governor.key if statement.governor is not None else "no-verb"
        out: dict[Entity | None, tuple[str, ...]] = {
            None: ("P:none", f"P:none|{verb}", f"P:none|{self._where(statement)}")
        }
        if group_acts(statement, self.lexicon):
            return {None: (*out[None], "P:none|group-acts")}  # some without a name pay: no other does
        for entity, features in found.items():
            if entity.kind is EntityKind.FUND:
                continue
            out[entity] = self._named("P", entity, features)
        if self.scope.body is not None:
            out[self.scope.body] = self._of_body("P", out.get(self.scope.body, ()), statement)
        for fund in [entity for entity in found if entity.kind is EntityKind.FUND]:
            giver = self.scope.giver_of(fund)
            if giver is not None:
                roles = [feature for feature in found[fund] if feature.startswith(("role=", "lead="))]
                out[giver] = (
                    *out.get(giver, ("P:by-fund-only",)),
                    "P:gives-the-fund",
                    *(f"P:fund|{role}" for role in roles),
                )
        for giver in [one for one in self._payers_seen if self.scope.gives(one)][:1] or list(self.scope.givers[:1]):
            more = ["P:first-giver", f"P:first-giver|{verb}"] if giver not in out else ["P:is-first-giver"]
            out[giver] = (*out.get(giver, ("P:far-giver",)), *more)
        return out

    def _payees(self, statement: Statement, found: dict[Entity, list[str]]) -> dict[Entity | None, tuple[str, ...]]:
        verb = statement.governor.key if statement.governor is not None else "no-verb"
        none = ["R:none", f"R:none|{verb}", f"R:none|{self._where(statement)}"]
        none.append(f"R:none|{spoken_of(statement, self.lexicon)}")
        none.append(f"R:none|pointer={pointer_of(statement, self.lexicon)}")
        none += [f"R:none|says={word}" for word in said_words(statement.parse, self.lexicon)]
        named = any(feature.startswith("role=to") for features in found.values() for feature in features)
        if named:
            none.append("R:none|to-somebody")
        out: dict[Entity | None, tuple[str, ...]] = {None: tuple(none)}
        for entity, features in found.items():
            out[entity] = self._named("R", entity, features)
        if self.scope.body is not None:
            more = ("R:body|receives-only",) if self.scope.receives_only else ()
            out[self.scope.body] = (*self._of_body("R", out.get(self.scope.body, ()), statement), *more)
        return out

    def _of_body(self, side: str, said: tuple[str, ...], statement: Statement) -> tuple[str, ...]:
        verb = statement.governor.key if statement.governor is not None else "no-verb"
        state = f"{side}:body|{'said' if said and f'{side}:outside' not in said else 'unsaid'}"
        return (*said, f"{side}:body", state, f"{state}|{verb}", f"{side}:body|{self._where(statement)}")

    def _named(self, side: str, entity: Entity, features: list[str]) -> tuple[str, ...]:
        kind = self.kind_of(entity)
        coarse = [
            feature
            for feature in features
            if "|" not in feature and feature.startswith(("role=", "lead=", "label", "frame=", "lead-frame="))
        ]
        of_name = words_of_name(entity, self.lexicon) if kind in _UNKNOWN else ()
        return (
            f"{side}:{kind}",
            *(f"{side}:{feature}" for feature in (*features, *of_name)),
            *(f"{side}:{kind}|{feature}" for feature in coarse),
        )

    def _together(
        self, payer: Entity | None, payee: Entity | None, paying: tuple[str, ...], paid: tuple[str, ...], verb: str
    ) -> tuple[str, ...]:
        """Return the features of a pair: the kinds of both, the verb's class, and whether the sentence names them."""
        kinds = f"pair={self._placed_kind(payer, paying)}>{self._placed_kind(payee, paid)}"
        said = f"{'said' if is_said(paying) else 'unsaid'}>{'said' if is_said(paid) else 'unsaid'}"
        return (kinds, f"{kinds}|{verb}", f"{kinds}|{said}", f"{kinds}|{said}|{verb}")

    def _placed_kind(self, entity: Entity | None, features: tuple[str, ...]) -> str:
        """Return a party's kind, with a star if neither the sentence nor its label names it."""
        kind = self.kind_of(entity)
        return kind if entity is None or is_said(features) else f"{kind}*"

    def kind_of(self, entity: Entity | None) -> str:
        """Return the kind of party in one word: body, giver, force, council, known, new, fund or none."""
        if entity is None:
            return "none"
        if entity == self.scope.body:
            return "body"
        if entity.kind is EntityKind.FUND:
            return "fund"
        row = self.scope.names.registry.organisations.get(entity.id)
        if row is None:
            if entity.name.lower() in self.lexicon.groups["government"] or self.scope.gives(entity):
                return "giver"
            head = re.split(r"\s(?:of|for|in|on)\s", entity.name)[0].split()[-1]
            if self._party.is_word(entity):
                return "word"
            return "thing" if self.lexicon.is_in("thing-head", head) else "new"
        if row.type == "government-department":
            return "giver" if entity in self._payers_seen or not row.part_of else "department"
        return {
            "police-force": "force",
            "local-authority": "council",
            "police-and-crime-commissioner": "other-body",
        }.get(row.type, "known")

    def _where(self, statement: Statement) -> str:
        if statement.origin is Origin.RECOMMENDATION:
            return "recommendation"
        return "list" if statement.list_key is not None else "prose"
