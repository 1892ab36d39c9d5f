"""The answer as a JSON object, and questions in JSON lines."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.answer_object import answer_object, batch
from bot.assembly import Assembly
from bot.matching.coach import Coach
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder

TODAY = dt.date(2026, 1, 1)


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return Assembly(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)).coach()


def first_ids(coach: Coach, *questions: dict[str, str]) -> list[str | None]:
    objects = [json.loads(line) for line, _ in batch(coach, map(json.dumps, questions), TODAY)]
    return [one["entries"][0]["id"] if one["entries"] else None for one in objects]


def test_an_answer_has_its_kind_and_its_entry_with_figures_filled_in(coach: Coach) -> None:
    found = answer_object(coach, coach.ask("baker salary"), TODAY)
    assert found == {
        "kind": "answer",
        "interject": True,
        "entries": [
            {
                "id": "median-pay",
                "title": "What does a baker earn?",
                "text": "The median is $30,000 a year.",
                "confidence": 0.99,
            }
        ],
    }


def test_questions_of_one_conversation_lean_on_each_other(coach: Coach) -> None:
    first, second = {"text": "years of training", "conversation": "a"}, {"text": "and then?", "conversation": "a"}
    assert first_ids(coach, first, second) == ["training", "night"]


def test_conversations_are_kept_apart(coach: Coach) -> None:
    first, second = {"text": "years of training", "conversation": "a"}, {"text": "and then?", "conversation": "b"}
    assert first_ids(coach, first, second)[1] != "night"


def test_without_a_conversation_each_question_stands_for_itself(coach: Coach) -> None:
    assert first_ids(coach, {"text": "years of training"}, {"text": "and then?"})[1] != "night"
