"""Sums as decisions print them."""

import time
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
    ("quarters in words", "three-quarters of a million pounds, a quarter of a million pounds", ["750000", "250000"]),
    ("thirds in words", "two thirds of a million pounds", []),
    ("pounds in ASCII", "PS3,545,086 per annum, reference PS1796", ["3545086"]),
    ("range with one sign", "£20-30k", ["20000", "30000"]),
    ("range with two signs", "£20,000 - £30,000", ["20000", "30000"]),
    ("sentence end", "£45,000. 12 people", ["45000"]),
    ("list", "£1,000, £2,000 and £3,000", ["1000", "2000", "3000"]),
    ("year follows", "£45,000 2023/24", ["45000"]),
    ("three digits after the only dot", "£31.450 and £2.965, £1.234.500", ["31450", "2965", "1234500"]),
    ("decimals before a scale", "£31.450m, £2.965 million", ["31450000", "2965000"]),
    ("no thousands in less than one", "£0.125", ["0.125"]),
    ("printed once without its scale", "grants of £2.965m (printed '£2.965')", ["2965000", "2965000"]),
    ("space between thousands", "£750 000 for it, £1 250 000.50", ["750000", "1250000.50"]),
    ("thin spaces between thousands", "£750\u2009000 and £45\u202f000 and £5\u00a0250", ["750000", "45000", "5250"]),
    ("a year is no part of a figure", "£45 2023/24", ["45"]),
    ("code without a space", "GBP5,000", ["5000"]),
    ("pounds after", "5,000 pounds, a 2,500-pound grant, 300 GBP", ["5000", "2500", "300"]),
    ("space before the letter", "£1.2 m, £120K, £2.4bn, £3 bn", ["1200000", "120000", "2400000000", "3000000000"]),
    ("hyphen before the scale", "a £2-million fund, £1.5 millions", ["2000000", "1500000"]),
    ("a name is no scale", "£500\nM Jones", ["500"]),
    ("letters stuck to the figure", "£45,000pa, £45,000each", ["45000", "45000"]),
    ("range in millions, one sign each", "£1.2-£1.4 million", ["1200000", "1400000"]),
    ("range in millions, between", "between £1.2 and £1.4 million", ["1200000", "1400000"]),
    ("range in millions, to", "£1.2 to £1.4m", ["1200000", "1400000"]),
    ("range, a scale at both", "£300k-400k", ["300000", "400000"]),
    ("range, second without sign", "between £20,000 and 30,000", ["20000", "30000"]),
    ("pair in millions", "grants of £1.2 and £1.4 million", ["1200000", "1400000"]),
    ("no pair", "£50 and £1.4 million", ["50", "1400000"]),
    ("no range: number of groups", "£5,000 to 30 groups; £45,000 - 12 people", ["5000", "45000"]),
    ("as on the Continent", "£1.234,50", ["1234.50"]),
    ("no sum: a number of a paragraph", "£3.2.1", []),
    ("no sum: too long", "£" + "1" * 27 + " and £5", ["5"]),
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
        ("£31.450", Basis.EXACT, ""),
        ("£1.2-£1.4 million", Basis.ROUNDED, ""),
        ("£20,000-£30,000", Basis.ROUNDED, ""),
        ("between £1.2 and £1.4 million", Basis.ROUNDED, "between"),
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


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("£1.2-£1.4 million", ["lower", "upper"]),
        ("between £1.2 and £1.4 million", ["lower", "upper"]),
        ("from £5,000 to £10,000 each", ["lower", "upper"]),
        ("£20-30k", ["lower", "upper"]),
        ("increased from £5,000 to £10,000", ["", ""]),
        ("£5,000 and £10,000", ["", ""]),
        ("£10,000 - £5,000", ["", ""]),
    ],
)
def test_ends_of_a_range_are_known(text: str, bounds: list[str]) -> None:
    mentions = find_money(text)
    assert [mention.bound for mention in mentions] == bounds
    assert len({(mention.basis, mention.qualifier) for mention in mentions}) == 1


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("(£20,000)", True),
        ("-£20,000", True),
        ("−£20,000", True),
        ("£-20,000", True),
        ("£(20,000)", True),
        ("Less £20,000 of underspend", True),
        ("£120,000 less the £20,000", True),
        ("Less: £20,000", True),
        ("a balance of -£20,000", True),
        ("Twenty thousand pounds (£20,000) to a club", False),
        ("- £20,000 to a club", False),
        ("a club -£20,000", False),
        ("less than £20,000", False),
        ("£20,000", False),
    ],
)
def test_what_is_taken_off_is_negative(text: str, negative: bool) -> None:
    mention = find_money(text)[-1]
    assert (mention.negative, abs(mention.amount)) == (negative, Decimal(20000))
    assert (mention.amount < 0) is negative


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("€5,000 and £6,000", [("EUR", "5000"), ("GBP", "6000")]),
        ("US$5,000, $7k, EUR 2.5m", [("USD", "5000"), ("USD", "7000"), ("EUR", "2500000")]),
        ("5,000 euros, 2 million dollars, CA$10", [("EUR", "5000"), ("USD", "2000000"), ("CAD", "10")]),
        (r"$\pm 1,237,813$", [("GBP", "1237813")]),
    ],
)
def test_other_currencies_are_told_apart(text: str, sums: list[tuple[str, str]]) -> None:
    found = find_money(text, pounds_only=False)
    assert [(one.currency, one.amount) for one in found] == [(code, Decimal(amount)) for code, amount in sums]
    assert [one.amount for one in find_money(text)] == [Decimal(amount) for code, amount in sums if code == "GBP"]


HOSTILE = [
    "£",
    "£ ",
    "1,",
    "£1,",
    "£1 ",
    "111 ",
    "£111 ",
    "1.1",
    "-£",
    "£-",
    "up to ",
    "£1-",
    "GBP",
    "5 pounds ",
    "of which £1 ",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_takes_no_time(words: str) -> None:
    started = time.process_time()
    find_money(words * 20_000)
    parse_amount(words * 20_000)
    assert time.process_time() - started < (3 if any(character.isdigit() for character in words) else 0.2)


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
        ("£(1,200)", "-1200"),
        ("-(£1,200)", "-1200"),
        ("less £1,200", "-1200"),
        ("£45,000¹", "45000"),
        ("£45,000 (1)", "45000"),
        ("£45,000*", "45000"),
        ("£750 000", "750000"),
        ("£31.450", "31450"),
        ("120K", "120000"),
        ("€5,000", None),
        ("27.08.15", None),
        ("1" * 27, None),
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


def test_a_figure_of_many_digits_is_written_out() -> None:
    assert format_pounds(Decimal("1" * 27)).startswith("£111,111,111")
