"""What is new since a day, by what the builds that are kept say of their documents."""

from __future__ import annotations

from app.viewmodels.news import Edition, last_news, news_since, news_table, waiting_table
from graph.stated.decisions import DecisionHead

EDITIONS = [
    Edition("2026-10-01T09:00:00Z", {"a.md": "1", "b.md": "1", "gone.md": "1"}),
    Edition("2026-10-15T09:00:00Z", {"a.md": "1", "b.md": "2", "c.md": "1"}),
    Edition("2026-11-01T09:00:00Z", {"a.md": "2", "b.md": "2", "c.md": "2", "d.md": "1"}),
]


def test_what_came_and_what_changed_since_a_day() -> None:
    news = news_since(EDITIONS, "2026-10-10")
    assert news.added == (("d.md", "2026-11-01T09:00:00Z"), ("c.md", "2026-10-15T09:00:00Z"))
    assert news.changed == (("a.md", "2026-11-01T09:00:00Z"), ("b.md", "2026-10-15T09:00:00Z"))


def test_a_build_of_the_day_itself_is_new_and_what_is_gone_is_not() -> None:
    assert [name for name, _ in news_since(EDITIONS, "2026-11-01").added] == ["d.md"]
    assert [name for name, _ in news_since(EDITIONS, "2026-10-01").added] == ["d.md", "c.md", "b.md", "a.md"]
    assert news_since(EDITIONS, "2026-11-02").added == ()


def test_since_the_moment_of_the_last_build_is_what_it_brought_itself() -> None:
    editions = [*EDITIONS, Edition("2026-11-01T17:00:00Z", {**EDITIONS[-1].digests, "e.md": "1", "a.md": "3"})]
    news = news_since(editions, editions[-1].created)
    assert [name for name, _ in news.added] == ["e.md"]
    assert [name for name, _ in news.changed] == ["a.md"]


def test_without_a_day_it_is_what_the_last_build_with_news_brought() -> None:
    quiet = [*EDITIONS, Edition("2026-11-09T09:00:00Z", EDITIONS[-1].digests)]
    found = last_news(quiet)
    assert found is not None
    moment, news = found
    assert moment == "2026-11-01T09:00:00Z"
    assert [name for name, _ in news.added] == ["d.md"]
    assert last_news(EDITIONS[:1]) is None


def test_a_document_that_came_and_changed_is_new_once() -> None:
    news = news_since(EDITIONS, "2026-10-10")
    assert "c.md" not in [name for name, _ in news.changed]


def test_tables_lead_to_the_decisions_and_to_the_published_addresses() -> None:
    head = DecisionHead("iri", "d.md", "PCD 9001", "Drive", None, "", "2026-10-20", "decision notice", "")
    table = news_table([("d.md", "2026-11-01T09:00:00Z"), ("other.md", "2026-11-01T09:00:00Z")], {"d.md": head})
    ((decision, title, body, signed, came),) = table.rows
    assert decision.href == "decision?document=d.md" and title.text == "Drive" and body.text == "Not stated"
    assert (signed.plain, came.text) == ("2026-10-20", "1 November 2026")
    ((link, register, _),) = waiting_table([("https://a.org/1", "", "https://a.org/", "2026-11-02T00:00:00")]).rows
    assert link.text == link.href == "https://a.org/1" and register.href == "https://a.org/"
