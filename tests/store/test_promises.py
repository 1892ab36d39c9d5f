"""Who wanted to be told is told once: whoever does it, and whatever breaks down in between."""

import asyncio
import datetime as dt
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.errors import WaymarkError
from bot.store.promises import STALE, Telling
from bot.store.store import Store
from bot.store.tables import PromiseRow
from tests.store.clocks import Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, BEN = 987_654_321_098_765_432, 11


@pytest.fixture
async def other(address: str, clock: Clock) -> AsyncIterator[Store]:
    """The same database as another process has it."""
    async with Store.open(address, clock) as other:
        yield other


async def asked(store: Store, text: str = "parking?", *, server: int = HERE, member: int = ANN) -> int:
    return await store.questions.record(
        server=server, channel=CHANNEL, member=member, text=text, kind="none", entry_id=None
    )


async def due(store: Store, number: int = 1, *, entry_id: str = "parking") -> list[int]:
    """Questions of so many different members, who were all promised to be told and can be now."""
    questions = []
    for member in range(1, number + 1):
        questions.append(await asked(store, f"parking {member}?", member=member))
        await store.promises.promise(questions[-1], member, CHANNEL)
    assert await store.inbox.answer(HERE, entry_id, questions) == number
    return questions


async def claimed(store: Store, limit: int = 100) -> tuple[Telling, ...]:
    return await store.promises.claim(limit, store.clock())


async def test_a_promise_is_told_when_there_is_an_answer(store: Store) -> None:
    question = await asked(store)
    assert await store.promises.promise(question, ANN, CHANNEL)
    assert await claimed(store) == ()
    assert await store.inbox.answer(HERE, "parking", [question]) == 1
    (telling,) = await claimed(store)
    assert (telling.question, telling.member, telling.server, telling.channel) == (question, ANN, HERE, CHANNEL)
    assert (telling.text, telling.entry_id, telling.maybe_sent) == ("parking?", "parking", False)
    assert await store.promises.sending(telling)
    assert await store.promises.told(telling)


async def test_what_was_told_is_never_told_again(store: Store, clock: Clock) -> None:
    (question,) = await due(store)
    (telling,) = await claimed(store)
    await store.promises.told(telling)
    await store.inbox.answer(HERE, "another", [question])
    clock.forward(days=1)
    assert await claimed(store) == ()
    assert not await store.promises.promise(question, telling.member, CHANNEL)
    assert await claimed(store) == ()


async def test_asking_twice_is_one_promise(store: Store) -> None:
    question = await asked(store)
    assert [await store.promises.promise(question, ANN, CHANNEL) for _ in range(2)] == [True, False]
    assert await store.inbox.answer(HERE, "parking", [question]) == 1


async def test_asking_twice_at_once_is_one_promise(store: Store, other: Store) -> None:
    question = await asked(store)
    both = [each.promises.promise(question, ANN, CHANNEL) for each in (store, other) * 4]
    assert sorted(await asyncio.gather(*both)) == [False] * 7 + [True]


async def test_whoever_presses_the_button_is_told_not_only_the_asker(store: Store) -> None:
    question = await asked(store)
    for member in (ANN, BEN):
        await store.promises.promise(question, member, CHANNEL)
    await store.inbox.answer(HERE, "parking", [question])
    assert {telling.member for telling in await claimed(store)} == {ANN, BEN}


async def test_a_promise_for_a_question_that_was_answered_meanwhile_is_due_at_once(store: Store) -> None:
    question = await asked(store)
    await store.inbox.answer(HERE, "parking", [question])
    assert await store.promises.promise(question, ANN, CHANNEL)
    assert [telling.entry_id for telling in await claimed(store)] == ["parking"]


async def test_a_promise_while_the_question_is_being_answered_is_kept(store: Store, other: Store) -> None:
    questions = [await asked(store, f"parking {number}?") for number in range(10)]
    await asyncio.gather(
        store.inbox.answer(HERE, "parking", questions),
        *(other.promises.promise(question, question, CHANNEL) for question in questions),
    )
    assert {telling.member for telling in await claimed(store)} == set(questions)


async def test_a_question_that_there_is_not_promises_nothing(store: Store) -> None:
    with pytest.raises(WaymarkError, match="not kept any more"):
        await store.promises.promise(7, ANN, CHANNEL)


async def test_two_processes_never_claim_the_same(store: Store, other: Store) -> None:
    await due(store, 20)
    found = await asyncio.gather(*(claimed(each, 3) for each in (store, other) * 5))
    members = [telling.member for tellings in found for telling in tellings]
    assert len(members) == len(set(members))
    left = await claimed(store)
    assert sorted([*members, *(telling.member for telling in left)]) == list(range(1, 21))


async def test_those_who_wait_longest_are_told_first(store: Store, clock: Clock) -> None:
    first = await due(store)
    clock.forward(minutes=1)
    await due(store, 3, entry_id="other")
    assert [telling.question for telling in await claimed(store, 1)] == first


async def test_a_claim_is_the_callers_alone_until_it_is_stale(store: Store, clock: Clock) -> None:
    await due(store)
    (first,) = await claimed(store)
    clock.now += STALE - dt.timedelta(microseconds=1)
    assert await claimed(store) == ()
    clock.forward(microseconds=1)
    (second,) = await claimed(store)
    assert (second.member, second.maybe_sent) == (first.member, False)


async def test_who_slept_too_long_sends_nothing(store: Store, clock: Clock) -> None:
    await due(store)
    (slept,) = await claimed(store)
    clock.now += STALE
    (awake,) = await claimed(store)
    assert not await store.promises.sending(slept)
    assert not await store.promises.put_off(slept, clock.now)
    assert not await store.promises.reopen(slept)
    assert await store.promises.sending(awake)


async def test_what_was_about_to_be_sent_comes_again_as_maybe_sent(store: Store, clock: Clock) -> None:
    await due(store)
    (first,) = await claimed(store)
    await store.promises.sending(first)
    for _ in range(2):
        clock.now += STALE
        (again,) = await claimed(store)
        assert again.maybe_sent
        assert again.mark == first.mark


async def test_who_sent_it_after_all_ends_it_for_the_other(store: Store, clock: Clock) -> None:
    await due(store)
    (slow,) = await claimed(store)
    await store.promises.sending(slow)
    clock.now += STALE
    (other,) = await claimed(store)
    assert await store.promises.told(slow)
    assert not await store.promises.sending(other)
    assert not await store.promises.told(other)


async def test_what_discord_did_not_take_is_tried_again_later(store: Store, clock: Clock) -> None:
    await due(store)
    (telling,) = await claimed(store)
    await store.promises.sending(telling)
    assert await store.promises.put_off(telling, clock.now + dt.timedelta(hours=1))
    clock.forward(minutes=59)
    assert await claimed(store) == ()
    clock.forward(minutes=1)
    (again,) = await claimed(store)
    assert not again.maybe_sent


async def test_marks_are_short_and_different(store: Store) -> None:
    await due(store, 20)
    marks = {telling.mark for telling in await claimed(store)}
    assert len(marks) == 20
    # Discord's nonces have 25 characters at most.
    assert {len(mark) for mark in marks} == {16}


async def test_when_the_entry_is_gone_the_member_waits_on(store: Store) -> None:
    (question,) = await due(store)
    (telling,) = await claimed(store)
    assert await store.promises.reopen(telling)
    assert await claimed(store) == ()
    assert [(one.number, one.waiting) for one in await store.inbox.questions(HERE)] == [(question, 1)]
    await store.inbox.answer(HERE, "better", [question])
    assert [telling.entry_id for telling in await claimed(store)] == ["better"]


async def test_who_was_promised_the_same_several_times_is_told_once(store: Store) -> None:
    questions = [await asked(store, text) for text in ("parking?", "where to park", "is there parking")]
    for question in questions:
        await store.promises.promise(question, ANN, CHANNEL)
    assert await store.inbox.answer(HERE, "parking", questions) == 1
    (telling,) = await claimed(store)
    assert telling.question == questions[0]
    await store.promises.told(telling)
    assert await claimed(store) == ()


async def test_who_is_about_to_be_told_is_not_told_twice(store: Store) -> None:
    first, second = [await asked(store, text) for text in ("parking?", "where to park")]
    for question in (first, second):
        await store.promises.promise(question, ANN, CHANNEL)
        await store.inbox.answer(HERE, "parking", [question])
    assert [telling.question for telling in await claimed(store)] == [first]


async def test_who_was_told_since_they_asked_is_not_told_again(store: Store) -> None:
    first, second = [await asked(store, text) for text in ("parking?", "where to park")]
    for question in (first, second):
        await store.promises.promise(question, ANN, CHANNEL)
    await store.inbox.answer(HERE, "parking", [first])
    (telling,) = await claimed(store)
    await store.promises.told(telling)
    assert await store.inbox.answer(HERE, "parking", [second]) == 0
    assert await claimed(store) == ()


async def test_who_asks_again_after_they_were_told_is_told_again(store: Store, clock: Clock) -> None:
    await due(store)
    (telling,) = await claimed(store)
    await store.promises.told(telling)
    clock.forward(days=1)
    again = await asked(store, "but where?", member=telling.member)
    await store.promises.promise(again, telling.member, CHANNEL)
    assert await store.inbox.answer(HERE, "parking", [again]) == 1


async def test_a_promise_taken_back_is_not_told(store: Store) -> None:
    await due(store)
    (telling,) = await claimed(store)
    assert await store.promises.withdraw(telling.member) == 1
    assert not await store.promises.sending(telling)
    assert await claimed(store) == ()


async def test_one_promise_is_taken_back_and_the_others_stay(store: Store) -> None:
    questions = [await asked(store, text) for text in ("parking?", "lunch?")]
    for question in questions:
        await store.promises.promise(question, ANN, CHANNEL)
    assert await store.promises.withdraw(ANN, questions[0]) == 1
    await store.inbox.answer(HERE, "everything", questions)
    assert [telling.question for telling in await claimed(store)] == questions[1:]


async def test_a_forgotten_asker_leaves_others_told_without_the_words(store: Store) -> None:
    question = await asked(store)
    await store.promises.promise(question, BEN, CHANNEL)
    await store.inbox.answer(HERE, "parking", [question])
    await store.privacy.forget(ANN)
    assert [(telling.member, telling.text) for telling in await claimed(store)] == [(BEN, None)]


async def test_what_is_due_is_counted(store: Store, clock: Clock) -> None:
    await due(store, 3)
    assert await store.promises.due_count(clock.now) == 3
    (telling,) = await claimed(store, 1)
    await store.promises.told(telling)
    assert await store.promises.due_count(clock.now) == 2


async def test_promises_go_when_their_time_has_come(store: Store, clock: Clock) -> None:
    waiting = await asked(store)
    await store.promises.promise(waiting, ANN, CHANNEL)
    late, told = [await asked(store, text, member=BEN) for text in ("late?", "told?")]
    for question in (late, told):
        await store.promises.promise(question, question, CHANNEL)
    clock.forward(days=80)
    await store.inbox.answer(HERE, "entry", [late, told])
    tellings = {telling.question: telling for telling in await claimed(store)}
    await store.promises.told(tellings[told])
    clock.forward(days=11)
    # Only the one that nobody could answer: the others count from their answers.
    assert await store.promises.expire(HERE, clock.now - dt.timedelta(days=90)) == 1
    assert await store.promises.expire(ELSEWHERE, clock.now) == 0
    assert [telling.question for telling in await claimed(store)] == [late]
    clock.forward(days=80)
    assert await store.promises.expire(HERE, clock.now - dt.timedelta(days=90)) == 1
    assert await store.privacy.export(told) == {}


#: Tells whoever is to be told, and writes into a file, as Discord would, who got a message. After each step it says
#: which it was, and waits to be let on.
TELLER = """
import asyncio, sys
from pathlib import Path
from bot.store.store import Store

def done(step):
    print(step, flush=True)
    sys.stdin.readline()

async def main(address, sent):
    async with Store.open(address) as store:
        for telling in await store.promises.claim(20, store.clock()):
            done("claimed")
            there = telling.maybe_sent and telling.mark in sent.read_text().split()
            if not there and await store.promises.sending(telling):
                done("sending")
                with sent.open("a") as file:
                    file.write(telling.mark + "\\n")
                done("sent")
            await store.promises.told(telling)
            done("told")

asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
"""


def tell(address: str, sent: Path, steps: int) -> None:
    """Has a process tell everybody, and kills it after so many steps."""
    command = [sys.executable, "-c", TELLER, address, str(sent)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n" * (steps - 1))
    process.stdin.flush()
    for _ in range(steps):
        process.stdout.readline()
    process.kill()
    process.communicate()


async def age_claims(address: str) -> None:
    """Has all claims lie as far back as if their time had passed."""
    async with Store.open(address) as store, store.database.writing() as session:
        await session.execute(
            update(PromiseRow).where(PromiseRow.claimed_at.is_not(None)).values(claimed_at=store.clock() - STALE)
        )


async def test_twenty_askers_are_told_once_each_however_often_the_teller_is_killed(
    address: str, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.touch()
    async with Store.open(address) as store:
        await due(store, 20)
    # Killed after each of the four steps, with the first that is told and with later ones.
    for steps in (1, 2, 3, 4, 7, 10, 13, 16):
        await asyncio.to_thread(tell, address, sent, steps)
        await age_claims(address)
    assert 0 < len(sent.read_text().split()) < 20
    await asyncio.to_thread(tell, address, sent, 100)
    async with Store.open(address) as store:
        assert await store.promises.due_count(store.clock()) == 0
    marks = sent.read_text().split()
    assert (len(marks), len(set(marks))) == (20, 20)
