"""Sums as decisions print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Basis
from graph.parse.money import find_money, format_pounds, parse_amount

FIGURES = [
    ("plain", "£843,781", ["843781"]),
    ("pence", "£5,192,871.25", ["5192871.25"]),
    ("m", "£4.159m and £21.520m and £0.600m and £5M", ["4159000", "21520000", "600000", "5000000"]),
    ("million", "£15 million, £20million", ["15000000", "20000000"]),
    ("k", "£300k", ["300000"]),
    ("no comma", "£4593", ["4593"]),
    ("stray space", "£334, 818 in total", ["334818"]),
    ("space after the sign", "£ 45,000", ["45000"]),
    ("line break after the sign", "£\n300,000", ["300000"]),
    ("two signs", "££1,329,399.26", ["1329399.26"]),
    ("dot for comma", "£1,685.018", ["1685018"]),
    ("scanned sign", r"totalling $\pm 1,237,813$ as", ["1237813"]),
    ("plus-minus sign", "± 45,000", ["45000"]),
    ("code before", "GBP 45,000", ["45000"]),
    ("words before the figure", "Twenty-nine thousand, four hundred and nine pounds (£29,409.93)", ["29409.93"]),
    ("word pounds", "1.2 million pounds", ["1200000"]),
    ("number in words", "more than half a million pounds", ["500000"]),
    ("range with one sign", "£20-30k", ["20000", "30000"]),
    ("range with two signs", "£20,000 - £30,000", ["20000", "30000"]),
    ("sentence end", "£45,000. 12 people", ["45000"]),
    ("list", "£1,000, £2,000 and £3,000", ["1000", "2000", "3000"]),
    ("year follows", "£45,000 2023/24", ["45000"]),
    ("left as printed", "£2.965", ["2.965"]),
]
NO_FIGURES = [
    "section 143 (1) (b)",
    "1,233 cases",
    "2023/24",
    "27/8/15",
    "5%",
    "020 7983 4000",
    "3.2.1",
    "PCD 1436",
    "the Crime and Disorder Act 1998",
    "21 months",
    "the pound",
    "32 boroughs",
    "1 x FTE",
    "SW1A 2AA",
    "£",
    "Home Office grant",
]


@pytest.mark.parametrize(("text", "amounts"), [case[1:] for case in FIGURES], ids=[case[0] for case in FIGURES])
def test_figure_is_read_as_printed(text: str, amounts: list[str]) -> None:
    assert [mention.amount for mention in find_money(text)] == [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_has_no_sign_is_no_money(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "basis", "qualifier"),
    [
        ("£45,000", Basis.EXACT, ""),
        ("up to £45,000", Basis.CEILING, "up to"),
        ("upto £45,000", Basis.CEILING, "upto"),
        ("up to a maximum of £45,000", Basis.CEILING, "up to a maximum of"),
        ("an indicative maximum of £45,000", Basis.CEILING, "indicative maximum of"),
        ("a maximum grant value of £45,000", Basis.CEILING, "maximum grant value of"),
        ("not exceeding £45,000", Basis.CEILING, "not exceeding"),
        ("no more than £45,000", Basis.CEILING, "no more than"),
        ("£45,000 (maximum)", Basis.CEILING, "maximum"),
        ("circa £45,000", Basis.ROUNDED, "circa"),
        ("c. £45,000", Basis.ROUNDED, "c."),
        ("nearly £45,000", Basis.ROUNDED, "nearly"),
        ("just under £1 million", Basis.ROUNDED, "just under"),
        ("at least £45,000", Basis.ROUNDED, "at least"),
        ("£1.95 million", Basis.ROUNDED, ""),
        ("£286k", Basis.ROUNDED, ""),
        ("£0.652151m", Basis.EXACT, ""),
        ("£2.965", Basis.ROUNDED, ""),
        ("£45,000, subject to match funding", Basis.EXACT, "subject to"),
        ("up to four years at £45,000", Basis.EXACT, ""),
    ],
)
def test_words_around_the_figure_decide_how_firm_it_is(text: str, basis: Basis, qualifier: str) -> None:
    mention = find_money(text)[0]
    assert (mention.basis, mention.qualifier) == (basis, qualifier)


@pytest.mark.parametrize(
    ("text", "per_year"),
    [
        ("£1m pa", True),
        ("£60,000 per annum", True),
        ("£60,000 a year", True),
        ("£60,000 in each year", True),
        ("£60,000 in both financial years", True),
        ("£60,000 of funding per year for two years", True),
        ("£305,000 annually", True),
        ("an annual budget of £30,000", True),
        ("£60,000 over two years", False),
        ("£60,000 for the year", False),
        ("£60,000 in year one", False),
    ],
)
def test_yearly_figures_are_known(text: str, per_year: bool) -> None:
    assert find_money(text)[0].per_year is per_year


def test_yearly_words_belong_to_the_nearest_figure() -> None:
    assert [mention.per_year for mention in find_money("£500,000 (£250,000 per annum)")] == [False, True]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("of which £30,000 is for staff", "of which"),
        ("including £30,000 for staff", "including"),
        ("a total of £30,000", "total"),
        ("totalling £30,000", "total"),
        ("£30,000 in total", "total"),
        ("the remaining £30,000", "remaining"),
        ("award £30,000", ""),
    ],
)
def test_part_or_total_is_known(text: str, part: str) -> None:
    assert find_money(text)[0].part == part


def test_offsets_hold_the_figure() -> None:
    text = "Award up to £1.2 million, then ££3,000 and £20-30k."
    assert [text[mention.start : mention.end] for mention in find_money(text)] == [
        "£1.2 million",
        "££3,000",
        "£20",
        "30k",
    ]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("£226,369.00", "226369"),
        ("470,000", "470000"),
        ("£0", "0"),
        ("(1,200)", "-1200"),
        ("-£500", "-500"),
        ("£1.2m", "1200000"),
        ("**£45,000**", "45000"),
        ("£ 1 200 000", "1200000"),
        ("-", None),
        ("", None),
        ("n/a", None),
        ("2023/24", None),
        ("12%", None),
        ("12 months", None),
        ("TBC", None),
    ],
)
def test_cell_is_one_amount_or_none(cell: str, amount: str | None) -> None:
    assert parse_amount(cell) == (None if amount is None else Decimal(amount))


def test_heading_in_thousands_scales_the_cell() -> None:
    assert parse_amount("1,470", unit=1000) == Decimal(1470000)


@given(st.decimals(min_value=0, max_value=10**10, places=2))
def test_formatted_amount_is_read_back(amount: Decimal) -> None:
    printed = format_pounds(amount)
    assert [mention.amount for mention in find_money(f"an award of {printed} for it")] == [amount]
    assert parse_amount(printed) == amount


@given(st.text(alphabet="£0123456789,. kmillion-/()", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    for mention in find_money(text):
        assert text[mention.start : mention.end] == mention.text
    parse_amount(text)
