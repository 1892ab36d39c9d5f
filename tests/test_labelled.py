"""The question sets that are learned from and measured on, and how they are read."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.labelled import (
    ADDED,
    BESIDE,
    FAQS,
    NEW,
    QUESTIONS,
    LabelledSet,
    read_faq,
    read_guide,
    read_questions,
    small_faqs,
)
from bot.errors import WaymarkError
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.confidence import AMONG
from bot.matching.index import Indexed

LABELLED = LabelledSet(
    "bakery",
    (
        Indexed("pay", ("What is the pay?", *(f"pay {number}" for number in range(9)))),
        Indexed("hours", ("When do you open?", "opening hours")),
        Indexed("job", ("Do you hire?",)),
    ),
    (("what do they earn", ("pay",)), ("who won", ())),
    ("who won the match",),
)


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


@pytest.mark.parametrize("most", [1, 2, 5, 100])
def test_an_entry_keeps_its_question_and_at_most_so_many_texts(most: int) -> None:
    for entry, fewer in zip(LABELLED.entries, LABELLED.with_phrasings(most).entries, strict=True):
        assert (fewer.id, fewer.texts[0]) == (entry.id, entry.texts[0])
        assert len(fewer.texts) == min(most, len(entry.texts))


def test_the_texts_that_are_kept_are_different_ones_of_the_entrys_own() -> None:
    for entry, fewer in zip(LABELLED.entries, LABELLED.with_phrasings(5).entries, strict=True):
        assert len(set(fewer.texts)) == len(fewer.texts)
        assert set(fewer.texts) <= set(entry.texts)


def test_the_same_texts_are_drawn_every_time() -> None:
    assert LABELLED.with_phrasings(4) == LABELLED.with_phrasings(4)


MANY = LabelledSet(
    "library",
    tuple(Indexed(f"e{at}", tuple(f"text {at} {number}" for number in range(9))) for at in range(60)),
    tuple((f"question {at}", (f"e{at % 60}",)) for at in range(600)),
    ("who won the match",),
)


def test_about_a_fifth_of_the_entries_is_thinned_out_and_the_rest_is_as_it_was() -> None:
    thinned = MANY.with_some_thinned(0)
    changed = [one for one, before in zip(thinned.entries, MANY.entries, strict=True) if one != before]
    assert 5 <= len(changed) <= 20
    assert replace(thinned, name=MANY.name, entries=MANY.entries) == MANY


def test_of_a_thinned_entry_the_question_and_at_most_three_other_texts_are_left() -> None:
    for seed in range(5):
        for entry, before in zip(MANY.with_some_thinned(seed).entries, MANY.entries, strict=True):
            assert entry == before or (entry.texts[0] == before.texts[0] and len(entry.texts) <= NEW)
            assert set(entry.texts) <= set(before.texts)


def test_each_seed_thins_out_other_entries_and_the_same_every_time() -> None:
    assert MANY.with_some_thinned(1) == MANY.with_some_thinned(1)
    assert MANY.with_some_thinned(1).entries != MANY.with_some_thinned(2).entries


def test_added_entries_stand_beside_a_sets_own_under_ids_that_cannot_clash() -> None:
    both = LABELLED.with_added(LABELLED, 0)
    assert both.entries[:3] == LABELLED.entries
    assert {entry.id for entry in both.entries[3:]} == {"bakery/pay", "bakery/hours", "bakery/job"}
    assert both.out_of_scope == LABELLED.out_of_scope


def test_only_so_many_entries_are_added() -> None:
    assert len(LABELLED.with_added(MANY, 0).entries) == len(LABELLED.entries) + ADDED


def test_questions_about_the_added_entries_come_before_a_sets_own() -> None:
    added = LABELLED.with_added(MANY, 0)
    ids = {entry.id for entry in added.entries[len(LABELLED.entries) :]}
    about = [expected for _, expected in added.questions if set(expected) & ids]
    assert len(about) == 10 * ADDED
    assert sorted(added.questions[len(about) :]) == sorted(LABELLED.questions)


def test_of_a_sets_own_questions_only_so_many_are_kept() -> None:
    assert len(MANY.with_added(LABELLED, 0).questions) == BESIDE + 1


def test_a_set_with_fewer_phrasings_says_so_in_its_name_and_keeps_all_else() -> None:
    fewer = LABELLED.with_phrasings(2)
    assert fewer.name == "bakery@2"
    assert (fewer.questions, fewer.out_of_scope) == (LABELLED.questions, LABELLED.out_of_scope)


def test_what_the_entries_left_out_answer_is_out_of_scope_then() -> None:
    asked = tuple((f"about {entry.id}", (entry.id,)) for entry in LABELLED.entries)
    begun = LabelledSet("bakery", LABELLED.entries, asked).with_entries(2)
    ids = {entry.id for entry in begun.entries}
    assert (begun.name, len(ids)) == ("bakery#2", 2)
    assert {text for text, expected in begun.questions if expected} == {f"about {one}" for one in ids}
    assert [text for text, expected in begun.questions if not expected] == [
        f"about {one.id}" for one in LABELLED.entries if one.id not in ids
    ]


def test_no_more_questions_out_of_scope_are_kept_than_are_in_scope() -> None:
    asked = (("pay?", ("pay",)), ("who won", ()), ("hm", ()), ("lol", ()))
    begun = LabelledSet("bakery", LABELLED.entries[:1], asked).with_entries(1)
    assert [bool(expected) for _, expected in begun.questions] == [True, False]


def test_questions_are_read_with_their_right_answers_in_order(tmp_path: Path) -> None:
    path = lines(tmp_path / "q.jsonl", {"text": "pay?", "expected": ["pay", "raise"]}, {"text": "hm", "expected": []})
    assert read_questions(path) == (("pay?", ("pay", "raise")), ("hm", ()))


def test_an_faq_is_named_after_its_folder_and_has_each_text_once(tmp_path: Path) -> None:
    entries = lines(
        tmp_path / "bakery" / "entries.jsonl",
        {"id": 7, "question": "Pay?", "phrasings": ["wage", "Pay?", "wage"], "answer": "Some."},
    )
    queries = lines(tmp_path / "bakery" / "queries.jsonl", {"text": "what do they earn", "expected": [7]})
    assert read_faq(entries, queries) == LabelledSet(
        "bakery", (Indexed("7", ("Pay?", "wage"), answer="Some."),), (("what do they earn", ("7",)),)
    )


def test_a_line_that_is_no_question_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"text": "pay?", "expected": []}\nnonsense\n', "utf-8")
    with pytest.raises(WaymarkError, match=r"q\.jsonl:2"):
        read_questions(path)


def test_the_guide_comes_with_its_entries_and_known_out_of_scope_messages() -> None:
    knowledge = load_knowledge(shipped_knowledge())
    guide = read_guide([])
    assert [entry.id for entry in guide.entries] == [entry.id for entry in knowledge.entries]
    assert [entry.texts[0] for entry in guide.entries] == [entry.question for entry in knowledge.entries]
    assert (guide.questions, guide.out_of_scope) == ((), knowledge.out_of_scope)


def test_questions_of_several_files_about_the_guide_are_joined(tmp_path: Path) -> None:
    first = lines(tmp_path / "first.jsonl", {"text": "pay?", "expected": []})
    second = lines(tmp_path / "second.jsonl", {"text": "hours?", "expected": []})
    assert [text for text, _ in read_guide([first, second]).questions] == ["pay?", "hours?"]


def test_each_folder_of_small_faqs_is_a_set() -> None:
    assert [one.name for one in small_faqs()] == sorted(folder.name for folder in FAQS.iterdir())


@cache
def shipped(name: str) -> LabelledSet:
    """A set that comes with the code: the guide, or a small FAQ by the name of its folder."""
    folder = FAQS / name
    if name == GUIDE:
        return read_guide(sorted(QUESTIONS.glob("*.jsonl")))
    return read_faq(folder / "entries.jsonl", folder / "queries.jsonl")


GUIDE = "library-media-specialist"
of_each_set = pytest.mark.parametrize("name", [GUIDE, *sorted(folder.name for folder in FAQS.iterdir())])


@of_each_set
def test_every_right_answer_is_an_entry(name: str) -> None:
    known = {entry.id for entry in shipped(name).entries}
    assert {expected for _, right in shipped(name).questions for expected in right} <= known


@of_each_set
def test_every_entry_has_an_id_of_its_own(name: str) -> None:
    ids = [entry.id for entry in shipped(name).entries]
    assert len(set(ids)) == len(ids)


@of_each_set
def test_there_are_questions_in_scope_and_out_of_scope(name: str) -> None:
    assert {bool(right) for _, right in shipped(name).questions} == {True, False}


@of_each_set
def test_no_message_is_both_in_scope_and_out_of_scope(name: str) -> None:
    inside, outside = ({text for text, right in shipped(name).questions if bool(right) is one} for one in (True, False))
    assert not inside & outside


@of_each_set
def test_there_are_as_many_entries_as_the_fit_compares(name: str) -> None:
    assert len(shipped(name).entries) >= AMONG
