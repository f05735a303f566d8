"""All settings in one frozen record, read once from WHOFUNDS_* variables at the entry point and passed on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.builds.finding import find_workspace

PROJECT = Path(__file__).resolve().parent.parent  #: holds data and ontologies, in a checkout and in a wheel
IMPORTED_FROM = Path(__file__).resolve().parents[__name__.count(".")]  #: the folder on the path of imports


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run. Each field is the variable WHOFUNDS_<FIELD NAME IN CAPITALS>."""

    workspace: Path = field(default_factory=lambda: Path("workspace"))  #: folder of builds; unset: the nearest one
    data: Path = PROJECT / "data"  #: sample decisions, registry, exemplar questions
    ontologies: Path = PROJECT / "ontologies"  #: vocabulary, shapes, competency questions
    endpoint: str = ""  #: SPARQL 1.1 query address; empty: the embedded store
    endpoint_update: str = ""  #: SPARQL 1.1 update address of the same server
    model: str = "all-MiniLM-L6-v2"  #: sentence-transformers model; another name or folder is loaded as it is
    model_folder: str = ""  #: folder of the weights, where not the installed package
    exact_vectors: bool = False  #: embed by sentence-transformers in full precision, at a quarter of the speed
    llm_endpoint: str = ""  #: OpenAI-compatible address of a planner; empty: none
    llm_model: str = ""  #: name of the planner's model
    llm_key: str = field(default="", repr=False)  #: key of the planner, if it wants one
    llm_timeout_seconds: float = 10.0  #: after which the default reading takes over
    addresses: str = ""  #: where others open the app, such as https://funds.example.org; several between commas
    read_only: bool = False  #: the app neither adds documents nor takes corrections
    workers: int = 2  #: processes that read documents
    cluster: str = ""  #: address of a Dask scheduler; empty: local processes
    second_reader: str = ""  #: OpenAI-compatible address of a second reader of sums in doubt; empty: none
    second_reader_model: str = ""  #: name of the second reader's model
    second_reader_key: str = field(default="", repr=False)  #: key of the second reader, if it wants one
    second_reader_timeout_seconds: float = 20.0  #: after which the second reader's answer is not waited for
    second_reader_questions: int = 20  #: sums in doubt of one document that the second reader is asked about, at most
    ocr: bool = True  #: read pages without text by OCR, where the extra is installed
    max_document_megabytes: int = 100  #: larger files are refused
    sign_in: str = ""  #: file that says how people sign in to the app and who may do what; empty: nobody signs in
    max_reading_seconds: float = 15.0  #: of computing that reading one document may take, without recognised pictures
    max_reading_megabytes: int = 1000  #: of memory that reading one document may take
    max_ocr_seconds: float = 300.0  #: that recognising the pictures of one document may take; the rest is not read
    who: str = ""  #: in whose name builds are published and rolled back; empty: the operating system's user
    audit_log: str = ""  #: file of the audit log; empty: audit.jsonl in the workspace
    audit_questions: bool = False  #: the audit log also holds what people ask in the app
    fetch_delay_seconds: float = 1.0  #: between two requests to one host; its robots.txt may ask for more
    fetch_private: bool = False  #: addresses in private networks, such as an intranet, are fetched too

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: object) -> Settings:
        """Return the settings of the environment (default: `os.environ`); keyword arguments that are not None win.

        Raises:
            ValueError: A variable cannot be read as its field's type; the message names it.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, object] = {}
        defaults = cls()
        for name in cls.__dataclass_fields__:
            text = variables.get(f"WHOFUNDS_{name.upper()}")
            if text is not None and text != "":
                values[name] = _parsed(name, text, getattr(defaults, name))
        values.update({name: value for name, value in given.items() if value is not None})
        if "workspace" not in values:
            values["workspace"] = find_workspace(variables)
        return cls(**values)  # type: ignore[arg-type]


def _parsed(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError:
            raise ValueError(f"WHOFUNDS_{name.upper()}: {text!r} is not a number") from None
    return text
