"""What was worked out for a question is kept for the next that needs the same, and no more than so much of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from graph.ask.known import derived_values
from graph.ask.known.derived_values import MOST, DerivedValues, EachLater, MadeLater


def counted(made: list[object], value: object) -> Callable[[], object]:
    def make() -> object:
        made.append(value)
        return value

    return make


def test_a_value_is_made_once_for_each_kind_and_key() -> None:
    values, made = DerivedValues(), list[object]()
    for _ in range(3):
        assert values.value("draft", "a", counted(made, 1)) == 1
        assert values.value("trial", "a", counted(made, 2)) == 2
        assert values.value("draft", "b", counted(made, None)) is None
    assert made == [1, 2, None]


def test_the_one_that_was_not_asked_for_the_longest_goes() -> None:
    values, made = DerivedValues(), list[object]()
    for key in range(MOST):
        values.value("draft", key, counted(made, key))
    values.value("draft", 0, counted(made, "again"))
    values.value("draft", MOST, counted(made, MOST))
    assert values.value("draft", 0, counted(made, "again")) == 0
    values.value("draft", 1, counted(made, "again"))
    assert made == [*range(MOST + 1), "again"]


def test_no_more_than_so_many_are_kept_however_many_ask(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(derived_values, "MOST", 4)
    values = DerivedValues()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: values.value("draft", n % 7, lambda: n % 7), range(2_000)))
    assert found == [n % 7 for n in range(2_000)]
    assert len(values._kinds["draft"]) <= 4


def test_what_fails_is_not_kept() -> None:
    values, made = DerivedValues(), list[object]()

    def fail() -> object:
        raise LookupError

    for _ in range(2):
        try:
            values.value("draft", "a", fail)
        except LookupError:
            made.append("failed")
    assert made == ["failed", "failed"]
    assert values.value("draft", "a", lambda: 1) == 1


def test_what_is_made_later_is_made_once_and_only_when_looked_at() -> None:
    made = list[str]()

    def make() -> tuple[str, ...]:
        made.append("made")
        return "a", "b"

    later = MadeLater(make)
    assert not made
    assert (len(later), later[0], later[1:], tuple(later), bool(later)) == (2, "a", ("b",), ("a", "b"), True)
    assert made == ["made"]


def test_each_value_is_made_when_it_is_looked_at() -> None:
    made: list[int] = []

    def make(source: int) -> str:
        made.append(source)
        return f"{source} pounds"

    values = EachLater([5, 7, 9], make, str)
    assert len(values) == 3 and values.keys() == ["5", "7", "9"] and not made
    assert values[1] == values[-2] == "7 pounds" and made == [7]
    assert values[:2] == ("5 pounds", "7 pounds") and list(values)[2] == "9 pounds" and made == [7, 5, 9]
