"""What `benchmarks/fit_followup.py` learns, on conversations made so that the right result is known."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fit_followup import Turn, learn, turns_of
from bot.assembly import Assembly
from bot.matching.confidence import shares_of
from bot.matching.followup import OF_ENTRY, Readings, likeliest, rows_of
from bot.matching.index import Indexed
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder

IDS = ("one", "two", "three")
MADE = tuple(Indexed(name, (name,)) for name in IDS)
CHANCE = np.random.default_rng(3)


def turn(right: str | None, *, same: str) -> Turn:
    """A follow-up after `same`; what it says by itself tells nothing."""
    alone = {name: float(CHANCE.uniform(0.1, 0.2)) for name in IDS}
    rows = rows_of(MADE, Readings(alone, alone), MADE[IDS.index(same)])
    return Turn(rows, np.asarray([float(name == right) for name in IDS]), follows=True)


STAYING = [turn(name, same=name) for name in IDS * 20]
LEAVING = [turn(None, same=name) for name in IDS * 20]


def test_that_people_stay_with_an_entry_is_learned() -> None:
    ranking, _, _ = learn(STAYING)
    assert ranking[OF_ENTRY.index("same")] > 1


def test_the_more_often_the_likeliest_is_wrong_the_less_sure_it_is() -> None:
    ranking, sureness, bias = learn([*STAYING, *LEAVING])
    rows = STAYING[0].rows
    looked_at = likeliest(rows, shares_of(rows @ ranking))
    chance = 1 / (1 + np.exp(-(looked_at @ sureness + bias)))
    assert chance == pytest.approx(0.5, abs=0.15)


def test_a_question_for_what_comes_next_teaches_nothing(tmp_path: Path) -> None:
    coach = Assembly(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)).coach()
    turns = [{"text": "what is this", "expected": ["training"]}, {"text": "and after that?", "expected": ["night"]}]
    file = tmp_path / "conversations.jsonl"
    file.write_text(json.dumps({"id": "a", "turns": turns}) + "\n")
    assert turns_of(file, coach) == []


def test_each_later_turn_stands_after_what_was_expected_before(tmp_path: Path) -> None:
    coach = Assembly(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)).coach()
    ids = [entry.id for entry in coach.knowledge.entries]
    turns = [
        {"text": "what is this about", "expected": [ids[1]]},
        {"text": "thanks a lot", "expected": []},
        {"text": "and that?", "expected": [ids[0], ids[1]]},
    ]
    file = tmp_path / "conversations.jsonl"
    file.write_text(json.dumps({"id": "a", "turns": turns}) + "\n")
    quiet, asked = turns_of(file, coach)
    same = OF_ENTRY.index("same")
    assert [quiet.rows[:, same].tolist().index(1), asked.rows[:, same].tolist().index(1)] == [1, 1]
    assert quiet.right.sum() == 0
    assert asked.right.sum() == pytest.approx(2)
