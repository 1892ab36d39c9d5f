"""Reading files of any format, sound ones and others."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.exchange.reading import read_entries
from tests.knowledge.exchange.files import entries_of, faults_of, pairs_of

YAML = "entries:\n  - question: Is it?\n    answer: 'yes'\n"


@pytest.mark.parametrize(
    "text",
    [YAML, "# Is it?\n\nyes\n", "Is it?;yes\n", '{"Is it?": "yes"}', '[{"question": "Is it?", "answer": "yes"}]'],
)
@pytest.mark.parametrize("name", ["faq", "faq.txt"])
def test_the_format_is_told_by_what_stands_in_the_file(name: str, text: str) -> None:
    assert pairs_of(name, text) == [("Is it?", "yes")]


def test_the_names_ending_decides_first() -> None:
    assert pairs_of("faq.MD", "# [entries: what?]\n\n{yes}\n") == [("[entries: what?]", "{yes}")]


def test_yaml_entries_without_an_id_get_one() -> None:
    assert [entry.id for entry in entries_of("faq.yaml", YAML)] == ["is-it"]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert pairs_of("faq.csv", "\ufeffquestion,answer\nIs it?,yes\n") == [("Is it?", "yes")]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"", "a.csv:1: the file is empty."),
        ("a.md", b" \n\t\n", "a.md:1: the file is empty."),
        ("a.csv", b"Is it?,yes\nCaf\xe9?,no\n", "a.csv:2: byte 0xe9 is not UTF-8; save it as UTF-8."),
        ("a.md", "# Q?\n\nyes".encode("utf-16"), "a.md:1: the file is UTF-16; save it as UTF-8."),
        ("a.json", b"\x89PNG\r\n\x1a\n\x00\x00", "a.json:3: this is not a text file."),
        ("a.csv", b"x" * 25_000_001, "a.csv:1: the file has 25,000,001 bytes; 25,000,000 is the most. Split it up."),
        ("a.yaml", b"entries: []\nfoo: 1\n", "a.yaml:2: unknown key `foo`."),
        ("a.yaml", b"a: &a [x]\nb: *a\n", "a.yaml:2: aliases (&name, *name) are not allowed; write it out."),
        (
            "a.yaml",
            b"entries:\n- id: 'A''); DROP TABLE;--'\n  question: Is it?\n  answer: a\n",
            "a.yaml:2: `id` is `A'); DROP TABLE;--`; it must be small letters and digits, joined by single hyphens.",
        ),
        (
            "a.csv",
            f"Is it?,yes\n{'x' * 201},no\n".encode(),
            f"a.csv:2: `question` is `{'x' * 39}…` (201 characters); it must be at most 200 characters.",
        ),
        (
            "a.csv",
            f"Is it?,yes\nWas it?,{'x' * 3501}\n".encode(),
            "a.csv:2: `answer` has 3,501 characters; 3,500 is the most.",
        ),
        ("a.csv", "Is it?,yes\n🎉🔥,no\n".encode(), "a.csv:2: `🎉🔥` has no word that could be matched."),
        ("a.csv", b"Is it?,yes\nis  it,no\n", "a.csv:2: `is  it` is asked already in line 1."),
        ("a.csv", b"Is it?,```yes\n", "a.csv:1: a code block (```) in this answer is never closed."),
        ("a.json", b'[{"question": "\\ud83d Is it?", "answer": "a"}]', None),
    ],
)
def test_a_wrong_file_gives_a_fault_with_its_line(name: str, content: bytes, fault: str | None) -> None:
    faults = faults_of(name, content)
    assert len(faults) == 1
    assert fault is None or faults == [fault]


def test_all_faults_are_told_at_once() -> None:
    text = (
        "entries:\n- question: Is it?\n  answer: ''\n- question: 7\n  answer: x\n- question: Q?\n  answer: x\n  b: 1\n"
    )
    assert [fault.split(":")[1] for fault in faults_of("a.yaml", text)] == ["3", "4", "8"]


def test_a_phrasing_of_two_questions_is_a_fault() -> None:
    text = "question,answer,phrasings\nIs it?,yes,so\nWas it?,no,So!\n"
    assert faults_of("a.csv", text) == ["a.csv:3: `So!` is asked already in line 2."]


def test_an_id_that_stands_twice_is_a_fault() -> None:
    text = "question,answer,id\nIs it?,yes,a\nWas it?,no,a\n"
    assert faults_of("a.csv", text) == ["a.csv:3: the id `a` is taken already in line 2."]


def test_more_entries_than_a_file_may_have_are_one_fault() -> None:
    assert faults_of("a.csv", "Is it?,yes\n" * 50_001) == ["a.csv:1: the file has 50,001 entries; 50,000 is the most."]


def test_the_same_question_many_times_is_told_in_seconds() -> None:
    start = time.monotonic()
    assert len(faults_of("a.csv", "Is it?,yes\n" * 20_000)) == 19_999
    assert time.monotonic() - start < 20


def test_ten_thousand_phrasings_are_read() -> None:
    phrasings = [f"phrasing {number}" for number in range(10_000)]
    (entry,) = entries_of("a.json", json.dumps([{"question": "Is it?", "answer": "yes", "phrasings": phrasings}]))
    assert entry.phrasings == phrasings


def test_ten_thousand_entries_are_read_in_seconds_and_show_progress() -> None:
    text = "".join(f"## Question {number}?\n\nAnswer {number}.\n\n" for number in range(10_000))
    told: list[tuple[int, int]] = []
    start = time.monotonic()
    imported = read_entries("faq.md", text.encode(), lambda done, total: told.append((done, total)))
    assert time.monotonic() - start < 20
    assert len(imported.entries) == 10_000
    assert told[0] == (1_000, 40_001)
    assert told == sorted(told)


@given(st.sampled_from(["a.yaml", "a.json", "a.md", "a.csv", "a"]), st.binary() | st.text().map(str.encode))
def test_no_file_makes_it_fail(name: str, content: bytes) -> None:
    imported = read_entries(name, content)
    assert bool(imported.entries) != bool(imported.faults) or name == "a.yaml"


@given(
    st.sampled_from(["a.yaml", "a.json", "a.md", "a.csv", "a"]),
    st.lists(st.sampled_from([*'{}[]",:;|\n\t #-`~=?ab1', "entries:", '"answer"', "- ", "```", "# "])).map("".join),
)
def test_no_text_of_signs_makes_it_fail(name: str, text: str) -> None:
    read_entries(name, text.encode())
