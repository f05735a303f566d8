"""Twenty visits at once over real sockets: each sees its own questions and answers, and none of another's."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote

from bench.app_session import AppSession, Shown
from tests.coroutines import finished

VISITORS = 20
STEPS = ("", "ask", "programme", "ask again", "")
WORD = re.compile(r"visitor[a-t]{2}")


def word_of(number: int) -> str:
    """Return a word that only this visitor's questions hold; letters, so that no reading takes it for a figure."""
    return f"visitor{chr(97 + number) * 2}"


def question_of(number: int, step: int) -> str:
    return f"who funds Drive for {word_of(number)} {'and again ' * step}".strip()


async def visited(address: str, number: int, together: asyncio.Barrier) -> tuple[str, list[Shown]]:
    """Return the session's id and what each step showed; every visitor takes each step at the same time."""
    shown = []
    async with AppSession(address) as session:
        for step, what in enumerate(STEPS):
            await together.wait()
            if what.startswith("ask"):
                shown.append(await session.run(q=question_of(number, step)))
            else:
                shown.append(await session.run(what, **({"id": "drive"} if what else {})))
        return session.id, shown


async def crowd(address: str) -> list[tuple[str, list[Shown]]]:
    together = asyncio.Barrier(VISITORS)
    return await asyncio.gather(*(visited(address, number, together) for number in range(VISITORS)))


def test_twenty_visits_at_once_never_see_each_other(app_address: str) -> None:
    visits = finished(crowd(app_address))
    assert len({session for session, _ in visits}) == VISITORS
    programme = visits[0][1][2].text
    for number, (_, shown) in enumerate(visits):
        assert not [each for page in shown for each in page.exceptions]
        assert set(WORD.findall("\n".join(page.text for page in shown))) == {word_of(number)}
        first, asked, thing, again, last = (page.text for page in shown)
        assert quote(question_of(number, 1)) in asked and quote(question_of(number, 3)) in again  # at the page's foot
        assert "Asked in this visit" in again and "Asked in this visit" in last
        assert last.count(word_of(number)) >= 2  # both of its questions are remembered, for this visit alone
        assert thing == programme
        assert "Asked in this visit" not in first
