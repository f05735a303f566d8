"""The financial years that a sum is for: years named around it, or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.parse.dates import DateMention, find_dates
from graph.parse.money import find_money, parse_amount
from graph.parse.years import financial_year, next_year, parse_year, year_run
from ingest.document import Block, BlockKind, Row
from ingest.extract.choice import Option
from ingest.extract.scope.document import Scope
from ingest.extract.scope.periods import (
    length_in_months,
    relative_years,
    whole_date,
    years_to_end,
)
from ingest.extract.scope.stated_periods import labelled_periods, period_words, runs_on, stated_periods
from ingest.extract.scope.years import base_year, joined_years, usable_years
from ingest.extract.statements.statement import Statement
from ingest.extract.words.clauses import Parse
from ingest.extract.words.sentences import sentences_of
from ingest.extract.words.tokens import Sort

Years = tuple[str, ...]

_COMPARED = re.compile(r"\b(?:compared|than|same as|previous|since|last|unlike|up from|against)\b[^,.;]*$", re.I)
_UNTIL = re.compile(r"\b(?:to|until|till|up to|by|end(?:ing|s)?(?: on| in)?)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.I)
_CARRIED = re.compile(r"\bcarr\w+[\s-]+(?:forward|over)|\broll\w+\s+forward", re.I)
_POINTS_BACK = re.compile(
    r"^\W*(?:This|That|These|Those|It|They|Of (?:this|that|which)|Of the £|The (?:money|funding|grant|award)s?)\b"
)
_NEW_MATTER = re.compile(r"^\W*(?:In other news|Separately|Meanwhile|Elsewhere|In a separate)\b")
_ANY_YEAR = "2020/21"
_NEAR = 60  #: characters on either side of a sum in which a length is its own
_FAR = 60  #: characters before years in which they are said to be those of a comparison
_SPANS = (1, 2, 3, 6)  #: years that are told apart by their number
_FEW = 40  #: characters after a year in which a sum of its own may follow


@dataclass(slots=True)
class _Candidates:
    """Candidate years, each with its features, in the order found."""

    found: dict[Years, list[str]]

    def add(self, years: Years, *features: str) -> None:
        """Add features to years; years that are new become a candidate."""
        own = self.found.setdefault(years, ["some"] if years else [])
        own.extend(feature for feature in features if feature not in own)


@dataclass(frozen=True, slots=True)
class _Mention:
    """Years named in a sentence: how many sums and tokens stand between them and the sum, and their features."""

    years: Years
    crossed: int
    distance: int
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """Years that a sentence names, for use by all sums of the document."""

    years: Years
    sums: frozenset[Decimal]
    is_period: bool  #: from one date to another, or for a time from a date on
    is_contract: bool = False  #: the period of a contract, as its notice states it


class YearsReader:
    """Makes the candidates for the years of each statement of one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.base = base_year(scope.document, scope.decision)
        self._same_sum: dict[Decimal, dict[Years, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._title = years_in(scope.decision.title)
        self._spans = {span for block in scope.document.blocks for span in years_in(block.text)}
        self._said = _said_years(scope)

    def look_over(self, statements: Sequence[Statement]) -> None:
        """Note the years that stand beside each sum anywhere: in a sentence, or in a table's row."""
        for statement in statements:
            for one in _mentions(statement):
                if not one.crossed:
                    self._same_sum[statement.money.amount][one.years].add(f"sentence {statement.start}")
        for block in self.scope.document.blocks:
            for row in block.rows:
                for amount, years in _cells_with_years(block, row):
                    self._same_sum[amount][years].add(f"table {row.start}")

    def options(self, statement: Statement) -> list[Option[Years]]:
        """Return an option for each candidate span of years, "no years" first."""
        candidates = _Candidates({(): ["none", f"none|origin={statement.origin.name}"]})
        if _NEW_MATTER.match(statement.text):
            candidates.add((), "none|new-matter")
        self._of_sentence(statement, candidates)
        if not any(candidates.found):
            candidates.add((), "none|no-years-in-sentence")
        self._around(statement, candidates)
        self._of_document(statement, candidates)
        self._of_text(statement, candidates)
        self._by_length(statement, candidates)
        self._by_time(candidates)
        return [Option(years, tuple(f"Y:{one}" for one in features)) for years, features in candidates.found.items()]

    # -- the sentence --------------------------------------------------------------------------------------------

    def _of_sentence(self, statement: Statement, candidates: _Candidates) -> None:
        text = statement.text
        mentions = sorted(_mentions(statement), key=lambda one: (one.crossed, one.distance))
        nearest = {one.years: one for one in reversed(mentions)}
        for one in nearest.values():
            years, crossed, features = one.years, one.crossed, one.features
            candidates.add(years, *features)
            if crossed == 0 and len(years) == 1 and {"carry|from", "carry|of"} & set(features):
                candidates.add((next_year(years[0]),), "carried-to")
        periods = stated_periods(text)
        for period in periods:
            if period.years not in candidates.found:  # else "from 1 April 2023 to 31 March 2024" is a mention already
                candidates.add(period.years, "period")
        for date in find_dates(text):
            if years := years_to_end(text, date):
                candidates.add(years, "period")
            elif not any(one.start <= date.start < one.end for one in periods):
                self._of_date(statement, date, candidates)
        if self.base is not None:
            for years, word in relative_years(text, self.base):
                candidates.add(years, "relative", f"relative={word}")
        elif relative_years(text, _ANY_YEAR):
            candidates.add((), "none|relative-to-unknown")
            for years, word in relative_years(text, self.scope.years[-1]) if self.scope.years else ():
                candidates.add(years, "relative-to-text", f"relative-to-text={word}")

    def _of_date(self, statement: Statement, date: DateMention, candidates: _Candidates) -> None:
        day = whole_date(date.date)
        if day is None:
            return
        side = "before" if date.start < statement.token.start else "after"
        year = financial_year(day)
        if not _UNTIL.search(statement.text[: date.start]):
            candidates.add((year,), f"date|{side}|on")
            return
        candidates.add((year,), f"date|{side}|until")
        begins = {financial_year(other) for one in find_dates(statement.text) if (other := whole_date(one.date))}
        begins |= {self.base} if self.base is not None else set()
        begins |= set(self.scope.years[:1])
        for begin in sorted(begins):
            if begin < year and (run := year_run(begin, year)):
                candidates.add(run, "run-to-end", f"run-to-end|{'base' if begin == self.base else 'other'}")

    # -- around it -----------------------------------------------------------------------------------------------

    def _around(self, statement: Statement, candidates: _Candidates) -> None:
        for name, text in self._texts(statement):
            spans = years_in(text)
            alone = "alone" if len(set(spans)) == 1 else "others"
            for years in spans:
                candidates.add(years, name, f"{name}|{alone}")
                if name == "previous":
                    candidates.add(years, f"previous|{_tie(statement)}")
        for years, places in self._same_sum.get(statement.money.amount, {}).items():
            kinds = {place.split()[0] for place in places if place != f"sentence {statement.start}"}
            for kind in sorted(kinds):
                candidates.add(years, f"same-sum={kind}")

    def _texts(self, statement: Statement) -> Iterator[tuple[str, str]]:
        if statement.lead is not None:
            lead = statement.lead.parse.text
            yield ("lead" if lead.rstrip().endswith(":") else "entry-before"), lead
        yield "section", statement.block.section
        yield "title", self.scope.decision.title
        if statement.previous is not None:
            yield "previous", statement.previous.text
        following = _following(statement, self.scope)
        if following:
            yield "following", following

    def _of_document(self, statement: Statement, candidates: _Candidates) -> None:
        years = self.scope.years
        if years:
            source = "title" if years in self._title else "text"
            spread = "only" if len(self._spans) == 1 else "one-of-several"
            candidates.add(years, "document", f"document={source}", f"document|{spread}")
            if source == "text":
                candidates.add(years, *self._how_said(years, statement.money.amount))
        if self.base is not None and (self.base,) in candidates.found:
            candidates.add((self.base,), "base-agrees")
        elif self.base is not None:
            candidates.add((self.base,), "base", f"base|{'alone' if not self._spans else 'others'}")

    def _how_said(self, years: Years, amount: Decimal) -> Iterator[str]:
        """Yield features: how often the text names years that the title lacks, and whether only beside other sums."""
        beside = [one.sums for one in self._said if set(one.years) & set(years)]
        others = bool(beside) and all(sums and amount not in sums for sums in beside)
        yield f"document|said={'once' if len(beside) == 1 else 'often'}{'|of-other-sums' if others else ''}"

    def _of_text(self, statement: Statement, candidates: _Candidates) -> None:
        """Add features for how sentences anywhere name years; a period between dates becomes a candidate."""
        places: dict[Years, list[_Said]] = defaultdict(list)
        for one in self._said:
            places[one.years].append(one)
        most = max(map(len, places.values()), default=0)
        for years, found in places.items():
            if years not in candidates.found:
                if not any(one.is_period for one in found):
                    continue
                candidates.add(years, "elsewhere")
            candidates.add(years, "said=most" if len(found) == most else "said=less")
            if all(one.sums and statement.money.amount not in one.sums for one in found):
                candidates.add(years, "said|of-other-sums")
        contracts = {one.years for one in self._said if one.is_contract}
        if len(contracts) == 1 and _speaks_of_contract(statement.text):
            candidates.add(contracts.pop(), "period")  # a notice tells of one contract: what it costs, how long it runs

    def _by_length(self, statement: Statement, candidates: _Candidates) -> None:
        months = length_in_months(statement.text)
        if not any(statement.parse.tokens[index].years for index in range(len(statement.parse.tokens))):
            own = length_in_months(f"{statement.before[-_NEAR:]} {statement.after[:_NEAR]}")
            if own is not None and own > 12 and not find_dates(statement.text):
                candidates.add((), "none|length-alone", f"none|length-alone={'years' if own % 12 == 0 else 'months'}")
        whole = months // 12 if months is not None and months % 12 == 0 and statement.text.count("£") == 1 else 0
        if whole > 1:
            for first in [years[0] for years in candidates.found if len(years) == 1]:
                candidates.add(year_run(first, _later(first, whole - 1)), "run-of-length")
        ends = [year for year, features in candidates.found.items() if any(one.endswith("|until") for one in features)]
        for years, features in candidates.found.items():
            if years and whole:
                fits = len(years) == whole or (whole == 1 and len(years) == 2)
                features.append("length-fits" if fits else "length-differs")
            if years and ends and years[-1] > max(ends)[-1]:
                features.append("past-end")

    def _by_time(self, candidates: _Candidates) -> None:
        """Add features: how many years a candidate has, and how they lie to the year of the document."""
        for years, features in candidates.found.items():
            if years:
                features.append(f"span={next((str(most) for most in _SPANS if len(years) <= most), 'more')}")
                if self.base is not None:
                    features.append(f"time={_when(years, self.base)}")


def _mentions(statement: Statement) -> Iterator[_Mention]:
    """Yield the years in a sentence; a run of years with sums of their own is given whole and one by one."""
    parse, at = statement.parse, statement.at
    mentions = [token.years for token in parse.tokens if token.years is not None]
    where = {token.years.start: index for index, token in enumerate(parse.tokens) if token.years is not None}
    runs = joined_years(parse.text, mentions)
    carried = _CARRIED.search(f"{statement.before} {statement.after}") is not None
    for first, years in runs:
        run = [one for one in mentions if first.start <= one.start and set(one.years) <= set(years)]
        is_split = len({one.years for one in run}) > 1 and (
            carried or any(_has_own_sum(parse, one.end) for one in run[1:])
        )
        extra = ["split"] if is_split else []
        if len(runs) == 1 and not is_split:
            extra.append("only-in-sentence")
        yield _mention(parse, at, where[first.start], years, extra, carried)
        for one in run if is_split else ():
            yield _mention(parse, at, where[one.start], one.years, (), carried)


def _has_own_sum(parse: Parse, end: int) -> bool:
    """Return True if a sum follows years closely: "for 2021/22, and for 2022/23 a further £3"."""
    return any(
        token.money is not None
        and end <= token.start < end + _FEW
        and not re.search("[,;:.]", parse.text[end : token.start])
        for token in parse.tokens
    )


def _mention(parse: Parse, at: int, index: int, years: Years, extra: Sequence[str], carried: bool) -> _Mention:
    low, high = min(index, at), max(index, at)
    crossed = min(sum(token.money is not None for token in parse.tokens[low + 1 : high]), 2)
    nearer = min(sum(token.years is not None for token in parse.tokens[low + 1 : high]), 1)
    side = "before" if index < at else "after"
    same = "same" if parse.clause[index] == parse.clause[at] else "other"
    features = [f"{side}|{same}|sums={crossed}|years={nearer}", f"{side}|sums={crossed}", *extra]
    if nearer:
        features.append("nearer-years")
    if _is_closer_to_another(parse, at, index):
        features.append("closer-to-another-sum")
    word = _word_before(parse, index)
    if word:
        features.append(f"word={word}")
    if word and carried:
        features.append(f"carry|{word}")
    if _COMPARED.search(parse.text[max(0, parse.tokens[index].start - _FAR) : parse.tokens[index].start]):
        features.append("compared")
    return _Mention(years, crossed, high - low, tuple(features))


def _is_closer_to_another(parse: Parse, at: int, index: int) -> bool:
    """Return True if years stand nearer, in characters, to another sum of the sentence."""

    def distance(sum_at: int) -> int:
        first, second = sorted((parse.tokens[sum_at], parse.tokens[index]), key=lambda token: token.start)
        return second.start - first.end

    own = distance(at)
    return any(token.money is not None and distance(other) < own for other, token in enumerate(parse.tokens))


def _word_before(parse: Parse, index: int) -> str:
    """Return the preposition before years: "for" in "for the financial years 2021/22"."""
    for token in reversed(parse.tokens[max(0, index - 4) : index]):
        if token.sort is Sort.PREPOSITION:
            return token.text.lower()
        if token.sort in (Sort.MONEY, Sort.COMMA, Sort.STOP) or (
            token.sort is Sort.VERB and not token.text.lower().endswith("ed")
        ):
            break
    return ""


def _tie(statement: Statement) -> str:
    """Return how a sentence is tied to the one before it: by a pronoun, or by the other's sums."""
    previous = statement.previous
    if _POINTS_BACK.match(statement.text):
        return "points-back"
    return "with-sum" if previous is not None and any(token.money for token in previous.tokens) else "without-sum"


def _following(statement: Statement, scope: Scope) -> str:
    """Return the next sentence of a statement's block; "" if there is none, or for entries of lists."""
    if statement.list_key is not None:
        return ""
    after = [one.text for one in sentences_of(scope.document, statement.block) if one.start > statement.start]
    return after[0] if after else ""


def _said_years(scope: Scope) -> list[_Said]:
    """Return the years that each sentence names, with the sums beside them, and periods in labelled lines."""
    found = [_Said(one.years, frozenset(), True, True) for one in labelled_periods(scope.document.blocks)]
    for block in scope.document.blocks:
        for sentence in sentences_of(scope.document, block):
            sums = frozenset(money.amount for money in find_money(sentence.text))
            named = joined_years(sentence.text, usable_years(sentence.text))
            of_contract = _speaks_of_contract(sentence.text)
            for first, years in named:
                is_period = bool(find_dates(first.text))
                found.append(_Said(years, sums, is_period, of_contract and runs_on(first.text)))
            known = {years for _, years in named}
            others = [one.years for one in stated_periods(sentence.text) if one.years not in known]
            found += [_Said(years, sums, True, of_contract) for years in others]
    return found


def _speaks_of_contract(text: str) -> bool:
    return period_words()["contract"].search(text) is not None


def _when(years: Years, base: str) -> str:
    """Return how years lie to the year in which their document was made."""
    first, last, own = int(years[0][:4]), int(years[-1][:4]), int(base[:4])
    if last < own:
        return f"past-{min(own - last, 2)}"
    if first > own:
        return f"future-{min(first - own, 2)}"
    return "from-then" if first == own else "around"


def _cells_with_years(block: Block, row: Row) -> Iterator[tuple[Decimal, Years]]:
    """Yield the sums of a table's row, each with the years of its column, else with those of the row."""
    if block.kind is not BlockKind.TABLE:
        return
    heads = block.header[-1].texts if block.header else ()
    own = [years for text in row.texts if (years := parse_year(text))]
    for column, text in enumerate(row.texts):
        amount = parse_amount(text)
        if amount is None or parse_year(text):
            continue
        years = parse_year(heads[column]) if column < len(heads) else ()
        if years or len(own) == 1:
            yield amount, years or own[0]


def _later(year: str, count: int) -> str:
    for _ in range(count):
        year = next_year(year)
    return year


def years_in(text: str) -> list[Years]:
    """Return the spans of financial years that a text names, in order."""
    return [years for _, years in joined_years(text, usable_years(text))]
