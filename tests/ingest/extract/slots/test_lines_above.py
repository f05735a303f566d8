"""Whom a line names that stands alone above sums, and what looks like a name and is a date."""

from __future__ import annotations

import pytest

from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions.decision import read_decision
from ingest.extract.flows import statements_of
from ingest.readers import read_bytes

_PAGE = "# Lamps for all\n\nPolice and Crime Commissioner for Norfolk\n\nThe money goes as follows:\n\n{words}\n"
NAMES = NameIndex(load_registry(Settings().data / "registry"))


def payees(words: str) -> set[str]:
    """Return the names that may be the payee of the first sum."""
    document = read_bytes(_PAGE.format(words=words).encode(), "page.txt")
    reader, statements = statements_of(document, read_decision(document, NAMES), NAMES)
    found = [option.value.payee for option in reader.options(statements[0]).parties]
    return {payee.name for payee in found if payee is not None}


@pytest.mark.parametrize(
    ("line", "payee"),
    [
        ("Q7:", "Q7"),
        ("Kites & Oars:", "Kites & Oars"),
        ("Breckland:", "Breckland District Council"),
        ("Lantern Youth Trust:", "Lantern Youth Trust"),
    ],
)
def test_a_line_that_is_nothing_but_a_name_may_be_whom_the_sums_below_it_pay(line: str, payee: str) -> None:
    assert payee in payees(f"{line}\nApril 2030 – March 2032: £64,000\n\nOther Club:\nApril 2030 – March 2032: £16,000")


@pytest.mark.parametrize("line", ["Total funding:", "What was decided by the panel of that year is this:", "2031:"])
def test_a_line_of_other_words_names_nobody(line: str) -> None:
    assert line.rstrip(":") not in payees(f"{line}\nApril 2030 – March 2032: £64,000")


@pytest.mark.parametrize("date", ["April 2030", "1st October 2030", "Monday 3rd March", "30th January"])
def test_a_date_is_no_payee(date: str) -> None:
    assert not {name for name in payees(f"{date} – £64,000 for lamps") if name in date}
