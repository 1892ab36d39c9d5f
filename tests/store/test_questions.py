"""What members asked: kept for the counts and the inbox, and forgotten when it should be."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.questions import Questions
from bot.store.store import Store
from bot.store.tables import QuestionRow
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, BEN = 987_654_321_098_765_432, 11


@pytest.fixture
def questions(store: Store) -> Questions:
    return store.questions


async def ask(questions: Questions, text: str, *, server: int = HERE, member: int = ANN, kind: str = "answer") -> int:
    entry = "rules" if kind != "none" else None
    return await questions.record(server=server, channel=CHANNEL, member=member, text=text, kind=kind, entry_id=entry)


async def rows(store: Store) -> list[dict[str, Any]]:
    """All that is kept, in the order in which it was asked."""
    columns = QuestionRow.__table__.columns
    async with store.database.reading() as session:
        found = await session.execute(select(*columns).order_by(QuestionRow.number))
        return [dict(row) for row in found.mappings()]


async def test_a_question_is_kept_with_what_came_of_it(store: Store, questions: Questions) -> None:
    number = await ask(questions, "May I?")
    assert await rows(store) == [
        {
            "number": number, "server": HERE, "channel": CHANNEL, "member": ANN, "text": "May I?", "kind": "answer",
            "entry_id": "rules", "outcome": None, "chosen": None, "settled": None, "settled_entry": None, "at": START,
        }
    ]  # fmt: skip


async def test_a_miss_names_no_entry(store: Store, questions: Questions) -> None:
    await ask(questions, "May I?", kind="none")
    assert [row["entry_id"] for row in await rows(store)] == [None]


async def test_each_question_has_a_number_of_its_own(questions: Questions) -> None:
    numbers = [await ask(questions, "May I?") for _ in range(3)]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "text", ["nul \0 here", "half \ud83d of an emoji", "\x1b[31mred", "a" * 6_000, "日本 \U0001f600"]
)
async def test_any_text_that_discord_passes_on_can_be_kept(questions: Questions, text: str) -> None:
    await ask(questions, text)
    (kept,) = await questions.recent(HERE)
    assert kept == "".join(letter for letter in text if letter not in "\0\ud83d\x1b")


async def test_what_the_asker_said_of_the_answer_is_kept(store: Store, questions: Questions) -> None:
    first, second, _ = [await ask(questions, "May I?") for _ in range(3)]
    await questions.tell(first, "helped")
    await questions.tell(second, "missed", chosen="house-rules")
    assert [(row["outcome"], row["chosen"]) for row in await rows(store)] == [
        ("helped", None), ("missed", "house-rules"), (None, None),
    ]  # fmt: skip


async def test_a_later_word_on_an_answer_keeps_what_was_chosen(store: Store, questions: Questions) -> None:
    number = await ask(questions, "May I?")
    await questions.tell(number, "missed", chosen="house-rules")
    await questions.tell(number, "helped")
    assert [(row["outcome"], row["chosen"]) for row in await rows(store)] == [("helped", "house-rules")]


async def test_the_last_questions_come_first_and_each_wording_once(questions: Questions) -> None:
    for text in ("May I?", "Where?", "May I?", "When?"):
        await ask(questions, text)
    await ask(questions, "Elsewhere?", server=ELSEWHERE)
    assert await questions.recent(HERE) == ("When?", "May I?", "Where?")


async def test_no_more_of_the_last_questions_come_than_are_asked_for(questions: Questions) -> None:
    for number in range(5):
        await ask(questions, f"{number}?")
    assert await questions.recent(HERE, 2) == ("4?", "3?")


async def test_texts_of_a_server_are_forgotten_after_their_time(
    store: Store, questions: Questions, clock: Clock
) -> None:
    await ask(questions, "old")
    await ask(questions, "old elsewhere", server=ELSEWHERE)
    clock.forward(days=90)
    await ask(questions, "new")
    assert await questions.forget_texts(HERE, clock.now - dt.timedelta(days=90)) == 0
    clock.forward(microseconds=1)
    assert await questions.forget_texts(HERE, clock.now - dt.timedelta(days=90)) == 1
    assert [(row["text"], row["member"], row["kind"]) for row in await rows(store)] == [
        (None, None, "answer"), ("old elsewhere", ANN, "answer"), ("new", ANN, "answer"),
    ]  # fmt: skip


async def test_texts_are_forgotten_once(questions: Questions, clock: Clock) -> None:
    await ask(questions, "old")
    later = clock.now + dt.timedelta(days=1)
    assert [await questions.forget_texts(HERE, later) for _ in range(2)] == [1, 0]


async def test_a_forgotten_person_leaves_counts_and_no_words(store: Store, questions: Questions) -> None:
    await ask(questions, "mine")
    await ask(questions, "mine too", server=ELSEWHERE)
    await ask(questions, "yours", member=BEN)
    assert await questions.forget(ANN) == 2
    assert [(row["text"], row["member"]) for row in await rows(store)] == [(None, None), (None, None), ("yours", BEN)]
    assert await questions.recent(HERE) == ("yours",)
