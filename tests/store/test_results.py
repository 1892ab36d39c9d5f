"""What checks came to: saved once a check, oldest first, and gone when the member says so."""

import asyncio
import datetime as dt

import pytest

from bot.coaching.readiness import PartScore, Score
from bot.store.results import SAME_CHECK, Result, Results
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE = 1_234_567_890_123_456_789
ANN, BEN = 987_654_321_098_765_432, 11
GUIDE, OTHER = "baker", "smith"


@pytest.fixture
def results(store: Store) -> Results:
    return store.results


async def test_a_saved_result_comes_back_as_it_was(results: Results) -> None:
    saved = await results.save(ANN, GUIDE, "skills", {"kneading": 3})
    assert saved == Result(saved.number, START, {"kneading": 3})
    assert await results.of(ANN, GUIDE, "skills") == (saved,)


async def test_results_come_oldest_first(results: Results, clock: Clock) -> None:
    for rating in (2, 1, 3):
        await results.save(ANN, GUIDE, "skills", {"kneading": rating})
        clock.forward(days=30)
    found = await results.of(ANN, GUIDE, "skills")
    assert [result.values["kneading"] for result in found] == [2, 1, 3]
    assert [result.at for result in found] == [START + dt.timedelta(days=30 * number) for number in range(3)]


async def test_each_check_guide_and_member_has_results_of_its_own(results: Results) -> None:
    await results.save(ANN, GUIDE, "skills", {"n": 1})
    await results.save(ANN, GUIDE, "readiness", {"n": 2})
    await results.save(ANN, OTHER, "skills", {"n": 3})
    await results.save(BEN, GUIDE, "skills", {"n": 4})
    assert [result.values for result in await results.of(ANN, GUIDE, "skills")] == [{"n": 1}]
    assert [result.values for result in await results.of(ANN, GUIDE, "readiness")] == [{"n": 2}]


async def test_a_double_click_saves_once(results: Results, address: str) -> None:
    async with Store.open(address, lambda: START) as other:
        saved = await asyncio.gather(
            *(each.save(ANN, GUIDE, "skills", {"kneading": 3}) for each in (results, other.results) * 5)
        )
    assert {result.number for result in saved} == {saved[0].number}
    assert await results.of(ANN, GUIDE, "skills") == (saved[0],)


async def test_the_same_result_later_is_another_one(results: Results, clock: Clock) -> None:
    first = await results.save(ANN, GUIDE, "skills", {"kneading": 3})
    clock.forward(seconds=SAME_CHECK.total_seconds() - 1)
    assert await results.save(ANN, GUIDE, "skills", {"kneading": 3}) == first
    clock.forward(seconds=1)
    assert await results.save(ANN, GUIDE, "skills", {"kneading": 3}) != first
    assert len(await results.of(ANN, GUIDE, "skills")) == 2


async def test_another_result_at_once_is_another_one(results: Results) -> None:
    for rating in (2, 3, 2):
        await results.save(ANN, GUIDE, "skills", {"kneading": rating})
    assert len(await results.of(ANN, GUIDE, "skills")) == 3


async def test_the_domains_own_score_comes_back_as_it_was(results: Results) -> None:
    score = Score("baker", (PartScore("skills", "Skills", 60, 75, 3, 4), PartScore("papers", "Papers", 40, None, 0, 1)))
    kept = score.as_json()
    assert isinstance(kept, dict)
    await results.save(ANN, GUIDE, "readiness", kept)
    assert [Score.from_json(result.values) for result in await results.of(ANN, GUIDE, "readiness")] == [score]


async def test_a_dropped_result_is_gone(results: Results) -> None:
    kept, dropped = [await results.save(ANN, GUIDE, "skills", {"n": number}) for number in range(2)]
    assert await results.drop(ANN, dropped.number)
    assert await results.of(ANN, GUIDE, "skills") == (kept,)
    assert not await results.drop(ANN, dropped.number)


async def test_nobody_drops_the_result_of_another(results: Results) -> None:
    saved = await results.save(ANN, GUIDE, "skills", {"n": 1})
    assert not await results.drop(BEN, saved.number)
    assert await results.of(ANN, GUIDE, "skills") == (saved,)


async def test_a_forgotten_person_has_no_results(results: Results) -> None:
    await results.save(ANN, GUIDE, "skills", {"n": 1})
    await results.save(ANN, OTHER, "readiness", {"n": 2})
    kept = await results.save(BEN, GUIDE, "skills", {"n": 3})
    assert await results.forget(ANN, HERE) == 0
    assert await results.forget(ANN) == 2
    assert await results.export(ANN) == {"member_results": []}
    assert await results.of(BEN, GUIDE, "skills") == (kept,)


async def test_an_export_has_all_results_of_one_person(results: Results) -> None:
    saved = await results.save(ANN, GUIDE, "skills", {"kneading": 3})
    await results.save(BEN, GUIDE, "skills", {"kneading": 1})
    assert await results.export(ANN) == {
        "member_results": [
            {
                "number": saved.number, "guide": GUIDE, "kind": "skills", "values": {"kneading": 3},
                "at": START.isoformat(),
            }
        ]
    }  # fmt: skip
