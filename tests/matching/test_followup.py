"""Which entry a follow-up is about."""

import numpy as np
import pytest

from bot.matching.confidence import shares_of
from bot.matching.followup import (
    LEAST,
    OF_ENTRY,
    OF_LIKELIEST,
    FollowUp,
    Readings,
    likeliest,
    rows_of,
    shipped_followup,
)
from bot.matching.index import Indexed

PAY = Indexed("pay", ("What is the pay?",), related=("night",), theme="money")
ENTRIES = (
    PAY,
    Indexed("bonus", ("Is there a bonus?",), theme="money"),
    Indexed("night", ("Do bakers work at night?",), theme="hours"),
    Indexed("own", ("What have we made ourselves?",)),
)
#: One that goes by the message alone, and is sure of whatever comes first.
ALONE = FollowUp(np.eye(len(OF_ENTRY))[0], np.zeros(len(OF_LIKELIEST)), 3.0, 0.5, 0.2)


def known(name: str, *, one_more: bool = False) -> list[float]:
    rows = rows_of(ENTRIES, Readings({"pay": 0.5}, {"pay": 0.25, "own": 0.1}, one_more, ["night"]), PAY)
    return [float(value) for value in rows[:, OF_ENTRY.index(name)]]


def test_confidences_are_known_by_their_logarithms() -> None:
    assert known("alone") == pytest.approx(np.log([0.5, LEAST, LEAST, LEAST]))
    assert known("together") == pytest.approx(np.log([0.25, LEAST, LEAST, 0.1]))


def test_the_entry_that_answered_before_is_marked() -> None:
    assert known("same") == [1, 0, 0, 0]


def test_it_is_marked_again_when_the_message_opens_as_one_more() -> None:
    assert known("one_more", one_more=True) == [1, 0, 0, 0]
    assert known("one_more") == [0, 0, 0, 0]


def test_entries_of_whose_answers_a_part_is_named_are_marked() -> None:
    assert known("named") == [0, 0, 1, 0]


def test_entries_related_to_it_are_marked() -> None:
    assert known("related") == [0, 0, 1, 0]


def test_entries_of_its_theme_are_marked() -> None:
    assert known("theme") == [1, 1, 0, 0]


def test_entries_without_a_theme_share_none() -> None:
    rows = rows_of(ENTRIES, Readings({}, {}), ENTRIES[3])
    assert rows[:, OF_ENTRY.index("theme")].tolist() == [0, 0, 0, 0]


def test_the_likeliest_is_looked_at_with_the_shares() -> None:
    rows = np.zeros((2, len(OF_ENTRY)))
    rows[:, :3] = [[np.log(0.2), np.log(0.3), 0], [np.log(0.6), np.log(0.1), 1]]
    found = dict(zip(OF_LIKELIEST, likeliest(rows, np.asarray([0.25, 0.75])), strict=True))
    assert found == pytest.approx(
        {"share": 0.75, "log_share": np.log(0.75), "second_share": 0.25, "alone": np.log(0.6), "together": np.log(0.1),
         "same": 1}
    )  # fmt: skip


def test_the_likeliest_has_the_sureness_and_the_others_their_share_of_it() -> None:
    rows = rows_of(ENTRIES, Readings({"pay": 0.4, "bonus": 0.2}, {}), PAY)
    found = ALONE.confidences(rows)
    assert found[0] == pytest.approx(1 / (1 + np.exp(-3)))
    assert found[1] == pytest.approx(found[0] * shares_of(rows[:, 0])[1] / shares_of(rows[:, 0])[0])


def test_without_entries_there_is_no_confidence() -> None:
    assert ALONE.confidences(np.zeros((0, len(OF_ENTRY)))).shape == (0,)


def test_what_comes_with_the_code_prefers_what_stands_near_in_the_guide() -> None:
    rows = rows_of(ENTRIES, Readings({"own": 0.02, "night": 0.02}, {"own": 0.02, "night": 0.02}), PAY)
    found = shipped_followup().confidences(rows)
    assert found[2] > found[3]


def test_what_comes_with_the_code_leaves_a_clear_change_of_subject() -> None:
    rows = rows_of(ENTRIES, Readings({"own": 0.97}, {"own": 0.4, "pay": 0.3}), PAY)
    assert int(np.argmax(shipped_followup().confidences(rows))) == 3
