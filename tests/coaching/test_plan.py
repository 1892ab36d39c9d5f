"""Finding one's way on a plan."""

import pytest

from tests.coaching.walks import plan


def test_a_step_is_found_by_its_id() -> None:
    made = plan()
    assert made.step("guild") is made.steps[1]
    assert made.step("gone") is None


@pytest.mark.parametrize(
    ("step_id", "places", "other"),
    [
        ("school", 1, "guild"),
        ("night", 1, "night"),
        ("school", -1, "school"),
        ("night", -1, "guild"),
        ("gone", 1, "school"),
    ],
)
def test_the_steps_beside_it_end_where_the_plan_does(step_id: str, places: int, other: str) -> None:
    assert plan().beside(step_id, places) == other
