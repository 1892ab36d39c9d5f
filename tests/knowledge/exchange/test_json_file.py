"""Reading JSON with its lines."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.exchange.json_file import parse_json
from bot.knowledge.yaml_file import YamlFaultError, YamlFile

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def parse(text: str) -> YamlFile:
    return parse_json(Path("a.json"), text, lambda _: None)


@given(VALUES, st.sampled_from([None, 1]))
def test_values_are_those_that_the_standard_library_reads(value: object, indent: int | None) -> None:
    assert parse(json.dumps(value, indent=indent)).data == value


def test_every_key_and_item_knows_its_line() -> None:
    file = parse('{\n"a": [\n1,\n{"b": "c"}]}')
    assert [file.line(("a",)), file.line(("a", 0)), file.line(("a", 1, "b"))] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1,\n"a": 2}', "a.json:2: the key `a` stands here a second time."),
        ('{"a"\n1}', "a.json:2: this is not valid JSON: a colon is wanted behind a key."),
        ("[1\n2]", "a.json:2: this is not valid JSON: a comma or `]` is wanted."),
        ("[1,\n]", "a.json:2: this is not valid JSON: there is a comma behind the last item."),
        ("{a: 1}", 'a.json:1: this is not valid JSON: a key in "quotes" is wanted.'),
        ('["a\nb"]', "a.json:1: this is not valid JSON: invalid control character at."),
        ("[" * 100_000, "a.json:1: lists or mappings are nested too deep."),
        ("[" + "9" * 5_000 + "]", "a.json:1: this number is too long."),
        ('{"a": [1, 2', "a.json:1: this is not valid JSON: a comma or `]` is wanted."),
    ],
)
def test_what_is_no_json_gets_one_fault_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(YamlFaultError) as caught:
        parse(text)
    assert str(caught.value.fault) == fault
