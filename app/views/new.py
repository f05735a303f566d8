"""The page New since: decisions added or changed since a day, and decisions on registers that were not fetched."""

from __future__ import annotations

import datetime

import streamlit as st

from app import resources
from app.components import cards
from app.components.url_state import given
from app.viewmodels import words
from app.viewmodels.news import Edition, News, last_news, news_since, news_table, waiting_table
from graph.builds.rollback import builds_before
from graph.builds.workspace import Workspace
from ingest.fetch.holdings import FETCHED
from ingest.fetch.run import waiting_decisions


def main() -> None:
    """Draw the page."""
    cards.title("New since")
    cards.lead("What came into this collection since a day, and what watched registers list beyond it.")
    day, editions = _day(), _editions()
    if day is None:
        _draw_last_publication(editions)
    else:
        _draw_since(editions, day.isoformat())
    _draw_waiting()


def _day() -> datetime.date | None:
    """Draw the box for the day, empty at first; the address keeps it, so that a page of news can be sent."""
    try:
        asked = datetime.date.fromisoformat(given("since"))
    except ValueError:
        asked = None
    chosen = st.date_input("Since", asked, format="DD/MM/YYYY", key="new:since")
    day = chosen if isinstance(chosen, datetime.date) else None
    if day is not None and given("since") != day.isoformat():
        st.query_params["since"] = day.isoformat()
    elif day is None:
        st.query_params.pop("since", None)
    return day


def _draw_last_publication(editions: list[Edition]) -> None:
    """Draw what the last publication with news brought; nothing where all came with the oldest build that is kept."""
    last = last_news(editions)
    if last is None:
        every = words.count(len(editions[-1].digests), "decision")
        cards.heading(f"Nothing new since {_when(editions[0].created)}")
        cards.note(f"The oldest build that is kept holds all {every}. Choose an earlier day to list them.")
        return
    moment, news = last
    cards.heading(f"{words.count(len(news.added), 'decision')} new with the publication of {_when(moment)}")
    cards.note("The last that brought any. Choose a day to see all that has come since.")
    _draw(news)


def _draw_since(editions: list[Edition], day: str) -> None:
    news = news_since(editions, day)
    cards.heading(f"{words.count(len(news.added), 'decision')} new since {words.date(day)}")
    if news.oldest[:10] >= day:
        cards.note(f"The oldest build that is kept is of {_when(news.oldest)}; what it holds came then or before.")
    _draw(news)


def _draw(news: News) -> None:
    heads = resources.heads()
    if news.added:
        cards.table(news_table(news.added, heads), label="New decisions", key="new", file="new-decisions.csv")
    if news.changed:
        cards.heading(f"{words.count(len(news.changed), 'decision')} with another text")
        cards.table(news_table(news.changed, heads), label="Changed decisions", key="changed", file="changed.csv")


def _when(moment: str) -> str:
    return words.date(moment[:10])


def _editions() -> list[Edition]:
    settings = resources.settings()
    current = resources.ground().build
    before = builds_before(current.id, Workspace(settings.workspace, settings=settings).builds())
    kept = [*reversed([*before]), current]
    return [
        Edition(build.manifest.created, {entry.name: entry.digest for entry in build.manifest.documents})
        for build in kept
    ]


def _draw_waiting() -> None:
    waiting = waiting_decisions(resources.settings().workspace / FETCHED)
    cards.heading("On registers, not fetched yet")
    if waiting:
        rows = [(each.address, each.words, each.register, each.seen) for each in waiting]
        cards.table(waiting_table(rows), label="Not fetched yet", key="waiting", file="not-fetched.csv")
        cards.note("whofunds fetch brings them into the workspace; whofunds ingest reads them.")
    else:
        cards.note("Nothing. whofunds watch looks at the registers that whofunds fetch has gone through before.")


main()
