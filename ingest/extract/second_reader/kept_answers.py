"""Answers stored in the workspace by question, so that an unchanged document is not asked about again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.chat import Address
from ingest.extract.second_reader.answers import Answer
from ingest.extract.second_reader.questions import Question

FOLDER = "second_reader"  #: in the workspace
_MOST_BYTES = 20_000

Fresh = Mapping[str, Mapping[str, Answer]]  #: new answers by digest


def digest_of(address: Address, question: Question) -> str:
    """Return the key of an answer: a hash of everything that was sent and of the model's name."""
    asked = json.dumps([address.name, question.messages], ensure_ascii=False, sort_keys=True)
    return sha256(asked.encode()).hexdigest()[:32]


def read_answer(workspace: Path, digest: str) -> dict[str, Any] | None:
    """Return the stored answer; None if there is none or its file is damaged. It is checked like a new answer."""
    try:
        with (workspace / FOLDER / f"{digest}.json").open("rb") as file:
            values = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def keep_answers(workspace: Path, fresh: Fresh) -> None:
    """Store answers, each file whole or not at all; an answer that cannot be stored is asked for again another time."""
    folder = workspace / FOLDER
    for digest, answers in fresh.items():
        draft = folder / f".{digest}.{os.getpid()}"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(dict(answers), ensure_ascii=False, sort_keys=True), encoding="utf-8")
            os.replace(draft, folder / f"{digest}.json")
