"""Who pays and who is paid: the names around a sum as candidates, with the features of their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind
from graph.names.mentions import NameMention
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.sections import Origin
from ingest.extract.slots.choice import Option
from ingest.extract.slots.party_marks import (
    ends_for,
    frame_of,
    gets_whole,
    is_said,
    marked,
    pointer_of,
    token_at_label_rest,
)
from ingest.extract.slots.ways import WayMarks, way_of
from ingest.extract.statements.statement import Lead, Statement
from ingest.extract.words.clauses import Parse, implied_subject
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.roles import is_shared_subject, role_of
from ingest.extract.words.tokens import Sort

_MOST = 6  #: candidates for one party; those that the general rules like least are left out
_GROUP = re.compile(r"\b(?:to|for|between|among|amongst|across|by|with|sees?|saw)\s+(?:\w+\s+){0,4}$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A payer and a payee; None where the text leaves one open."""

    payer: Entity | None
    payee: Entity | None


class PartyReader:
    """Makes the candidates for the parties of the statements of one document."""

    def __init__(self, scope: Scope, names: DocumentNames, lexicon: Lexicon) -> None:
        self.scope = scope
        self.names = names
        self.lexicon = lexicon
        self._payers_seen: list[Entity] = []
        self._ways = WayMarks(scope, lexicon)
        self._title: Parse | None = None

    def look_over(self, statements: Sequence[Statement], title: Parse) -> None:
        """Note who pays by the grammar of any sentence of the document: others may lean on it."""
        counted: Counter[Entity] = Counter()
        for statement in statements:
            for entity, features in self._candidates(statement).items():
                if entity != self.scope.body and entity.kind is not EntityKind.FUND and "frame=payer" in features:
                    counted[entity] += 2 if self.scope.gives(entity) else 1
        self._payers_seen = [entity for entity, _ in counted.most_common(2)]
        self._title = title
        self._ways.look_over(statements, title)

    def options(self, statement: Statement) -> list[Option[Pair]]:
        """Return every pair of payer and payee that the words allow, with features."""
        found = self._candidates(statement)
        verb = statement.governor.verb_class if statement.governor is not None else "none"
        payers = self._best(marked("P", "payer", self._payers(statement, found)))
        payees = self._best(marked("R", "payee", self._payees(statement, found)))
        ways = self._ways.of(statement)
        options = []
        as_payee = {entity for entity, features in payees.items() if "R:said" in features}
        as_payer = {entity for entity, features in payers.items() if "P:said" in features}
        for payer, paying in payers.items():
            if payer in as_payee and payer not in as_payer:
                paying = (*paying, "P:is-said-payee")
            for payee, paid in payees.items():
                if payer is not None and payer == payee:
                    continue
                if payee in as_payer and payee not in as_payee:
                    paid = (*paid, "R:is-said-payer")
                options.append(
                    Option(
                        Pair(payer, payee),
                        (
                            *paying,
                            *paid,
                            *self._together(payer, payee, paying, paid, verb),
                            *(f"way={way_of(payer, payee, self.scope.body)}|{mark}" for mark in ways),
                        ),
                    )
                )
        return options

    def _best(self, found: dict[Entity | None, tuple[str, ...]]) -> dict[Entity | None, tuple[str, ...]]:
        """Return the candidates that the general rules like best, nobody and the body always among them."""
        rules = self.lexicon.priors.get("parties", {})
        ranked = sorted(found, key=lambda one: -sum(rules.get(feature, 0.0) for feature in found[one]))
        kept = set(ranked[:_MOST]) | {None, self.scope.body}
        return {entity: features for entity, features in found.items() if entity in kept}

    # -- candidates ----------------------------------------------------------------------------------------------

    def _candidates(self, statement: Statement) -> dict[Entity, list[str]]:
        found: dict[Entity, list[str]] = {}
        pointer = pointer_of(statement, self.lexicon)
        self._of_sentence(statement, found, pointer)
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
        before = (statement.previous,) if statement.previous is not None else ()
        for distance, parse in enumerate((*before, *statement.earlier), start=1):
            self._mention(parse, found, ("earlier", f"earlier={distance}", f"earlier|pointer={pointer}"))
        if statement.heading is not None:
            self._mention(statement.heading, found, ("heading", f"heading|pointer={pointer}"))
        if self._title is not None:
            self._mention(self._title, found, ("title", f"title|pointer={pointer}"))
        for entity, features in found.items():
            if entity in inside:  # what its own sentence says of a name counts alone
                features[:] = inside[entity]
            else:
                features += ["outside", f"outside|pointer={pointer}", f"outside|{self._where(statement)}"]
        return found

    def _mention(self, parse: Parse, found: dict[Entity, list[str]], features: Sequence[str]) -> None:
        """Add the names of words around a statement."""
        for index, token in enumerate(parse.tokens):
            if token.sort is Sort.NAME and self._is_party(token.name):
                entity = self._entity(parse, index)
                if entity is not None:
                    self._add(found, entity, features)

    def _add(self, found: dict[Entity, list[str]], entity: Entity, features: Iterable[str]) -> None:
        own = found.setdefault(entity, [])
        own.extend(feature for feature in features if feature not in own)

    def _of_sentence(self, statement: Statement, found: dict[Entity, list[str]], pointer: str) -> None:
        parse, at, governor = statement.parse, statement.at, statement.governor
        parties = [
            index for index, token in enumerate(parse.tokens) if token.sort is Sort.SELF or self._is_party(token.name)
        ]
        sums = [index for index, token in enumerate(parse.tokens) if token.money is not None]
        for index in parties:
            entity = self._entity(parse, index)
            if entity is None:
                continue
            low, high = min(index, at), max(index, at)
            role = role_of(parse, index, at, governor)
            between = sum(
                low < other < high for other in parties if self._entity(parse, other) not in (entity, self.scope.body)
            )
            side = "before" if index < at else "after"
            crossed = min(sum(low < other < high for other in sums), 2)
            has_whole = gets_whole(parse, index, statement.parent, self.lexicon)
            if has_whole:
                crossed = 0
            if governor is not None and is_shared_subject(parse, index, at, governor):
                crossed = 0
            verb = governor.key if governor is not None else "no-verb"
            features = [
                f"role={role}",
                f"role={role}|{verb}",
                f"side={side}|names={min(between, 2)}|sums={crossed}",
                f"{side}|sums={crossed}",
            ]
            name = parse.tokens[index].name
            if name is not None and any(one.kind is EntityKind.PLACE for one in (name.entity, *name.candidates)):
                features.append("bare-place")
            frame = frame_of(self.lexicon, role, verb)
            if has_whole:
                frame = "payee"
            if frame:
                features += [f"frame={frame}", f"frame={frame}|{side}|names={min(between, 2)}|sums={crossed}"]
            if governor is not None and governor.inherited:
                features.append(f"role={role}|inherited")
            if index < at and pointer in ("payee", "payer"):
                features.append(f"before-pointer={pointer}")
            owner = parse.tokens[at - 1].text.lower() if at else ""
            if owner in ("its", "their", "whose"):
                features.append(f"its-sum|{side}")
            if index == parties[0] and not parse.text[: parse.tokens[index].start].strip(" •*-–—Tthe"):
                features.append(f"opens|{self._where(statement)}")
            if role == "for" and ends_for(parse, at, index):
                features.append("for-alone")
            if abs(index - at) == 1 and not parse.text[parse.tokens[low].end : parse.tokens[high].start].strip(
                " (:-–—"
            ):
                features.append(f"touches|{side}")
            if statement.label is not None and statement.label.before and index < at:
                if entity == statement.label.entity:
                    features.append("inside-label")
                elif token_at_label_rest(statement, index):
                    features = ["label-rest", f"label-rest|{entity.kind}|{'known' if entity.verified else 'new'}"]
                else:
                    continue
            self._add(found, entity, features)

    def _of_label(self, statement: Statement) -> list[str]:
        label = statement.label
        assert label is not None
        words = re.findall(r"[^\s]+", label.words)
        last = re.split(r"\s+", label.entity.name)[-1].lower().rstrip(".")
        lead = statement.lead.parse.text.lower() if statement.lead is not None else ""
        features = ["label", f"label|entries={min(statement.entries, 3)}", f"label|{label.entity.kind}"]
        if last in self.lexicon.groups["head"]:
            features.append("label|body-word")
        if last in self.lexicon.groups["fund-kind"]:
            features.append("label|fund-word")
        if last in self.lexicon.groups["programme-kind"]:
            features.append("label|programme-word")
        if sum(word[:1].islower() for word in words) * 2 > len(words):
            features.append("label|small-letters")
        if any(re.search(rf"\b{noun}\b", lead) for noun in self.lexicon.groups["party-noun"]):
            features.append("label|lead-names-parties")
        if statement.lead is not None and statement.lead.governor is not None:
            features.append(f"label|lead={statement.lead.governor.verb_class}")
        if not label.entity.verified:
            features.append("label|new")
        return features

    def _of_lead(self, lead: Lead, found: dict[Entity, list[str]], *, is_verbless: bool) -> None:
        parse, last = lead.parse, len(lead.parse.tokens) - 1
        for index, token in enumerate(parse.tokens):
            if token.sort is Sort.SELF or self._is_party(token.name):
                entity = self._entity(parse, index)
                if entity is not None:
                    role = role_of(parse, index, last, lead.governor)
                    verb = lead.governor.key if lead.governor is not None else "no-verb"
                    frame = frame_of(self.lexicon, role, verb)
                    features = [f"lead={role}", f"lead-frame={frame or 'none'}"]
                    if is_verbless:  # the lead-in's verb is the entry's own
                        features += [f"role={role}", f"role={role}|{verb}", *([f"frame={frame}"] if frame else [])]
                    self._add(found, entity, features)

    def _is_party(self, name: NameMention | None) -> bool:
        if name is None:
            return False
        if name.entity.kind is EntityKind.ORGANISATION:
            return True
        return name.entity.kind is EntityKind.FUND or (
            name.entity.kind is EntityKind.PLACE and self.scope.is_own_area(name.entity)
        )

    def _entity(self, parse: Parse, index: int) -> Entity | None:
        token = parse.tokens[index]
        if token.sort is Sort.SELF:
            return self.scope.body
        assert token.name is not None
        if any(
            one.kind is EntityKind.PLACE and self.scope.is_own_area(one)
            for one in (token.name.entity, *token.name.candidates)
        ):
            return self.scope.body
        return token.name.entity

    # -- payer and payee -----------------------------------------------------------------------------------------

    def _payers(self, statement: Statement, found: dict[Entity, list[str]]) -> dict[Entity | None, tuple[str, ...]]:
        verb = statement.governor.key if statement.governor is not None else "no-verb"
        out: dict[Entity | None, tuple[str, ...]] = {
            None: ("P:none", f"P:none|{verb}", f"P:none|{self._where(statement)}")
        }
        for entity, features in found.items():
            if entity.kind is EntityKind.FUND:
                continue
            kind = self.kind_of(entity)
            out[entity] = self._named("P", kind, features)
        body = self.scope.body
        if body is not None:
            said = out.get(body, ())
            state = "said" if "P:outside" not in said and said else "unsaid"
            out[body] = (
                *said,
                "P:body",
                f"P:body|{state}",
                f"P:body|{state}|{verb}",
                f"P:body|{self._where(statement)}",
            )
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
            if self.scope.receives_only:
                more.append("P:giver|receives-only")
            out[giver] = (*out.get(giver, ("P:far-giver",)), *more)
        return out

    def _payees(self, statement: Statement, found: dict[Entity, list[str]]) -> dict[Entity | None, tuple[str, ...]]:
        verb = statement.governor.key if statement.governor is not None else "no-verb"
        none = ["R:none", f"R:none|{verb}", f"R:none|{self._where(statement)}"]
        if statement.label is not None:
            none.append("R:none|label")
        if self._speaks_of_group(statement):
            none.append("R:none|group")
        none.append(f"R:none|pointer={pointer_of(statement, self.lexicon)}")
        named = any(feature.startswith("role=to") for features in found.values() for feature in features)
        if named:
            none.append("R:none|to-somebody")
        out: dict[Entity | None, tuple[str, ...]] = {None: tuple(none)}
        for entity, features in found.items():
            out[entity] = self._named("R", self.kind_of(entity), features)
        body = self.scope.body
        if body is not None:
            said = out.get(body, ())
            state = "said" if "R:outside" not in said and said else "unsaid"
            more = ["R:body", f"R:body|{state}", f"R:body|{state}|{verb}", f"R:body|{self._where(statement)}"]
            if self.scope.receives_only:
                more.append("R:body|receives-only")
            out[body] = (*said, *more)
        return out

    def _named(self, side: str, kind: str, features: list[str]) -> tuple[str, ...]:
        coarse = [
            feature
            for feature in features
            if "|" not in feature and feature.startswith(("role=", "lead=", "label", "frame=", "lead-frame="))
        ]
        return (
            f"{side}:{kind}",
            *(f"{side}:{feature}" for feature in features),
            *(f"{side}:{kind}|{feature}" for feature in coarse),
        )

    def _together(
        self, payer: Entity | None, payee: Entity | None, paying: tuple[str, ...], paid: tuple[str, ...], verb: str
    ) -> tuple[str, ...]:
        """Return the features of a pair: the kinds of both, the verb's class, and whether the sentence says them."""
        kinds = f"pair={self._placed_kind(payer, paying)}>{self._placed_kind(payee, paid)}"
        said = f"{'said' if is_said(paying) else 'unsaid'}>{'said' if is_said(paid) else 'unsaid'}"
        return (kinds, f"{kinds}|{verb}", f"{kinds}|{said}", f"{kinds}|{said}|{verb}")

    def _placed_kind(self, entity: Entity | None, features: tuple[str, ...]) -> str:
        """Return a party's kind, with a star where the sum's own sentence or label does not name it."""
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

    def _speaks_of_group(self, statement: Statement) -> bool:
        nouns = "|".join(sorted(self.lexicon.groups["party-noun"]))
        return (
            re.search(
                rf"\b(?:to|for|between|among|across|by|sees?)\s+(?:[\w’'-]+\s+){{0,5}}(?:{nouns})\b", statement.text
            )
            is not None
        )
