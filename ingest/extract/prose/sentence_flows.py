"""One sentence's sums: who pays whom, for what and when, from its verbs, its names and the words before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model import FlowKind, FlowStatus
from ingest.document import BlockKind
from ingest.extract.drafts import Draft, Origin
from ingest.extract.prose.asides import is_aside
from ingest.extract.prose.clauses import Window, windows
from ingest.extract.prose.frames import Act, Verb, is_noun
from ingest.extract.prose.names_around import Setting
from ingest.extract.prose.parties import Parties, meant_for, read_parties
from ingest.extract.prose.sentence_words import Lead, SentenceWords
from ingest.extract.prose.several_payees import pair_off, share_programmes, spread, without_shares
from ingest.extract.prose.standing import depends, kind_and_status, opens_bidding
from ingest.extract.prose.subjects import Subject, read_subject
from ingest.extract.scope.programmes import programmes_in
from ingest.extract.scope.years import joined_years

_ANAPHORA = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:(?:this|it|that|these|both|the\s+(?:sum|bid|grant|award|funding))\s+(?:was|is|were|are|will)\b"
    r"|(?:I\s+note\s+(?:that\s+)?)?the\s+(?:cost|value)\s+of\s+th(?:is|at)\s+(?:award|contract|grant|extension)\b)",
    re.I,
)
_REFERENCE = re.compile(r"\b(?:the|that|this|these|those)\s+(?:whole\s+|full\s+)?$", re.I)
_PAID_FROM = re.compile(r"\s+(?:(?:is|will)\s+)?(?:(?:to\s+)?(?:be|come)\s+)?(?:(?:met|funded|paid)\s+)?(?:from|by)\s+")
_PAID_TO = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:to|for|towards|so\s+that)\s+(?!\d)")
_PRONOUN_FIRST = re.compile(r"^\W*(?:this|it|that|these|they)\b", re.I)
_NEW_TOTAL = re.compile(
    r"\b(?:bringing|taking|making)\b[^.;£]{0,40}\bto\s+(?:a\s+total\s+of\s+)?$|£[\d,.]+\s?\w*\s*[;,]\s*(?:and\s+)?(?:an?\s+)?max(?:imum)?\s+(?:of\s+)?$",
    re.I,
)
_FOR_SOMETHING = re.compile(r"\b(?:for|towards)\s+(?:the\s+)?[A-Z]")
#: "twelve groups were successful, totalling £5": awards, by the decision maker
_SUCCESSFUL_FOR = re.compile(r"\bsuccessful\b[^.;£]{0,40}\b(?:totalling|worth|value\s+of|total\s+of)\s+$", re.I)
_SUM_NOUNS = ("total", "value", "budget")  #: "a total sum of £5 was distributed"
_PRICED = re.compile(
    r"(?<!total )(?<!the )(?<!a )\b(?:cost\s+(?:us\s+)?|costing\s+|at\s+a\s+(?:\w+\s+)?(?:cost|value)\s+of\s+)$", re.I
)
#: the sum of an award and of what is put beside it
_WITH_MATCH = re.compile(
    r"\btotal\s+(?:\w+\s+)?(?:investment|funding|cost|value|package|budget|project)\b[^.;£]{0,50}\bmatch\b[^.;£]{0,25}$",
    re.I,
)
_PAYERS = re.compile(
    r"\b(?:match(?:ed|ing)?[\s-]+fund\w*|contribut\w+|fund(?:ing|s)?\s+(?:also\s+)?comes?\s+from|sources?|funders|paid\s+by)\b",
    re.I,
)


class SentenceReader(SentenceWords):
    """The drafts of one sentence."""

    def drafts(self) -> list[Draft]:
        """Return one draft per sum and year."""
        if not self.sums:
            return []
        made: dict[int, Draft] = {}
        out: list[Draft] = []
        verb: Verb | None = None
        shared: Verb | None = None
        for index, window in enumerate(windows(self.text, self.sums, self.mentions, self.verbs)):
            if is_aside(self.text, window):
                continue
            verb = self._verb(window) or verb
            whole = made.get(window.whole) if window.whole is not None else None
            draft = self._draft(window, verb, whole)
            if (
                out
                and verb is shared
                and draft.status is FlowStatus.APPROVED
                and out[-1].status is FlowStatus.PROVISIONAL
            ):
                draft.status = FlowStatus.PROVISIONAL
            shared = verb
            made[index] = draft
            out.extend(spread(self.scope, self.text, self.mentions, window, draft))
        ends = [*(money.start for money in self.sums[1:]), len(self.text)]
        each_for_its_own = [
            _FOR_SOMETHING.search(self.text, money.end, end) for money, end in zip(self.sums, ends, strict=True)
        ]
        if not (len(each_for_its_own) > 1 and all(each_for_its_own)):
            share_programmes(out)
        pair_off(self.scope, self.text, self.mentions, out)
        return without_shares(out)

    def lead(self, drafts: Sequence[Draft]) -> Lead:
        """Return what the next sentence or list item may fall back on."""
        verb = next((verb for verb in self.verbs if verb.act is not Act.COST), None)
        money_acts = [verb.act for verb in self.verbs if verb.act is not Act.COST]
        act = money_acts[-1] if money_acts else (self.previous.act if self.previous else None)
        subject = self._subject(verb)
        setting = Setting(self.text, self.mentions, ((0, len(self.text)),), None)
        years = joined_years(self.text, self.years)
        return Lead(
            act=act,
            parties=read_parties(self.scope, setting, verb, act, subject),
            programmes=programmes_in(self.text, self.mentions, self.scope.names),
            fund=self.fund_of(0, len(self.text)),
            years=years[-1][1] if years else (),
            whole=drafts[-1] if drafts else None,
            text=self.text,
            subject=subject.entity or (self.previous.subject if self.previous else None),
            lists_payers=bool(_PAYERS.search(self.text)) or (not money_acts and self._lists_payers()),
        )

    def _lists_payers(self) -> bool:
        return self.previous is not None and self.previous.lists_payers

    def _subject(self, verb: Verb | None) -> Subject:
        return read_subject(
            self.scope,
            self.text,
            self.mentions,
            verb,
            self.verbs,
            self.previous.subject if self.previous else None,
            imperative=self.origin is Origin.RECOMMENDATION,
        )

    def _verb(self, window: Window) -> Verb | None:
        before = [verb for verb in self.verbs if window.start <= verb.start < window.money.start]
        if before and before[-1].words in {"totals", "costs"}:
            return before[-1]
        strong = [verb for verb in before if verb.act is not Act.COST]
        for one, other in itertools.pairwise(strong):
            if one.act is Act.RECEIVE and re.fullmatch(r"\s+and\s+", self.text[one.end : other.start]):
                return one  # "accept and spend"
        if any(verb.act is Act.RECEIVE or verb.passive for verb in strong):
            strong = [verb for verb in strong if not is_noun(self.text, verb)] or strong
        if strong:
            if len(strong) > 1 and strong[-1].words == "contract" and strong[-2].act is Act.GIVE:
                strong.pop()  # "award X a contract of £5"
            specific = [verb for verb in strong if not re.match(r"approv|agree", verb.words)]
            return (specific or strong)[-1]
        after = [
            verb for verb in self.verbs if window.money.end <= verb.start < window.end and verb.act is not Act.COST
        ]
        close = [verb for verb in after if verb.passive or verb.start - window.money.end < 40]
        if close and (not before or (close[0].passive and before[-1].words in _SUM_NOUNS)):
            return close[0]
        return before[-1] if before else None

    def _stretches(self, window: Window, verb: Verb | None, whole: Draft | None) -> tuple[tuple[int, int], ...]:
        """The sum's own words, then the words of the verb that it shares with the sums before it."""
        own = (window.start, window.end)
        if verb is not None and verb.act is Act.RECEIVE and len(self.sums) > 1 and window.money is not self.sums[-1]:
            return (own, (0, self.sums[0].start), (self.sums[-1].end, len(self.text)))  # "£5 and £6 from ..."
        if whole is not None or verb is None or verb.start >= window.start:
            return (own,)
        return (own, (0, self.sums[0].start))

    def _draft(self, window: Window, verb: Verb | None, whole: Draft | None) -> Draft:
        money = window.money
        anaphoric = self.previous is not None and bool(_ANAPHORA.match(self.text))
        inherited = self.previous if anaphoric else self.list_lead
        act = verb.act if verb is not None else (inherited.act if inherited else None)
        if anaphoric and inherited is not None and act in (None, Act.COST):
            act = inherited.act
        if act is Act.COST and self.sentence.block.kind is BlockKind.ITEM and _PRICED.search(self.text[: money.start]):
            act = Act.ALLOCATE  # one of a list of things, each with its price
        if act is None and _PAID_TO.match(self.text[money.end :]):
            act = Act.GIVE
        setting = Setting(self.text, self.mentions, self._stretches(window, verb, whole), money)
        subject = self._subject(verb)
        parties = read_parties(self.scope, setting, verb, act, subject)
        if anaphoric and parties.recipient is None and (own := meant_for(self.scope, setting)) is not None:
            parties = replace(parties, recipient=own, recipient_words="")
        if inherited is not None:
            parties = parties.or_else(
                inherited.parties.funder, inherited.parties.recipient, inherited.parties.recipient_words
            )
        label = self.labels.get(money.start)
        if whole is not None and label is None:
            parties = self._parties_of_part(parties, whole)
        is_entry = act is None and (label is not None or parties.recipient is not None)
        is_payer = is_entry and self._lists_payers()
        if label is not None:
            parties = label.applied(parties, self.scope)
            act = Act.GIVE if act in (None, Act.COST) and not is_payer else act
            is_entry = is_entry and is_payer
        if is_payer:
            party = label.party if label is not None else parties.recipient
            parties = replace(parties, funder=party, recipient=None)
        points_back = anaphoric or bool(_PRONOUN_FIRST.match(self.text))
        words = self.text + (" " + self.previous.text if points_back and self.previous else "")
        kind, status, envelope = kind_and_status(self.scope, words, self.text, window, act, parties)
        envelope = envelope or (self.list_lead is not None and opens_bidding(self.list_lead.text))
        fund = (
            self.fund_of(window.start, window.end)
            or (inherited.fund if inherited else None)
            or (whole.fund if whole else None)
        )
        if is_entry and parties.recipient is None:
            kind = FlowKind.MATCH
        if whole is not None and whole.status is FlowStatus.CONTEXT:
            kind, envelope = FlowKind.ENVELOPE, True  # a part of what is no money of this decision
        if (
            kind is FlowKind.MATCH
            and parties.funder is not None
            and self.scope.gives(parties.funder)
            and (subject.entity is None or depends(self.text[: money.start]))
        ):
            kept = parties.recipient if parties.recipient != self.scope.body else None
            parties = replace(parties, funder=None, recipient=kept)
        programmes, settled = self.programmes_of(window, inherited, whole)
        return Draft(
            amount=money.amount,
            evidence=[self.sentence.evidence()],
            origin=self.origin,
            basis=money.basis,
            years=self.years_of(window, kind, inherited, whole),
            funder=parties.funder,
            recipient=parties.recipient or (self.scope.body if kind is FlowKind.OWN_COST else None),
            recipient_words=parties.recipient_words,
            programmes=programmes,
            programmes_settled=settled,
            place=self.place_of(window),
            fund=fund,
            kind=kind,
            status=FlowStatus.CONTEXT if envelope else status,
            per_year=money.per_year,
            is_total=(
                act is Act.COST
                and parties.recipient in (None, self.scope.body)
                and kind is not FlowKind.OWN_COST
                and not (parties.funder is not None and _PAID_FROM.match(self.text, money.end))
            )
            or (act is None and kind not in (FlowKind.MATCH, FlowKind.OWN_COST) and not is_entry)
            or bool(_NEW_TOTAL.search(self.text[: money.start]) or _WITH_MATCH.search(self.text[: money.start]))
            or parties.several,
            is_said_total=money.part == "total" and parties.recipient is None and act is Act.ALLOCATE,
            whole=whole or (self.list_lead.whole if self.list_lead and self.list_lead.whole is not None else None),
            source_of_money=parties.source or (whole.source_of_money if whole else None),
            label=self.text.strip(),
            sharers=parties.sharers if act in (Act.GIVE, Act.ALLOCATE) else (),
            names_nobody=(subject.names_nobody and subject.entity is None)
            or bool(_SUCCESSFUL_FOR.search(self.text[: money.start])),
            is_reference=parties.recipient is None and bool(_REFERENCE.search(self.text[: money.start])),
        )

    def _parties_of_part(self, parties: Parties, whole: Draft) -> Parties:
        """A part has the whole's parties unless its own words name others."""
        if parties.funder == self.scope.body and parties.recipient is None:
            parties = replace(parties, funder=None)
        return parties.or_else(whole.funder, whole.recipient, whole.recipient_words)
