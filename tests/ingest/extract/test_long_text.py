"""Text without sentences: it is cut between words and read in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from told import names, told

from ingest.extract import extract_record
from ingest.extract.words.sentences import sentences_of
from ingest.readers import read_bytes


def test_text_without_an_end_of_a_sentence_is_cut_between_words() -> None:
    document = read_bytes(("the money goes to the group " * 1000).encode(), "long.txt")
    block = document.blocks[0]
    sentences = list(sentences_of(document, block))
    assert len(sentences) > 1
    assert "".join(one.text for one in sentences) == document.text[block.start : block.end]
    assert all(one.text == document.text[one.start : one.end] for one in sentences)
    assert all(one.text.endswith(" ") for one in sentences[:-1])


def test_a_run_of_initials_is_one_sentence_only_as_far_as_a_sentence_goes() -> None:
    document = read_bytes(("A. " * 5000).encode(), "initials.txt")
    assert max(len(one.text) for one in sentences_of(document, document.blocks[0])) <= 3000


def seconds_for(sums: int) -> float:
    lines = "\n".join(f"{one}. Award £{1000 + one * 37:,} to the provider for its work." for one in range(1, sums + 1))
    document = read_bytes(f"# Decision 12/2031\n\n## Recommendation\n\n{lines}\n".encode(), "long.md")
    started = time.process_time()
    extract_record(document, names())
    return time.process_time() - started


def test_many_sums_are_settled_in_a_time_that_hardly_outgrows_their_number() -> None:
    names()
    few, many = seconds_for(150), seconds_for(600)
    assert many < 10 * few, (few, many)  # it was sixteen times and more when each was compared in full with each


def test_sums_beyond_the_most_are_counted_and_nothing_is_said_where_all_were_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.extract.statements.prose.MOST", 2)
    read = "We award £1,000 to Kent Night Shelter, £2,000 to Red Kite Project and £3,500 to Night Lights Trust."
    more = "We award £4,000 to Warm Homes Kent and £5,000 to Ashford Youth Club."
    assert not [issue for issue in told(read).issues if "sums in the text" in issue]
    assert [issue for issue in told(f"{read}\n\n{more}").issues if "2 after them were not read" in issue]
