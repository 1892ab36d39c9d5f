"""What moderators find in their inbox, and what becomes of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.store.inbox import InboxQuestion
from bot.store.questions import Outcome, Questions
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, BEN = 987_654_321_098_765_432, 11


@pytest.fixture
async def other(address: str, clock: Clock) -> AsyncIterator[Store]:
    """The same database as another process has it."""
    async with Store.open(address, clock) as other:
        yield other


async def ask(  # noqa: PLR0917 - what a question is made of
    questions: Questions,
    text: str = "parking?",
    kind: str = "none",
    outcome: Outcome | None = None,
    chosen: str | None = None,
    server: int = HERE,
) -> int:
    entry = None if kind == "none" else "pay"
    number = await questions.record(server=server, channel=CHANNEL, member=ANN, text=text, kind=kind, entry_id=entry)
    if outcome is not None:
        await questions.tell(number, outcome, chosen=chosen)
    return number


async def texts(store: Store, server: int = HERE) -> list[str]:
    return [one.text for one in await store.inbox.questions(server)]


async def test_a_question_that_found_nothing_is_there_as_it_was_asked(store: Store) -> None:
    number = await ask(store.questions)
    assert await store.inbox.questions(HERE) == (
        InboxQuestion(number, CHANNEL, ANN, "parking?", "none", None, None, False, 0, False, START),
    )


async def test_what_was_not_the_right_thing_is_there_and_what_was_is_not(store: Store) -> None:
    await ask(store.questions, "right", "answer")
    await ask(store.questions, "helped", "answer", "helped")
    await ask(store.questions, "wrong", "answer", "missed")
    await ask(store.questions, "none of these", "suggestions", "missed")
    await ask(store.questions, "offered", "suggestions")
    assert await texts(store) == ["wrong", "none of these"]


async def test_a_choice_is_there_with_the_entry(store: Store) -> None:
    await ask(store.questions, "wages", "answer", "missed", "salary")
    assert [(one.text, one.entry_id, one.chosen) for one in await store.inbox.questions(HERE)] == [
        ("wages", "pay", "salary")
    ]


async def test_what_somebody_waits_for_is_there_whatever_its_verdict(store: Store) -> None:
    number = await ask(store.questions, "unsure", "answer")
    await store.promises.promise(number, BEN, CHANNEL)
    assert [(one.text, one.waiting) for one in await store.inbox.questions(HERE)] == [("unsure", 1)]


async def test_those_who_wait_and_asks_for_a_mentor_are_told(store: Store) -> None:
    first, second = await ask(store.questions), await ask(store.questions, "lunch?")
    for member in (ANN, BEN):
        await store.promises.promise(first, member, CHANNEL)
    await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="lunch?", question=second)
    found = [(one.number, one.waiting, one.asked_mentor) for one in await store.inbox.questions(HERE)]
    assert found == [(first, 2, False), (second, 0, True)]


async def test_servers_have_inboxes_of_their_own(store: Store) -> None:
    number = await ask(store.questions, "here")
    await ask(store.questions, "elsewhere", server=ELSEWHERE)
    assert await texts(store) == ["here"]
    assert await store.inbox.answer(ELSEWHERE, "parking", [number]) == 0
    assert await store.inbox.dismiss(ELSEWHERE, [number]) == 0
    assert await texts(store) == ["here"]


async def test_the_last_questions_are_looked_at_oldest_first(store: Store) -> None:
    for number in range(5):
        await ask(store.questions, f"{number}?")
    assert [one.text for one in await store.inbox.questions(HERE, 3)] == ["2?", "3?", "4?"]


async def test_answered_questions_leave_the_inbox(store: Store) -> None:
    first, _ = await ask(store.questions, "parking?"), await ask(store.questions, "lunch?")
    await store.inbox.answer(HERE, "parking", [first])
    assert await texts(store) == ["lunch?"]
    kept = await store.questions.get(first)
    assert kept is not None
    assert (kept.settled, kept.settled_entry) == ("answered", "parking")


async def test_the_first_answer_counts(store: Store, other: Store) -> None:
    number = await ask(store.questions)
    await store.promises.promise(number, ANN, CHANNEL)
    told = await asyncio.gather(*(one.inbox.answer(HERE, f"e{at}", [number]) for at, one in enumerate((store, other))))
    assert sorted(told) == [0, 1]
    (telling,) = await store.promises.claim(9, store.clock())
    assert telling.entry_id == f"e{told.index(1)}"


async def test_moderators_who_answer_the_same_at_once_do_not_block_each_other(store: Store, other: Store) -> None:
    numbers = [await ask(store.questions, f"{at}?") for at in range(30)]
    for number in numbers:
        await store.promises.promise(number, number, CHANNEL)
    told = await asyncio.gather(
        *(one.inbox.answer(HERE, f"e{at}", order) for at, (one, order) in enumerate(
            [(store, numbers), (other, numbers[::-1]), (store, numbers[10:]), (other, numbers[:20])]
        ))
    )  # fmt: skip
    assert sum(told) == 30


async def test_dismissed_questions_stay_known_as_such(store: Store) -> None:
    number = await ask(store.questions)
    assert await store.inbox.dismiss(HERE, [number]) == 1
    assert [(one.number, one.dismissed) for one in await store.inbox.questions(HERE)] == [(number, True)]
    assert await store.inbox.dismiss(HERE, [number]) == 0


async def test_what_was_dismissed_comes_back_when_that_is_taken_back(store: Store) -> None:
    number = await ask(store.questions)
    await store.inbox.dismiss(HERE, [number])
    assert await store.inbox.take_back(HERE, [number]) == 1
    assert [one.dismissed for one in await store.inbox.questions(HERE)] == [False]


async def test_what_is_answered_is_not_dismissed(store: Store) -> None:
    number = await ask(store.questions)
    await store.inbox.answer(HERE, "parking", [number])
    assert (await store.inbox.dismiss(HERE, [number]), await store.inbox.take_back(HERE, [number])) == (0, 0)


async def test_what_was_dismissed_can_be_answered_after_all(store: Store) -> None:
    number = await ask(store.questions)
    await store.promises.promise(number, ANN, CHANNEL)
    await store.inbox.dismiss(HERE, [number])
    assert await store.inbox.answer(HERE, "parking", [number]) == 1
    assert await texts(store) == []


async def test_forgotten_words_leave_the_inbox(store: Store) -> None:
    await ask(store.questions)
    await store.privacy.forget(ANN)
    assert await texts(store) == []
    assert await store.inbox.open_count() == 0


async def test_what_waits_for_moderators_is_counted_over_all_servers(store: Store) -> None:
    first = await ask(store.questions)
    await ask(store.questions, server=ELSEWHERE)
    await ask(store.questions, "fine", "answer")
    assert await store.inbox.open_count() == 2
    await store.inbox.dismiss(HERE, [first])
    assert await store.inbox.open_count() == 1


async def test_nothing_to_answer_tells_nobody(store: Store) -> None:
    assert await store.inbox.answer(HERE, "parking", []) == 0
    assert await store.inbox.dismiss(HERE, []) == 0
