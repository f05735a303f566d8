"""The years that a document's money is for, and years that a text names together."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from graph.model import Decision
from graph.parse.dates import DateMention, find_dates
from graph.parse.references import find_references, reference_key
from graph.parse.years import YearsMention, financial_year, find_years, parse_year
from ingest.document import Block, Document
from ingest.extract.scope.periods import ending_period, length_in_months, period_years, whole_date
from ingest.extract.scope.stated_periods import stated_periods
from ingest.extract.words.sections import Origin, origin_of
from ingest.extract.words.sentences import Sentence

_TOP = 14  #: blocks from the top of a page among which its date stands
_BESIDE_DATE = 24  #: characters that may stand beside a page's date: "Published on Monday,"
_HEADLINE = 140  #: characters of a line that a page's date may close: "Board minutes, 10 January 2023"
_OF_TERM = re.compile(
    r"\b(?:from|by|to|until|till|since|between|before|after|end(?:s|ing)?|starts?|as at)\W+(?:\w+day\W+)?$", re.I
)
_AND_ON = re.compile(r"\s*(?:-|–|—|to|until|and)\s*\d")
_OF_MONEY = re.compile(r"\b(?:fund|grant|budget|award|allocat|financ|contract|cost|spend|extend|extension)", re.I)
_JOINT = re.compile(
    r"(?:\s{1,9}financial\s{1,9}years?)?\s{0,9}(?:,|and|&|,\s{0,9}and|/|to)\s{0,9}(?:(?:in|for|during|throughout)\s{1,9})?(?:the\s{1,9})?"
)
_COMPARED = re.compile(
    r"\b(?:(?:since|than)\s+(?:in\s+)?(?:the\s+)?|(?:compared\s+(?:with|to)|same\s+as)\s+(?:[\w’'-]+\s+){0,4})$", re.I
)
_DID = re.compile(
    r"\s+(?:(?:has|had|also|previously|already)\s+){0,2}(?:approved|agreed|awarded|allocated|accepted|set)\b"
)
_SPENT_BY = re.compile(r"\b(?:spent\s+by|by|until|to)\s+(?:the\s+end\s+of\s+)?(?:31(?:st)?\s+)?March\s+(20\d\d)\b")


def joined_years(text: str, mentions: Sequence[YearsMention]) -> list[tuple[YearsMention, tuple[str, ...]]]:
    """Return runs of years that words join ("18/19 and 19/20", "2023/24, 2024/25 and 2025/26"), each with one span."""
    runs: list[list[YearsMention]] = []
    for mention in mentions:
        if runs and _JOINT.fullmatch(text, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [(run[0], tuple(sorted({year for mention in run for year in mention.years}))) for run in runs]


def years_of_decision(decision: Decision, spoken: Sequence[tuple[Block, Sentence]]) -> tuple[str, ...]:
    """Return the years named most often beside money.

    The title weighs most, then recommendations, then sentences with a sum. A length in the same places ("for two
    years") widens the years to as many consecutive years.
    """
    votes: Counter[tuple[str, ...]] = Counter()
    lengths: Counter[int] = Counter()
    for text, weight in [
        (decision.title, 5),
        *((sentence.text, _weight(decision, block, sentence)) for block, sentence in spoken),
    ]:
        named = joined_years(text, usable_years(text)) if weight else []
        for first, years in named:
            votes[years] += 0 if _COMPARED.search(text, 0, first.start) else weight
        if weight and (ending := ending_period(text)):
            votes[ending] += weight + 1
        for period in stated_periods(text) if weight else ():
            votes[period.years] += weight + 1 if all(period.years != years for _, years in named) else 0
        months = length_in_months(text)
        if months is not None and months % 12 == 0 and weight > 1:
            lengths[months // 12] += weight
    votes = +votes
    if not votes:
        ends = {int(found[1]) for _, sentence in spoken for found in _SPENT_BY.finditer(sentence.text)}
        spent = tuple(f"{year - 1}/{year % 100:02d}" for year in sorted(ends)) if len(ends) == 1 else ()
        return period_years([sentence.text for _, sentence in spoken]) or spent
    best = max(votes.values())
    chosen = max((years for years, count in votes.items() if count == best), key=len)
    length = lengths.most_common(1)[0][0] if lengths else 1
    return _widened(chosen, length, votes) if len(chosen) < length <= 5 else chosen


def _weight(decision: Decision, block: Block, sentence: Sentence) -> int:
    own = reference_key(decision.reference or "")
    if any(cited.key != own and _DID.match(sentence.text, cited.end) for cited in find_references(sentence.text)):
        return 0  # what another decision did
    if origin_of(block) is Origin.RECOMMENDATION:
        return 3
    return 2 if "£" in sentence.text else 1 if _OF_MONEY.search(sentence.text) else 0


def _widened(chosen: tuple[str, ...], length: int, votes: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return consecutive years of this length that contain the chosen ones and are named too; else the chosen years."""
    named = sorted({year for years in votes for year in years})
    runs = [named[index : index + length] for index in range(len(named) - length + 1)]
    weights = {year: sum(count for years, count in votes.items() if year in years) for year in named}
    fitting = [run for run in runs if set(chosen) <= set(run) and int(run[-1][:4]) - int(run[0][:4]) == length - 1]
    return tuple(max(fitting, key=lambda run: sum(weights[year] for year in run))) if fitting else chosen


def base_year(document: Document, decision: Decision) -> str | None:
    """Return the financial year in which a document was made, by its date or its reference.

    None if neither is known.
    """
    day = document_day(document, decision)
    if day is not None:
        return financial_year(day)
    for printed in re.findall(r"\b(?:20)?\d\d[-/](?:20)?\d\d\b", decision.reference or ""):
        years = parse_year(printed)
        if len(years) == 1:
            return years[0]
    return None


def document_day(document: Document, decision: Decision) -> datetime.date | None:
    """Return the day on which a document was signed or published, by its head or a lone date near its top; or None."""
    for said in (decision.signed, *(date for _, date in decision.dates)):
        if said is not None and (day := whole_date(said)) is not None:
            return day
    for block in document.blocks[:_TOP]:
        date = next((one for one in find_dates(block.text) if one.date.count("-") == 2), None)
        if date is not None and _is_of_page(date, block.text):
            return whole_date(date.date)
    return None


def _is_of_page(date: DateMention, text: str) -> bool:
    """Return True if a date near the top is the page's own: it opens its line, or closes a short line."""
    before, after = text[: date.start], text[date.end :]
    if _OF_TERM.search(before) or _AND_ON.match(after):
        return False
    return len(before) <= _BESIDE_DATE or (len(text) <= _HEADLINE and len(after.strip(" .)]|")) <= _BESIDE_DATE)


def usable_years(text: str) -> list[YearsMention]:
    """Return the years in a text that say when money is spent; not those in the name of a plan ("Plan 2013-16")."""
    return [mention for mention in find_years(text) if mention.years and not mention.label]
