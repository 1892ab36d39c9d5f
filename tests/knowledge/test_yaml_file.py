"""Reading any file at all: values with their lines, or one clear fault."""

from pathlib import Path

import pytest

from bot.knowledge.yaml_file import SIZE_LIMIT, YamlFaultError, read_yaml


def fault_of(path: Path) -> str:
    with pytest.raises(YamlFaultError) as caught:
        read_yaml(path)
    return str(caught.value.fault).removeprefix(str(path))


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_every_key_and_item_knows_its_line(tmp_path: Path) -> None:
    file = read_yaml(written(tmp_path, "a:\n  - b: 1\n\n  - b: 2\n"))
    assert file.data == {"a": [{"b": 1}, {"b": 2}]}
    assert [file.line(("a",)), file.line(("a", 1)), file.line(("a", 1, "b"))] == [1, 4, 4]


def test_an_unknown_place_has_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    file = read_yaml(written(tmp_path, "x: 1\na:\n  b: 1\n"))
    assert file.line(("a", "missing", 3)) == 2


def test_words_that_yaml_1_1_takes_for_something_else_stay_text(tmp_path: Path) -> None:
    file = read_yaml(written(tmp_path, "[on, yes, no, 12:30, 2025-01-02, 1_000, 0x1F]"))
    assert file.data == ["on", "yes", "no", "12:30", "2025-01-02", "1_000", "0x1F"]


def test_numbers_true_and_nothing_are_what_they_look_like(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "[1, -2, 2.5, true, False, null, ~]")).data == [
        1,
        -2,
        2.5,
        True,
        False,
        None,
        None,
    ]


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "")).data is None


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, b"\xef\xbb\xbfa: 1")).data == {"a": 1}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: [1\nb: 2\n", ":2: this is not valid YAML: did not find expected ',' or ']'."),
        ("a: 1\na: 2\n", ":2: the key `a` stands here a second time."),
        ("? [a]\n: 1\n", ":1: a key must be plain text."),
        ("a: 1\n---\nb: 2\n", ":2: this is not valid YAML: but found another document."),
        ("a: !!python/object:os.system x", None),
        ("a: \x07", ":1: there is a control character that YAML does not allow."),
        (b"a: caf\xe9\n", ":1: byte 0xe9 is not UTF-8; save it as UTF-8."),
        ("a: 1".encode("utf-16"), ":1: the file is UTF-16; save it as UTF-8."),
        (b"a: 1\n\x00\x01", ":2: this is not a text file."),
    ],
)
def test_what_is_no_sound_yaml_gets_one_fault_with_its_line(
    tmp_path: Path, content: str | bytes, fault: str | None
) -> None:
    path = written(tmp_path, content)
    if fault is None:
        assert read_yaml(path).data == {"a": "x"}
    else:
        assert fault_of(path) == fault


def test_an_alias_bomb_is_refused_at_its_first_alias(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "aliases" in fault_of(written(tmp_path, "\n".join(levels)))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    with path.open("wb") as file:
        file.truncate(10 * SIZE_LIMIT)
    assert "250,000,000 bytes" in fault_of(path)


@pytest.mark.parametrize("content", ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 50_000])
def test_nesting_that_would_overflow_the_stack_is_refused(tmp_path: Path, content: str) -> None:
    assert "nested too deep" in fault_of(written(tmp_path, content))


def test_nesting_is_found_beside_text_that_looks_like_its_end(tmp_path: Path) -> None:
    assert "nested too deep" in fault_of(written(tmp_path, '["]",\n' * 100_000))


def test_keys_that_would_overflow_the_stack_are_refused(tmp_path: Path) -> None:
    assert "a key must be plain text" in fault_of(written(tmp_path, "? " * 100_000))


def test_brackets_and_dashes_in_text_are_no_nesting(tmp_path: Path) -> None:
    text = "[" * 2_000 + "-" * 2_000
    assert read_yaml(written(tmp_path, f"a: |-\n  {text}\n")).data == {"a": text}


def test_deep_nesting_by_indentation_is_refused(tmp_path: Path) -> None:
    assert "nested too deep" in fault_of(written(tmp_path, "\n".join(" " * n + f"a{n}:" for n in range(100))))


def test_a_missing_file_gets_one_fault(tmp_path: Path) -> None:
    assert "cannot be read" in fault_of(tmp_path / "none.yaml")
