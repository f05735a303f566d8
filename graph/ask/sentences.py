"""The words of answers: sums, lists, years, names, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.ask.question import Choice, Period, Question
from graph.parse.money import format_pounds

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def pounds(amount: Decimal) -> str:
    """ "£1,234" or "£1,234.50"."""
    return format_pounds(amount)


def listed(words: Iterable[str], *, last: str = "and", most: int = 12) -> str:
    """ "a, b and c"; beyond `most`, the number of the rest."""
    parts = [word for word in dict.fromkeys(words) if word]
    if len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most} more"]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def in_years(years: Sequence[str]) -> str:
    """ " in 2023/24", " in 2018/19 to 2020/21"; "" without years."""
    if not years:
        return ""
    if len(years) == 1:
        return f" in {years[0]}"
    return f" in {listed(_run(run) for run in _runs(years))}"


def _runs(years: Sequence[str]) -> list[list[str]]:
    """Years in rows without a gap."""
    runs: list[list[str]] = []
    for year in years:
        if runs and int(year[:4]) == int(runs[-1][-1][:4]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[year] for year in run])]


def _run(run: Sequence[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"


def in_words(date: str) -> str:
    """An ISO date as people write it, as precise as it is: "6 July 2023", "July 2023", "2023"."""
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def names_of(choices: Iterable[Choice]) -> str:
    """The canonical names of what was asked about."""
    return listed(choice.label for choice in choices)


def period_words(period: Period) -> str:
    """The time asked, in words."""
    if period.years:
        return in_years(period.years)
    if period.calendar:
        return f" in {listed(str(year) for year in period.calendar)}"
    if period.first and period.last:
        return f" from {_opening(period.first)} to {_closing(period.last)}"
    if period.first:
        return f" since {_opening(period.first)}"
    return f" until {_closing(period.last)}" if period.last else ""


def _opening(date: str) -> str:
    """The first day of a year as the year: "2020", "2020/21"."""
    if date.endswith("-01-01"):
        return date[:4]
    return _financial(int(date[:4])) if date.endswith("-04-01") else date


def _closing(date: str) -> str:
    """The last day of a year as the year."""
    if date.endswith("-12-31"):
        return date[:4]
    return _financial(int(date[:4]) - 1) if date.endswith("-03-31") else date


def _financial(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def subject(question: Question) -> str:
    """What the question is about, in words: "Drive in West Mercia in 2023/24"."""
    about = names_of(question.programmes) or names_of(question.funds)
    topic = " ".join(question.topic)
    parts = [about or (f"'{topic}'" if topic else "funding")]
    if about and topic:
        parts.append(f"('{topic}')")
    if question.funds and question.programmes:
        parts.append(f"from {names_of(question.funds)}")
    if question.funders:
        parts.append(f"from {names_of(question.funders)}")
    if question.recipients:
        parts.append(f"to {names_of(question.recipients)}")
    if question.parties:
        parts.append(f"{'involving' if about or topic else 'from or to'} {names_of(question.parties)}")
    if question.places:
        parts.append(f"in {names_of(question.places)}")
    if question.deciders:
        parts.append(f"signed by {listed(question.deciders)}")
    if question.references:
        parts.append(f"in {listed(question.references)}")
    return " ".join(parts) + period_words(question.period)


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 decision", "3 decisions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
