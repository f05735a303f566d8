"""The grammar of a sentence of money: governing verbs, clauses, and the role of each name."""

from __future__ import annotations

import pytest

from graph.model import EntityKind
from graph.names.mentions import NameMention
from graph.names.new_names import new_entity
from graph.parse.money import find_money
from ingest.extract.words.clauses import Parse, governor_of, implied_subject, parent_of, parse_sentence
from ingest.extract.words.lexicon import load_lexicon
from ingest.extract.words.roles import joined_names, role_of
from ingest.extract.words.tokens import Sort, tokens_of


def parsed(text: str, *names: str) -> Parse:
    """Return the parse of a sentence in which the given words are names."""
    mentions = [
        NameMention(new_entity(name, EntityKind.ORGANISATION), text.index(name), text.index(name) + len(name), name)
        for name in names
    ]
    lexicon = load_lexicon()
    mentions.sort(key=lambda one: one.start)
    return parse_sentence(text, tokens_of(text, mentions, find_money(text), [], lexicon), lexicon)


def role(text: str, name: str, *others: str, money: int = 0) -> str:
    """Return the role that a name has to the sum with a number."""
    parse = parsed(text, name, *others)
    at = [index for index, token in enumerate(parse.tokens) if token.sort is Sort.MONEY][money]
    index = next(i for i, token in enumerate(parse.tokens) if token.sort is Sort.NAME and token.text == name)
    return role_of(parse, index, at, governor_of(parse, at))


@pytest.mark.parametrize(
    ("text", "governor"),
    [
        ("The Kites Club was awarded £500.", "give.passive"),
        ("The board awarded £500 to the Kites Club.", "give.active"),
        ("£500 has been made available by the board.", "provide.passive"),
        ("£500 went to the Kites Club.", "use.active"),
        ("Grants of £500 were made to the Kites Club.", "provide.passive"),
        ("The Kites Club has £500 for a shed.", "get.active"),
        ("One of them is the Kites Club, awarded £500 for a shed.", "give.passive"),
    ],
)
def test_the_verb_that_moves_the_money_governs_the_sum(text: str, governor: str) -> None:
    parse = parsed(text)
    at = next(index for index, token in enumerate(parse.tokens) if token.sort is Sort.MONEY)
    found = governor_of(parse, at)
    assert found is not None
    assert found.key == governor


@pytest.mark.parametrize(
    "text", ["The grant of £500 is for a shed.", "Their bid for £500 is with us.", "Its award, £500."]
)
def test_a_noun_that_looks_like_a_verb_governs_nothing(text: str) -> None:
    parse = parsed(text)
    at = next(index for index, token in enumerate(parse.tokens) if token.sort is Sort.MONEY)
    assert governor_of(parse, at) is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Kites Club received £500 for a shed.", "Kites Club", "subject"),
        ("The board awarded Kites Club £500.", "Kites Club", "object"),
        ("The board awarded £500 to the local charity Kites Club.", "Kites Club", "to"),
        ("£500 was given by the Board of Trade.", "Board of Trade", "by"),
        ("Kites Club's share of £500 pays for a shed.", "Kites Club", "owner"),
        ("Among them were Kites Club (£500) and others.", "Kites Club", "bracket"),
        ("Kites Club: £500", "Kites Club", "beside"),
        ("£500 is there to improve Kites Club.", "Kites Club", "after"),
        ("£500 pays for a course delivered by Kites Club.", "Kites Club", "by.deliver"),
        ("In the same allocation Kites Club gets £500.", "Kites Club", "subject"),
        ("Wild Roots, a charity, got £500.", "Wild Roots", "subject"),
        ("It began with £500 that the board gave to Kites Club.", "Kites Club", "to"),
    ],
)
def test_a_names_role_follows_from_its_place(text: str, name: str, expected: str) -> None:
    assert role(text, name) == expected


def test_a_clause_without_a_verb_has_that_of_the_clause_before() -> None:
    text = "Kites Club received £640 and Wild Roots £520."
    assert role(text, "Wild Roots", "Kites Club", money=1) == "subject"
    assert role(text, "Kites Club", "Wild Roots", money=1).startswith("far")


def test_who_gives_one_sum_gives_the_further_sum_too() -> None:
    text = "The Board of Trade awarded £640 for sheds, and a further £520 for tools."
    assert role(text, "Board of Trade", money=1) == "subject"


def test_with_joins_a_clause_of_its_own() -> None:
    text = "Kites Club receives £640 with Wild Roots being awarded £520."
    assert role(text, "Wild Roots", "Kites Club", money=1) == "subject"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("£500 to Kites Club (£300 in May, £200 in June).", "£500"),
        ("Award £500 to Kites Club: £300 for sheds and £200 for tools.", "£500"),
        ("Kites Club has £500 and Wild Roots £300.", None),
    ],
)
def test_a_part_of_a_sum_knows_its_whole(text: str, whole: str | None) -> None:
    parse = parsed(text, "Kites Club")
    last = [index for index, token in enumerate(parse.tokens) if token.sort is Sort.MONEY][-1]
    parent = parent_of(parse, last)
    assert (parse.tokens[parent].text if parent is not None else None) == whole


def test_names_of_a_list_share_their_preposition() -> None:
    text = "£2,400 each was paid to Kites Club, Wild Roots and Harbour Scouts."
    assert {role(text, name, *[o for o in ("Kites Club", "Wild Roots", "Harbour Scouts") if o != name])
            for name in ("Kites Club", "Wild Roots", "Harbour Scouts")} == {"to"}  # fmt: skip


def test_a_list_of_names_is_joined_over_words_in_brackets() -> None:
    parse = parsed(
        "It goes to each of Kites Club (KC), Wild Roots and Harbour Scouts: £5.",
        "Kites Club",
        "Wild Roots",
        "Harbour Scouts",
    )
    first = next(i for i, token in enumerate(parse.tokens) if token.sort is Sort.NAME)
    assert [parse.tokens[i].text for i in joined_names(parse, first)] == ["Kites Club", "Wild Roots", "Harbour Scouts"]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Approve £500 for sheds.", True),
        ("This decision accepts £500 from the board.", True),
        ("£500 was approved for sheds.", False),
        ("Kites Club accepts £500.", False),
    ],
)
def test_a_recommendation_is_the_deciding_bodys_own_act(text: str, acts: bool) -> None:
    parse = parsed(text, *(["Kites Club"] if "Kites" in text else []))
    at = next(index for index, token in enumerate(parse.tokens) if token.sort is Sort.MONEY)
    assert implied_subject(parse, governor_of(parse, at)) is acts
