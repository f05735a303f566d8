"""A small office: six invented decisions of three commissioners, published some weeks ago."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from unittest.mock import patch

from graph.settings import Settings

LONDON = "Mayor's Office for Policing and Crime"
KENT = "Police and Crime Commissioner for Kent"
SURREY = "Police and Crime Commissioner for Surrey"
EXEMPT = "The amount is commercially sensitive and is not published."
WEEKS = timedelta(weeks=8)  #: ago, when the office's decisions were published


def decision(reference: str, title: str, body: str, signed: str, text: str) -> str:
    """Return a decision notice in Markdown with one recommendation."""
    return "\n".join([
        f"# {reference} {title}", "", f"- Reference: {reference}", f"- Title: {title}", f"- Decision body: {body}",
        f"- Date signed: {signed}", "- Record type: decision notice", "", "## Recommendation", f"1. {text}", "",
    ])  # fmt: skip


DRIVE = decision(
    "PCD 9101", "Drive in London", LONDON, "2023-05-04",
    "Approve a grant of £120,000 to SafeLives for Drive in 2023/24.",
)  # fmt: skip
DECISIONS = {
    "london-9101.md": DRIVE,
    "london-9102.md": decision(
        "PCD 9102", "Drive and Respect", LONDON, "2023-09-14",
        "Approve a grant of £40,500 to Respect for Drive in 2023/24.",
    ),
    "kent-9103.md": decision(
        "KPCC 9103", "Drive in Kent", KENT, "2023-06-01",
        f"Approve a grant to SafeLives for Drive in 2023/24. {EXEMPT}",
    ),
    "surrey-9104.md": decision(
        "SPCC 9104", "Drive in Surrey", SURREY, "2024-04-18",
        "Approve a grant of £30,000 to SafeLives for Drive in 2024/25.",
    ),
    "london-9105.md": decision(
        "PCD 9105", "Safe & Together", LONDON, "2023-07-06",
        "Approve a grant of £286,500 to the London Borough of Waltham Forest for Safe & Together in 2023/24.",
    ),
    "london-9106.md": decision(
        "PCD 9106", "Culturally Integrated Family Approach", LONDON, "2023-07-13",
        "Approve a grant to the London Borough of Barnet for the Culturally Integrated Family Approach in 2023/24. "
        f"{EXEMPT}",
    ),
}  # fmt: skip


class _WeeksAgo(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - WEEKS


def publish_weeks_ago(folder: Path) -> None:
    """Make `workspace` in a folder, with the decisions published some weeks ago."""
    from ingest.pipeline import ingest

    (folder / "decisions").mkdir()
    for name, text in DECISIONS.items():
        (folder / "decisions" / name).write_text(text, encoding="utf-8")
    with patch("ingest.publication.datetime", _WeeksAgo):
        report = ingest([folder / "decisions"], Settings(workspace=folder / "workspace"), workers=1)
    assert report.published, report
