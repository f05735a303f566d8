"""Sentences on the data that leaves this machine: none by default, else what the settings send to where."""

from __future__ import annotations

from graph.chat import place_of
from graph.settings import Settings
from ingest.extract.second_reader.address import is_asked

NOTHING = (
    "Nothing leaves this machine but a request for each address that you ask it to fetch: documents are read, searched "
    "and answered from here."
)
REST = "Nothing else is sent anywhere, but a request for each address that you ask it to fetch."
_BROKEN = "an address that cannot be read"


def sending_sentences(settings: Settings) -> tuple[str, ...]:
    """Return a sentence for each kind of data that the settings send to another machine, and where it goes.

    If the settings send nothing, one sentence says so.
    """
    found: list[str] = []
    second = place_of(settings.second_reader) or _BROKEN
    if is_asked(settings):
        found.append(
            f"A second reader is set: of sums in doubt, at most {settings.second_reader_questions} in a document, the "
            "sentence, what stands beside it, its heading, the document's title and the names to choose among are sent "
            f"to {_with_model(second, settings.second_reader_model)}."
        )
    if settings.llm_endpoint:
        where = _with_model(place_of(settings.llm_endpoint) or _BROKEN, settings.llm_model)
        found.append(f"Questions that you ask are sent, with the names in them, to the planner at {where}.")
    if settings.endpoint:
        found.append(f"The graph is kept and queried at {place_of(settings.endpoint) or _BROKEN}.")
    if settings.cluster:
        found.append(f"Documents are read by the workers of {place_of(settings.cluster) or _BROKEN}.")
    return (*found, REST) if found else (NOTHING,)


def _with_model(where: str, model: str) -> str:
    return f"{where} (model {model})" if model else where
