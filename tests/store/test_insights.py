"""Counts of what was asked and what came of it, judged by counting by hand."""

import datetime as dt
import json
from dataclasses import asdict

import pytest

from bot.store.insights import SPANS, Counts, EntryCounts, MentorCounts, Span, ThemeCounts
from bot.store.questions import Outcome
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, MAX = 987_654_321_098_765_432, 11
THEMES = {"pay": "money", "tax": "money", "exam": "training"}


async def ask(  # noqa: PLR0917 - what a question is made of
    store: Store,
    entry_id: str | None = None,
    outcome: Outcome | None = None,
    chosen: str | None = None,
    kind: str | None = None,
    server: int = HERE,
) -> int:
    kind = kind or ("answer" if entry_id else "none")
    number = await store.questions.record(
        server=server, channel=CHANNEL, member=ANN, text="?", kind=kind, entry_id=entry_id
    )
    if outcome is not None:
        await store.questions.tell(number, outcome, chosen=chosen)
    return number


async def test_nothing_asked_is_nothing_counted(store: Store) -> None:
    insight = await store.insights.of(HERE, "week", {})
    assert (insight.counts, insight.before, insight.mentors, insight.told) == (Counts(), Counts(), MentorCounts(), 0)
    assert {part.counts for part in insight.parts} == {Counts()}
    assert (insight.entries, insight.themes, insight.never_asked, insight.never_helped) == ((), (), (), ())


async def test_questions_are_counted_by_what_came_of_them(store: Store, clock: Clock) -> None:
    await ask(store, "pay", "helped")
    await ask(store, "pay", "missed")
    await ask(store, "pay")
    await ask(store, "exam", kind="suggestions")
    await ask(store)
    await ask(store, server=ELSEWHERE)
    insight = await store.insights.of(HERE, "week", THEMES)
    assert insight.counts == Counts(asked=5, answered=3, offered=1, missed=2, helped=1)
    assert (insight.since, insight.until) == (clock.now - dt.timedelta(days=7), clock.now)


@pytest.mark.parametrize("span", SPANS)
async def test_a_span_is_cut_into_equal_parts_that_miss_nothing(store: Store, clock: Clock, span: Span) -> None:
    days, number = SPANS[span]
    length = dt.timedelta(days=days)
    moment = dt.timedelta(microseconds=1)
    for at in (-length, moment - length, 0 * length, moment, length / 2, length):
        clock.now = START + at
        await ask(store, "pay")
    insight = await store.insights.of(HERE, span, THEMES)
    assert len(insight.parts) == number
    assert [part.counts.asked for part in insight.parts if part.counts.asked] == [1, 1, 1]
    # From right after the beginning of a span to its end.
    assert (insight.parts[0].counts.asked, insight.parts[-1].counts.asked) == (1, 1)
    assert (insight.counts.asked, insight.before.asked) == (3, 2)
    starts = [part.start for part in insight.parts]
    assert starts == sorted(starts)
    assert (starts[0], starts[-1]) == (START, START + length - length / number)


async def test_an_entry_is_counted_where_it_was_shown_and_where_it_was_chosen(store: Store) -> None:
    await ask(store, "pay", "helped")
    await ask(store, "pay", "missed")
    await ask(store, "pay", "missed", "tax")
    await ask(store, "pay", "helped", "tax")
    await ask(store, "exam", "helped", "exam")
    insight = await store.insights.of(HERE, "week", THEMES)
    assert insight.entries == (
        EntryCounts("pay", shown=4, chosen=0, helped=1, missed=3),
        EntryCounts("exam", shown=1, chosen=0, helped=1, missed=0),
        EntryCounts("tax", shown=0, chosen=2, helped=1, missed=0),
    )


async def test_themes_are_told_in_their_order_with_those_that_nobody_asked_for(store: Store) -> None:
    await ask(store, "pay", "helped")
    await ask(store, "tax", "missed")
    await ask(store, "gone", "missed", "pay")
    insight = await store.insights.of(HERE, "week", THEMES)
    assert insight.themes == (
        ThemeCounts("money", shown=2, chosen=1, helped=1, missed=1),
        ThemeCounts("training"),
        ThemeCounts(None, shown=1, missed=1),
    )
    assert insight.never_asked == ("exam",)


async def test_what_is_shown_often_and_helps_nobody_is_told(store: Store) -> None:
    for _ in range(3):
        await ask(store, "pay", "missed")
        await ask(store, "exam")
    await ask(store, "exam", "helped")
    for _ in range(2):
        await ask(store, "tax", "missed")
    insight = await store.insights.of(HERE, "week", THEMES)
    assert [one.entry_id for one in insight.never_helped] == ["pay"]


async def test_mentors_are_counted_together(store: Store, clock: Clock) -> None:
    numbers = [
        (await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=asker, text="?")).number for asker in range(4)
    ]
    await store.mentoring.claim(numbers[0], MAX)
    await store.mentoring.answered(numbers[1], MAX)
    helped, _ = [await store.points.point(HERE, MAX, "pay") for _ in range(2)]
    await store.points.tell(helped, "helped")
    assert (await store.insights.of(HERE, "month", {})).mentors == MentorCounts(4, 2, 1, 2, 1)
    clock.forward(days=30)
    assert (await store.insights.of(HERE, "month", {})).mentors == MentorCounts()


async def test_those_who_were_told_later_are_counted(store: Store, clock: Clock) -> None:
    for member in (1, 2):
        question = await ask(store)
        await store.promises.promise(question, member, CHANNEL)
        await store.inbox.answer(HERE, "pay", [question])
    (first, _) = await store.promises.claim(9, clock.now)
    await store.promises.told(first)
    assert (await store.insights.of(HERE, "week", {})).told == 1


async def test_no_member_is_named(store: Store) -> None:
    question = await ask(store, "pay", "missed")
    await store.promises.promise(question, ANN, CHANNEL)
    await store.points.point(HERE, ANN, "pay")
    await store.mentoring.answered(
        (await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=MAX, text="?")).number, ANN
    )
    assert str(ANN) not in json.dumps(asdict(await store.insights.of(HERE, "year", THEMES)), default=str)


async def test_forgotten_words_still_count(store: Store) -> None:
    await ask(store, "pay", "helped")
    await store.privacy.forget(ANN)
    assert (await store.insights.of(HERE, "week", THEMES)).counts.helped == 1
