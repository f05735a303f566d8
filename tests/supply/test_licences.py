"""Every installed package has a licence that is allowed, and one that is not is found."""

from __future__ import annotations

import re
from email.message import Message

import pytest

from bench.supply.licences import Licensed, allowed, faults, installed, is_allowed, is_expression, licence_of

BINDING = re.compile(r"AGPL|SSPL|(?<!L)GPL")


def metadata(**fields: str | list[str]) -> Message:
    """A package's metadata; classifiers as a list."""
    made = Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            made[name.replace("_", "-")] = value
    return made


def licensed(licence: str, *, core: bool = True) -> Licensed:
    return Licensed("thing", "1.0", "as stated", licence, core)


def test_every_installed_package_has_a_licence_that_is_allowed() -> None:
    assert faults(installed()) == []


def test_the_environment_is_seen_as_it_is() -> None:
    found = {package.name.lower(): package for package in installed()}
    assert len(found) > 100
    assert found["numpy"].is_core and not found["pytest"].is_core
    assert "whofunds" not in found


def test_no_licence_that_binds_our_users_is_allowed() -> None:
    assert [licence for licence in allowed() if BINDING.search(licence)] == []
    assert all(is_expression(licence) for licence in allowed())


@pytest.mark.parametrize(
    ("licence", "core", "expected"),
    [
        pytest.param("MIT", True, True, id="permissive"),
        pytest.param("AGPL-3.0-or-later", False, False, id="AGPL"),
        pytest.param("GPL-3.0-only", False, False, id="GPL"),
        pytest.param("SSPL-1.0", False, False, id="SSPL"),
        pytest.param("MIT OR AGPL-3.0-only", True, True, id="a choice with one that is allowed"),
        pytest.param("MIT AND AGPL-3.0-only", True, False, id="both, one not allowed"),
        pytest.param("(MIT OR GPL-2.0-only) AND Apache-2.0", True, True, id="a choice within"),
        pytest.param("Apache-2.0 WITH LLVM-exception", True, True, id="an exception grants more"),
        pytest.param("GPL-3.0-only WITH GCC-exception-3.1", True, False, id="an exception does not allow"),
        pytest.param("LGPL-3.0-or-later", True, False, id="only for extras, in the core"),
        pytest.param("LGPL-3.0-or-later", False, True, id="only for extras, in an extra"),
        pytest.param("", False, False, id="none"),
    ],
)
def test_a_licence_is_allowed_by_the_list(licence: str, core: bool, expected: bool) -> None:
    assert is_allowed(licence, core=core) is expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param(metadata(License_Expression="MIT OR Apache-2.0"), "MIT OR Apache-2.0", id="expression"),
        pytest.param(metadata(License="Apache License, Version 2.0"), "Apache-2.0", id="field in other words"),
        pytest.param(metadata(License="BSD-3-Clause"), "BSD-3-Clause", id="field in words of SPDX"),
        pytest.param(
            metadata(License="UNKNOWN", Classifier=["License :: OSI Approved :: MIT License"]), "MIT", id="class"
        ),
        pytest.param(
            metadata(
                Classifier=[
                    "License :: OSI Approved :: MIT License",
                    "License :: OSI Approved :: Apache Software License",
                ]
            ),
            "Apache-2.0 OR MIT",
            id="classes are a choice",
        ),
        pytest.param(
            metadata(Classifier=["License :: OSI Approved :: MIT License", "License :: Other/Proprietary License"]),
            "",
            id="one class is not known",
        ),
        pytest.param(metadata(Classifier=["License :: OSI Approved"]), "", id="approved, but what"),
        pytest.param(metadata(License="All rights reserved"), "", id="words of no licence"),
        pytest.param(metadata(), "", id="nothing"),
    ],
)
def test_a_licence_is_made_out_from_the_metadata(stated: Message, expected: str) -> None:
    assert licence_of("thing", stated) == expected


def test_what_was_read_in_a_licence_file_holds_only_for_the_words_that_it_was_read_for() -> None:
    assert licence_of("zict", metadata(License="BSD", Classifier=["License :: OSI Approved :: BSD License"])) != ""
    assert licence_of("zict", metadata(License="Business Source Licence")) == ""
    changed = metadata(License="BSD", License_Expression="AGPL-3.0-only")
    assert licence_of("zict", changed) == "AGPL-3.0-only"


def test_a_fault_names_the_package_and_what_was_found() -> None:
    assert faults([licensed("MIT")]) == []
    [unknown] = faults([licensed("")])
    assert unknown.startswith("thing 1.0: its licence cannot be made out from 'as stated'")
    [binding] = faults([licensed("AGPL-3.0-only", core=False)])
    assert binding.startswith("thing 1.0: the licence 'AGPL-3.0-only' is not allowed in an extra")
