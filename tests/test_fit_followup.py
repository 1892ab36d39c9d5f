"""What `benchmarks/fit_followup.py` learns, on conversations made so that the right result is known."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fit_followup import OFFERED, Turn, cutoffs, learn, turns_of
from bot.assembly import Assembly
from bot.matching.confidence import shares_of
from bot.matching.followup import OF_ENTRY, OF_LIKELIEST, likeliest, rows_of
from bot.matching.index import Indexed
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder

IDS = ("one", "two", "three")
MADE = tuple(Indexed(name, (name,)) for name in IDS)
CHANCE = np.random.default_rng(3)


def turn(right: str | None, *, same: str, text: str = "and then?") -> Turn:
    """A follow-up after `same`; what it says by itself tells nothing."""
    alone = {name: float(CHANCE.uniform(0.1, 0.2)) for name in IDS}
    rows = rows_of(MADE, alone, alone, MADE[IDS.index(same)])
    return Turn(text, rows, np.asarray([float(name == right) for name in IDS]), follows=True)


STAYING = [turn(name, same=name) for name in IDS * 20]
QUIET = [turn(None, same=name, text="lovely") for name in IDS * 10]


def test_that_people_stay_with_an_entry_is_learned() -> None:
    ranking, _, _ = learn(STAYING)
    assert ranking[OF_ENTRY.index("same")] > 1


def test_that_nothing_is_asked_lowers_what_is_sure() -> None:
    _, sureness, _ = learn([*STAYING, *QUIET])
    assert sureness[OF_LIKELIEST.index("asks")] > 1


def test_answers_begin_where_most_more_are_right_than_wrong() -> None:
    turns = [*STAYING, *QUIET]
    ranking, sureness, bias = learn(turns)
    found = cutoffs(turns, ranking, sureness, bias)
    rows = [(likeliest(turn.rows, shares_of(turn.rows @ ranking), turn.text), turn) for turn in turns]
    chances = [1 / (1 + np.exp(-(row @ sureness + bias))) for row, _ in rows]
    right = [turn.right[int(np.argmax(turn.rows @ ranking))] for _, turn in rows]

    def gain(cut: float) -> float:
        return float(
            sum(1 if is_right else -1 for chance, is_right in zip(chances, right, strict=True) if chance >= cut)
        )

    assert gain(found["answer"]) == max(gain(cut / 100) for cut in range(1, 100))


def test_offers_begin_at_one_right_in_ten() -> None:
    assert cutoffs(STAYING, *learn(STAYING))["offer"] == OFFERED == 0.1


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
