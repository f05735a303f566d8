"""The page New since: decisions added or changed since a day, and decisions on registers that were not fetched."""

from __future__ import annotations

import datetime

import streamlit as st

from app import resources
from app.components import cards
from app.components.url_state import given
from app.viewmodels import words
from app.viewmodels.news import Edition, news_since, news_table, waiting_table
from graph.builds.rollback import builds_before
from graph.builds.workspace import Workspace
from ingest.fetch.holdings import FETCHED
from ingest.fetch.run import waiting_decisions

DAYS = 30  #: back from today, where no day is asked for


def main() -> None:
    """Draw the page."""
    cards.title("New since")
    cards.lead("What came into this collection since a day, and what watched registers list beyond it.")
    day = _day()
    editions = _editions()
    news = news_since(editions, day.isoformat())
    heads = resources.heads()
    cards.heading(f"{words.count(len(news.added), 'decision')} new since {words.date(day.isoformat())}")
    if news.oldest[:10] >= day.isoformat():
        cards.note(
            f"The oldest build that is kept is of {words.date(news.oldest[:10])}; what it holds came then or before."
        )
    if news.added:
        cards.table(news_table(news.added, heads), label="New decisions", key="new", file="new-decisions.csv")
    if news.changed:
        cards.heading(f"{words.count(len(news.changed), 'decision')} with another text")
        cards.table(news_table(news.changed, heads), label="Changed decisions", key="changed", file="changed.csv")
    _draw_waiting()


def _day() -> datetime.date:
    """Draw the box for the day and return it; the URL stores it, so that the page can be sent."""
    try:
        asked = datetime.date.fromisoformat(given("since"))
    except ValueError:
        asked = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=DAYS)
    chosen = st.date_input("Since", asked, format="DD/MM/YYYY", key="new:since")
    day = chosen if isinstance(chosen, datetime.date) else asked
    if given("since") != day.isoformat() and day != asked:
        st.query_params["since"] = day.isoformat()
    return day


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
