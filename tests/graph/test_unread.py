"""What was not read is said with its number, its first words and their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Evidence, Unread
from graph.unread import issue_without_flows, lacks_flows, unread_said
from tests.builders import make_award, make_record

FIRST = Evidence("3.1", "£5 for  tea")


@pytest.mark.parametrize(
    ("unread", "said"),
    [
        (Unread(), ""),
        (Unread(1, (FIRST,)), "1 figure was not read: “£5 for tea” (3.1)"),
        (Unread(1200, (FIRST, FIRST)), "1,200 figures were not read; the first: “£5 for tea” (3.1)"),
        (Unread(2), "2 figures were not read"),
        (Unread(2, (Evidence("", "£5"),)), "2 figures were not read; the first: “£5”"),
    ],
)
def test_unread_figures_are_said_with_the_first(unread: Unread, said: str) -> None:
    assert unread_said(unread) == said


def test_a_long_quotation_is_cut() -> None:
    assert len(unread_said(Unread(1, (Evidence("3.1", "word " * 80),)))) < 140


def test_a_page_with_figures_and_no_flow_is_an_issue() -> None:
    bare = replace(make_record(), flows=(), unread=Unread(3, (FIRST,)))
    said = issue_without_flows(bare)
    assert said.startswith("3 figures stand in it and no funding was read; the first: “£5 for tea”")
    assert not lacks_flows(replace(make_record(), unread=Unread(3)))
    assert not lacks_flows(replace(bare, awards=(make_award(),)))
    assert not lacks_flows(replace(bare, unread=Unread()))
