"""Questions to mentors: one takes each, nobody is forgotten, and the time it takes is told as it is."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.errors import WaymarkError
from bot.store.mentor_request import MentorRequest, MissingRequestError, Tried
from bot.store.mentoring import OPEN_LIMIT, Mentoring
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, MAX, MIA = 987_654_321_098_765_432, 11, 12


@pytest.fixture
async def other(address: str, clock: Clock) -> AsyncIterator[Store]:
    """The same database as another process has it."""
    async with Store.open(address, clock) as other:
        yield other


async def ask(mentoring: Mentoring, asker: int = ANN, server: int = HERE) -> MentorRequest:
    return await mentoring.ask(server=server, channel=CHANNEL, asker=asker, text="am I too old?")


async def missed(store: Store) -> int:
    return await store.questions.record(
        server=HERE, channel=CHANNEL, member=ANN, text="too old?", kind="none", entry_id=None
    )


async def test_a_request_is_kept_as_it_was_asked(store: Store) -> None:
    question = await missed(store)
    asked = await store.mentoring.ask(
        server=HERE, channel=CHANNEL, asker=ANN, text="am I too old?", question=question,
        tried=[Tried("age", 0.4), Tried("career-change", 0.25)], step="Step 3 of 7",
    )  # fmt: skip
    assert await store.mentoring.get(asked.number) == asked
    assert asked == MentorRequest(
        asked.number, HERE, CHANNEL, question, ANN, False, "am I too old?",
        (Tried("age", 0.4), Tried("career-change", 0.25)), "Step 3 of 7", "open", None, None, None, None, START,
    )  # fmt: skip


async def test_a_request_without_a_name_tells_none(store: Store) -> None:
    asked = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="?", anonymous=True)
    assert (asked.asker, asked.anonymous) == (None, True)
    assert str(ANN) not in repr(await store.mentoring.get(asked.number))


async def test_the_same_question_is_asked_once(store: Store, other: Store) -> None:
    question = await missed(store)
    found = await asyncio.gather(
        *(
            each.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="?", question=question)
            for each in (store, other) * 4
        )
    )
    assert len({request.number for request in found}) == 1
    assert await store.mentoring.waiting_count() == 1


async def test_a_member_has_only_so_many_questions_with_the_mentors(store: Store) -> None:
    asked = [await ask(store.mentoring) for _ in range(OPEN_LIMIT)]
    with pytest.raises(WaymarkError, match="3 questions of yours already"):
        await ask(store.mentoring)
    await ask(store.mentoring, server=ELSEWHERE)
    await store.mentoring.answered(asked[0].number, MAX)
    await ask(store.mentoring)


async def test_one_mentor_gets_it_of_all_who_try_at_once(store: Store, other: Store) -> None:
    number = (await ask(store.mentoring)).number
    mentors = range(1, 9)
    found = await asyncio.gather(
        *(each.mentoring.claim(number, mentor) for mentor, each in zip(mentors, (store, other) * 4, strict=True))
    )
    (claimed_by,) = {request.claimed_by for request in found}
    assert claimed_by in mentors
    assert {request.state for request in found} == {"claimed"}


async def test_claiming_twice_is_claiming_once(store: Store, clock: Clock) -> None:
    number = (await ask(store.mentoring)).number
    first = await store.mentoring.claim(number, MAX)
    clock.forward(hours=1)
    assert await store.mentoring.claim(number, MAX) == first
    assert (first.claimed_by, first.claimed_at) == (MAX, START)


async def test_nobody_takes_their_own_question(store: Store) -> None:
    asked = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=MAX, text="?", anonymous=True)
    with pytest.raises(WaymarkError, match="your own question"):
        await store.mentoring.claim(asked.number, MAX)
    assert (await store.mentoring.get(asked.number)).state == "open"


async def test_a_request_that_there_is_not_is_said(store: Store) -> None:
    for doing in (store.mentoring.get(7), store.mentoring.claim(7, MAX), store.mentoring.close(7)):
        with pytest.raises(MissingRequestError, match="not kept any more"):
            await doing


async def test_a_mentor_may_give_it_back(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.claim(number, MAX)
    assert (await store.mentoring.release(number, MIA)).claimed_by == MAX
    assert (await store.mentoring.release(number, MAX)).state == "open"
    assert (await store.mentoring.claim(number, MIA)).claimed_by == MIA


async def test_the_first_answer_ends_the_wait(store: Store, clock: Clock) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.claim(number, MAX)
    clock.forward(hours=2)
    answered = await store.mentoring.answered(number, MAX)
    assert (answered.state, answered.answered_at) == ("answered", START + dt.timedelta(hours=2))
    clock.forward(hours=2)
    assert await store.mentoring.answered(number, MAX) == answered


async def test_only_who_claimed_it_answers(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.claim(number, MAX)
    assert (await store.mentoring.answered(number, MIA)).state == "claimed"


async def test_an_answer_without_a_claim_is_one_too(store: Store) -> None:
    answered = await store.mentoring.answered((await ask(store.mentoring)).number, MAX)
    assert (answered.state, answered.claimed_by, answered.claimed_at) == ("answered", MAX, START)


async def test_what_is_over_is_not_claimed(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    assert (await store.mentoring.close(number)).state == "closed"
    assert (await store.mentoring.claim(number, MAX)).state == "closed"


async def test_an_answered_request_is_not_closed(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.answered(number, MAX)
    assert (await store.mentoring.close(number)).state == "answered"


async def test_the_place_of_the_card_is_kept(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.posted(number, CHANNEL, 71)
    assert (await store.mentoring.get(number)).card == (CHANNEL, 71)


async def test_those_who_wait_longest_come_first(store: Store) -> None:
    asked = [(await ask(store.mentoring, asker)).number for asker in (1, 2, 3, 4)]
    await ask(store.mentoring, server=ELSEWHERE)
    await store.mentoring.claim(asked[1], MAX)
    await store.mentoring.answered(asked[2], MAX)
    assert [request.number for request in await store.mentoring.waiting(HERE)] == [asked[0], asked[1], asked[3]]
    assert [request.number for request in await store.mentoring.waiting(HERE, 1)] == asked[:1]
    assert await store.mentoring.waiting_count() == 4


async def wait(store: Store, clock: Clock, hours: float, *, answered: bool = True, asker: int = ANN) -> None:
    number = (await ask(store.mentoring, asker)).number
    clock.forward(hours=hours)
    if answered:
        await store.mentoring.answered(number, MAX)


async def test_the_waiting_time_is_that_of_the_last_askers(store: Store, clock: Clock) -> None:
    for hours in (100, 1, 2, 6):
        await wait(store, clock, hours)
    found = await store.mentoring.waiting_times(HERE, last=3)
    assert found is not None
    assert [time.total_seconds() / 3600 for time in (found.shortest, found.longest)] == [1, 6]
    assert found.median == dt.timedelta(hours=2)
    assert await store.mentoring.waiting_times(ELSEWHERE) is None


async def test_who_waits_still_counts_for_the_waiting_time(store: Store, clock: Clock) -> None:
    await wait(store, clock, 50, answered=False)
    for hours in (1, 2, 3):
        await wait(store, clock, hours)
    found = await store.mentoring.waiting_times(HERE)
    assert found is not None
    assert (found.longest, found.unanswered) == (dt.timedelta(hours=56), 1)


async def test_who_took_their_question_back_does_not_count(store: Store, clock: Clock) -> None:
    await store.mentoring.close((await ask(store.mentoring)).number)
    for hours in (1, 2, 3):
        await wait(store, clock, hours)
    found = await store.mentoring.waiting_times(HERE)
    assert found is not None
    assert found.unanswered == 0


async def test_requests_of_a_person_are_found_to_take_their_cards_down(store: Store) -> None:
    first = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="?", anonymous=True)
    second = await ask(store.mentoring, server=ELSEWHERE)
    await ask(store.mentoring, asker=MIA)
    assert [request.number for request in await store.mentoring.of(ANN)] == [second.number, first.number]
    assert [request.number for request in await store.mentoring.of(ANN, HERE)] == [first.number]


async def test_a_forgotten_asker_leaves_a_closed_request_without_words(store: Store) -> None:
    number = (await ask(store.mentoring)).number
    await store.mentoring.claim(number, MAX)
    assert await store.mentoring.forget(ANN) == 1
    kept = await store.mentoring.get(number)
    assert (kept.state, kept.text, kept.asker, kept.claimed_by) == ("closed", None, None, MAX)


async def test_a_forgotten_mentors_open_work_is_open_again(store: Store) -> None:
    open_one, done = (await ask(store.mentoring)).number, (await ask(store.mentoring)).number
    await store.mentoring.claim(open_one, MAX)
    await store.mentoring.answered(done, MAX)
    assert await store.mentoring.forget(MAX) == 2
    kept = [await store.mentoring.get(number) for number in (open_one, done)]
    assert [(one.state, one.claimed_by, one.text) for one in kept] == [
        ("open", None, "am I too old?"), ("answered", None, "am I too old?"),
    ]  # fmt: skip


async def test_the_asker_of_an_expired_request_is_not_known_and_it_does_not_wait(store: Store, clock: Clock) -> None:
    number = (await ask(store.mentoring)).number
    clock.forward(days=1)
    assert await store.mentoring.expire(HERE, clock.now) == 1
    assert await store.mentoring.expire(HERE, clock.now) == 0
    assert (await store.mentoring.get(number)).state == "closed"
    assert await store.anonymity.recipient(number) is None


async def test_any_text_can_be_asked(store: Store) -> None:
    asked = await store.mentoring.ask(
        server=HERE, channel=CHANNEL, asker=ANN, text="nul \0 and \ud83d half", step="a" * 300
    )
    kept = await store.mentoring.get(asked.number)
    assert (kept.text, kept.step) == ("nul  and  half", "a" * 200)
