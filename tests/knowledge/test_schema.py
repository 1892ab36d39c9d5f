"""The JSON Schema accepts what the models accept and refuses what they refuse."""

import json
from pathlib import Path

import jsonschema
import pytest

from bot.knowledge.schema import schema_text
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.yaml_file import read_yaml

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))
FILES = sorted(shipped_knowledge().rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shipped_file_fits_the_schema(path: Path) -> None:
    VALIDATOR.validate(read_yaml(path).data)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shipped_file_names_the_schema_at_its_head(path: Path) -> None:
    head = path.read_text("utf-8").splitlines()[0]
    assert head.startswith("# yaml-language-server: $schema=")
    assert (path.parent / head.partition("=")[2]).resolve() == shipped_knowledge().resolve() / "schema.json"


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"entries": [{"id": "a"}]}, "'question' is a required property"),
        ({"guide": "a", "titel": "x"}, "'titel'"),
        ({"synonyms": [["one"]]}, "too short"),
    ],
)
def test_a_fault_is_told_for_the_kind_of_file_it_stands_in(data: object, part: str) -> None:
    assert any(part in error.message for error in VALIDATOR.iter_errors(data))


def test_the_stored_schema_is_the_one_the_models_make() -> None:
    assert (shipped_knowledge() / "schema.json").read_text("utf-8") == schema_text()
