"""References of decisions as each body prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.parse.references import find_references, parse_reference, reference_key

SAME = [
    (
        "PCD 1460",
        [
            "DMPC Decision - 1460",
            "PCD1460",
            "DMPC Decision 1460",
            "DMPC Decision – PCD 1460",
            "pcd 1460",
            "PDC 1460",
            "PD 1460",
        ],
    ),
    (
        "DMPCD 2013-96",
        [
            "DMPCD 2013/96",
            "DMPCD 2013 96",
            "DMPCD 2013 – 96",
            "DMPCD 96 2013",
            "DMPCD 96 in 2013",
            "DMPC Decision 2013 96",
        ],
    ),
    ("DMPCD 2014-4", ["DMPCD 2014 – 04", "DMPCD 2014/4"]),
    ("DMPCD 112", ["DMPCD (112)"]),
    ("CEOD 26-2023", ["CEOD 26.2023", "CEOD 26-2023", "CEOD 26 - 2023"]),
    ("MD 2788", ["MD2788"]),
    ("ADD 2762", ["ADD2762"]),
    ("WPCC3-90", ["WPCC3-0090", "WPCC30090", "WPC3-0090"]),
    ("113-23", ["113 – 23", "113-23", "DR 113-23"]),
    ("44-24", ["044-24"]),
    ("2022-23-34", ["2022-2023-0034", "22-23-0034", "Decision 2022/23 0034"]),
    ("2021-7335", ["DRF 2021-7335", "2021-7335"]),
    ("PCC-D 92", ["PCC/D/092", "PCC.D.092", "PCC-D-092"]),
    ("PCC-D 2018-25", ["PCC/D/2018/25", "PCC.D.2018.25"]),
    ("38-2022", ["38/2022", "Decision 38/2022", "38-2022"]),
    ("44-2024-25", ["44/2024-25", "044/2024_25"]),
    ("2020-18", ["Decision 2020-18", "2020/18", "2020.18"]),
    ("17-8", ["17/008"]),
    ("9-2020", ["DN 09/2020"]),
    ("118", ["Decision Record 118"]),
    ("2660", ["ref: 2660"]),
    ("1497", ["GMCA decision ID 1497"]),
    ("EXE 37-17", ["EXE0037/17"]),
    ("PCCML 500-2019", ["PCCML-000500-2019"]),
    ("1-2012-13", ["001 Decision Form 2012/13"]),
    ("OCDS-H6VHTK-0508D8", ["ocds-h6vhtk-0508d8"]),
]
FORMS = [(form, key) for key, forms in SAME for form in forms]
CITED = [
    ("see PCD 1190", ["PCD 1190"]),
    ("(PCD 1196 refers)", ["PCD 1196"]),
    ("PCD 1907 and 1911 refer", ["PCD 1907", "PCD 1911"]),
    ("PCD 1907 12 boroughs", ["PCD 1907"]),
    ("previously approved in PCD 715.", ["PCD 715"]),
    ("Under cover of DMPCD 143, funding", ["DMPCD 143"]),
    ("DMPC Decisions 2014 110 and 2015 46 set out", ["DMPCD 2014 110", "DMPCD 2015 46"]),
    ("PCD 890 and 1561", ["PCD 890", "PCD 1561"]),
    ("PCDs 889, 1041 and 1300 approved", ["PCD 889", "PCD 1041", "PCD 1300"]),
    ("DMPC 1078; 1359", ["PCD 1078", "PCD 1359"]),
    ("PCD 1171 and PCD 1068 were signed", ["PCD 1171", "PCD 1068"]),
    ("PCD 890 and 150 families", ["PCD 890"]),
    ("PCD 890 and 2023/24 funds", ["PCD 890"]),
    ("PCD 890, 32 boroughs", ["PCD 890"]),
    ("Decision 1683 approved", ["Decision 1683"]),
    ("this decision (PCD 1583) is", ["PCD 1583"]),
    ("what does decision 38/2022 say", ["decision 38/2022"]),
]
NONE = [
    "1436",
    "decisions for 2023/24",
    "Commissioning Decisions 2023/24 2024/25",
    "decision 2015",
    "Section 143",
    "27/8/2015",
    "2023-25",
    "2019-2020",
    "01/04/2023",
    "the decision is that 22 boroughs",
    "DMPCD",
    "the DMPC in 2015",
    "page 113 of 230",
    "aged 16-24",
    "a pd 5 report",
    "£113-23k",
]


@pytest.mark.parametrize(("form", "key"), FORMS)
def test_every_printed_form_has_one_key(form: str, key: str) -> None:
    assert reference_key(form) == key


@pytest.mark.parametrize(("text", "references"), CITED)
def test_citation_is_found(text: str, references: list[str]) -> None:
    assert [mention.reference for mention in find_references(text)] == references


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_reference(text: str) -> None:
    assert find_references(text) == []


def test_a_number_with_another_prefix_is_another_decision() -> None:
    assert reference_key("DMPCD 143") != reference_key("PCD 143")


@pytest.mark.parametrize("text", ["113 – 23", "000756", "101-2015", "2023/24 0003", "**PCD 1460**", "AHWB.018.2020"])
def test_whole_cell_may_be_a_reference(text: str) -> None:
    mention = parse_reference(text)
    assert mention is not None and text[mention.start : mention.end] == mention.text


def test_words_are_no_reference() -> None:
    assert parse_reference("not stated") is None


@given(st.integers(min_value=100, max_value=9999))
def test_number_and_prefix_are_read_back(number: int) -> None:
    found = find_references(f"as approved in PCD {number}, the grant")
    assert [mention.reference for mention in found] == [f"PCD {number}"]
    assert reference_key(found[0].key) == found[0].key


@given(
    st.integers(min_value=2012, max_value=2030),
    st.integers(min_value=1, max_value=300),
    st.sampled_from([" ", "/", "-", " – "]),
)
def test_year_and_number_have_one_key_however_joined(year: int, number: int, join: str) -> None:
    assert reference_key(f"DMPCD {year}{join}{number}") == f"DMPCD {year}-{number}"


def test_offsets_hold_the_words() -> None:
    text = "See PCD 890 and 1561 and DMPC Decision - 1460."
    assert [text[mention.start : mention.end] for mention in find_references(text)] == [
        "PCD 890",
        "1561",
        "DMPC Decision - 1460",
    ]


def test_a_long_phrase_is_refused_in_no_time() -> None:
    assert parse_reference("It carried on in other boroughs of the area " * 20 + "without a number") is None


def test_a_number_of_thousands_of_digits_has_a_key() -> None:
    assert reference_key("PCD " + "9" * 6_000) == "PCD " + "9" * 6_000
    assert reference_key("0" * 6_000) == ""
    assert parse_reference("00" + "7" * 6_000) is None
