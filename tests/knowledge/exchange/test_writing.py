"""Writing entries: the same bytes each time, and the same entries when read again."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.knowledge.exchange.reading import read_entries
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.loading import IMPORTED, load_community, load_knowledge, read_folder
from bot.knowledge.models import Entry, Lead
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.check import check_all

NASTY = st.sampled_from([
    "---", "%YAML", "&anchor", "*alias", "!!python/object:os.system", "yes", "no", "on", "~", "null", "true", "1e3",
    "0x1F", "12:30", "2025-01-02", "- item", "? key", "key: value", "# note", "#", ": ", "'", '"', "\\", "\n", "\n\n",
    "\n  indented", "\t", "\r\n", "\x85", "\u2028", "\u202e", "\ufeff", "\x00", "\x07", "👩‍🎓", "é", "給料", "[y]",
    "|-", ">", "```", "\n...\n", " " * 5, "\n---\n", "x" * 2_000, "[" * 1_200, "-" * 1_200, "@here", "\xa0", "\n\n\n",
])  # fmt: skip
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXT = st.lists(NASTY | PLAIN, max_size=6).map("".join)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True) | st.sampled_from(
    ["null", "true", "12", "1e3"]
)


@st.composite
def sound_entries(draw: st.DrawFn) -> list[Entry]:
    """Entries that `waymark check` would take: each wording has a word and stands once, no answer is too long."""
    ids = draw(st.lists(IDS, unique=True, max_size=4))
    number = 0

    def wording(limit: int = 5_000) -> str:
        nonlocal number
        number += 1
        room = limit // 2 - 10
        return f"{draw(TEXT)[:room]} word {number} {draw(TEXT)[:room]}"

    def entry(entry_id: str) -> Entry:
        many = st.integers(0, 2)
        return Entry.model_validate({
            "id": entry_id,
            "question": wording(200),
            "phrasings": [wording() for _ in range(draw(many))],
            "not": [wording() for _ in range(draw(many))],
            "answer": (draw(TEXT) + "x")[:3_500],
            "leads": [Lead(when=[wording()], text=wording()) for _ in range(draw(many))],
            "theme": draw(st.none() | IDS),
            "related": draw(st.lists(IDS, max_size=2)),
            "sources": draw(st.lists(IDS, max_size=2)),
        })  # fmt: skip

    return [entry(entry_id) for entry_id in ids]


def example_of(text: str) -> list[Entry]:
    return [Entry(id="a", question=f"Q {text[:99]}", phrasings=[f"{text} p"], answer=text)]


@given(sound_entries())
@example(example_of("[" * 1_500))
@example(example_of("a\n\n- b\n  c\n\n```\nx  y\n```\n\td"))
@example(example_of("line  \nline"))
def test_what_is_written_reads_back_the_same(entries: list[Entry]) -> None:
    imported = read_entries("a.yaml", write_entries(entries).encode())
    assert [str(fault) for fault in imported.faults] == []
    assert list(imported.entries) == sorted(entries, key=lambda entry: entry.id)


@given(sound_entries())
def test_what_is_read_back_is_written_with_the_same_bytes(entries: list[Entry]) -> None:
    text = write_entries(entries)
    assert write_entries(read_entries("a.yaml", text.encode()).entries) == text


@given(sound_entries())
def test_other_readers_of_yaml_see_the_same_texts(entries: list[Entry]) -> None:
    seen = yaml.load(write_entries(entries), Loader=yaml.SafeLoader)["entries"]
    ordered = sorted(entries, key=lambda entry: entry.id)
    assert [item["answer"] for item in seen] == [entry.answer for entry in ordered]
    assert [item["id"] for item in seen] == [entry.id for entry in ordered]


def test_the_order_of_entries_makes_no_difference() -> None:
    entries = [Entry(id=name, question=f"Is it {name}?", answer="yes") for name in ("b", "a", "c")]
    assert write_entries(entries) == write_entries(reversed(entries))


def test_a_file_reads_like_one_that_a_person_wrote() -> None:
    entry = Entry(id="pay", question="What's the pay?", phrasings=["salary", "yes", "a: b"], answer="Low.\n\n- very")
    assert write_entries([entry]) == (
        "entries:\n"
        "  - id: pay\n"
        "    question: What's the pay?\n"
        "    phrasings:\n"
        "      - salary\n"
        '      - "yes"\n'
        '      - "a: b"\n'
        "    answer: |-\n"
        "      Low.\n"
        "\n"
        "      - very\n"
    )


def test_no_entries_are_a_sound_file_too(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(write_entries([]), encoding="utf-8")
    assert load_community(path) == ()


def test_the_shipped_guide_survives() -> None:
    entries = load_knowledge(shipped_knowledge()).entries
    assert sorted(
        read_entries("a.yaml", write_entries(entries).encode()).entries, key=lambda entry: entry.id
    ) == sorted(
        (Entry.model_validate(entry.model_dump(by_alias=True)) for entry in entries), key=lambda entry: entry.id
    )


@pytest.mark.parametrize("answer", ["yes", "# no heading", "a\tb", "first\nsecond", "@everyone {", "🎉"])
def test_what_is_written_passes_the_check(tmp_path: Path, answer: str) -> None:
    entry = Entry(id="null", question=f"Is it so? {answer}", answer=answer)
    (tmp_path / IMPORTED).write_text(write_entries([entry]), encoding="utf-8")
    assert check_all(read_folder(tmp_path), dt.date(2026, 1, 1)) == []
