"""The answer as a JSON object, and questions in JSON lines."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.answer_object import answer_object, batch
from bot.assembly import Assembly
from bot.matching.coach import Coach
from bot.matching.embedding import Embedder
from bot.matching.vectors import VectorCache
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder
from tests.matching.encoders import real_encoder, small_encoder

TODAY = dt.date(2026, 1, 1)


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return Assembly(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)).coach()


def first_ids(coach: Coach, *questions: dict[str, str]) -> list[str | None]:
    objects = [json.loads(line) for line, _ in batch(coach, map(json.dumps, questions), TODAY)]
    return [one["entries"][0]["id"] if one["entries"] else None for one in objects]


def test_an_answer_has_its_kind_and_its_entry_with_figures_filled_in(coach: Coach) -> None:
    found = answer_object(coach, coach.ask("What does a baker earn?"), TODAY)
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
        "encoder": None,
    }


def test_the_text_begins_with_what_the_question_names(coach: Coach) -> None:
    found = json.dumps(answer_object(coach, coach.ask("how much money does a head baker make"), TODAY))
    text = json.loads(found)["entries"][0]["text"]
    assert text == "A head baker: more than $30,000.\n\nThe median is $30,000 a year."


def test_a_follow_up_is_answered_with_what_it_names(coach: Coach) -> None:
    first = {"text": "how much money do bakers make", "conversation": "a"}
    second = {"text": "and as a head baker?", "conversation": "a"}
    last = [json.loads(line) for line, _ in batch(coach, map(json.dumps, [first, second]), TODAY)][-1]
    assert last["entries"][0]["text"].startswith("A head baker: more than $30,000.\n\nThe median")


def test_an_answer_names_the_encoder_that_is_in_use(coach: Coach) -> None:
    encoder = small_encoder("small")
    matching = Coach.knowing(coach.knowledge, Embedder(lambda: encoder, VectorCache(None)))
    assert answer_object(matching, matching.ask("baker salary"), TODAY)["encoder"] == "small"


def test_the_real_encoder_is_named_as_its_makers_do(coach: Coach) -> None:
    encoder = real_encoder()
    matching = Coach.knowing(coach.knowledge, Embedder(lambda: encoder, VectorCache(None)))
    assert answer_object(matching, matching.ask("baker salary"), TODAY)["encoder"] == "all-MiniLM-L6-v2"


def test_an_explanation_is_one_more_key_and_fit_for_json(coach: Coach) -> None:
    answer = coach.ask("the wage of a baker")
    found = answer_object(coach, answer, TODAY, coach.explain("the wage of a baker"))
    explanation = json.loads(json.dumps(found))["explanation"]
    assert {**found, "explanation": 0} == {**answer_object(coach, answer, TODAY), "explanation": 0}
    assert explanation["kind"] == found["kind"]
    assert explanation["entries"][0]["id"] == "median-pay"


def test_a_batch_explains_follow_ups_with_what_was_before(coach: Coach) -> None:
    first, second = {"text": "years of training", "conversation": "a"}, {"text": "and then?", "conversation": "a"}
    lines = [json.loads(line) for line, _ in batch(coach, map(json.dumps, [first, second]), TODAY, explain=True)]
    told = lines[1]["explanation"]["why"]
    assert told == "Answer: the message asks what comes next, and in the guide that is night."


def test_questions_of_one_conversation_lean_on_each_other(coach: Coach) -> None:
    first, second = {"text": "years of training", "conversation": "a"}, {"text": "and then?", "conversation": "a"}
    assert first_ids(coach, first, second) == ["training", "night"]


def test_conversations_are_kept_apart(coach: Coach) -> None:
    first, second = {"text": "years of training", "conversation": "a"}, {"text": "and then?", "conversation": "b"}
    assert first_ids(coach, first, second)[1] != "night"


def test_without_a_conversation_each_question_stands_for_itself(coach: Coach) -> None:
    assert first_ids(coach, {"text": "years of training"}, {"text": "and then?"})[1] != "night"
