"""The inputs of a briefing: the facts of a build, the date, and the app's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.viewmodels import words
from app.viewmodels.holdings import loaded_sentence

if TYPE_CHECKING:
    from graph.ask.known.facts import Facts
    from graph.builds.build import Build


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of an opened build, with its date and the app's address."""

    facts: Facts
    build: str  #: id
    created: str  #: when the build was made, ISO
    day: str  #: on which the briefing is made, ISO
    base: str = ""  #: address at which others open the app; "" where there is none

    def closing(self) -> tuple[str, ...]:
        """Return sentences on the data behind the briefing and on when it was made."""
        return (
            loaded_sentence(self.facts.heads.values()),
            f"Build {self.build}, published {words.moment(self.created)} (UTC). Made on {words.date(self.day)}.",
        )


def known_of(build: Build, facts: Facts, base: str = "") -> Known:
    """Return the inputs for briefings made today from this build."""
    return Known(facts, build.id, build.created, datetime.now(UTC).date().isoformat(), base)
