"""A process that is killed while members move and are asked: nothing acknowledged is lost, and nothing is doubled."""

import datetime as dt
import random
import subprocess
import sys

from bot.store.check_ins import CLAIM_LASTS
from bot.store.store import Store
from tests.store.clocks import Clock

GUIDE = "baker"
MEMBERS = range(1, 81)

#: Moves on two paths, four moves at once, and says each that is saved; never ends by itself.
WALKER = """
import asyncio, sys
from itertools import count
from bot.store.store import Store

async def walk(store, round, task):
    member = 1 + task % 2
    for number in count():
        tick = f"{round}:{task}:{number}"
        path = await store.member_paths.change(
            member, "baker", lambda state: {"ticks": [*state["ticks"], tick], "note": "x" * 2000}
        )
        sys.stdout.write(f"{member} {tick} {path.version}\\n"); sys.stdout.flush()

async def main():
    async with Store.open(sys.argv[1]) as store:
        for member in (1, 2):
            await store.member_paths.begin(member, "baker", {"ticks": []})
        await asyncio.gather(*(walk(store, sys.argv[2], task) for task in range(4)))

asyncio.run(main())
"""

#: Sends all that is due; what it says after `sending` is what Discord would have got. Then it ends.
SENDER = """
import asyncio, datetime as dt, sys
from bot.store.store import Store

async def main():
    now = dt.datetime.fromisoformat(sys.argv[2])
    async with Store.open(sys.argv[1], lambda: now) as store:
        while given := await store.check_ins.claim_due(now, 3):
            for due in given:
                if await store.check_ins.renew(due):
                    sys.stdout.write(f"sending {due.nonce} {due.again}\\n"); sys.stdout.flush()
                    if await store.check_ins.sent(due):
                        sys.stdout.write(f"sent {due.nonce} {due.again}\\n"); sys.stdout.flush()

asyncio.run(main())
"""


def start(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)


def said(process: "subprocess.Popen[str]", lines: int | None) -> list[list[str]]:
    """The words of each line that it says until it is killed after so many, or ends; the last may be half a line."""
    assert process.stdout is not None
    found: list[str] = []
    if lines is not None:
        found = [process.stdout.readline() for _ in range(lines)]
        process.kill()
    found += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [line.split() for line in found if line.endswith("\n")]


async def test_no_acknowledged_move_is_lost_or_doubled_when_a_process_is_killed(address: str) -> None:
    chance, acknowledged = random.Random(5), list[list[str]]()
    for number in range(3):
        acknowledged += said(start(WALKER, address, str(number)), chance.randint(1, 40))
        async with Store.open(address) as store:
            for member in (1, 2):
                path = await store.member_paths.get(member, GUIDE)
                assert path is not None
                ticks = path.state["ticks"]
                assert {tick for walker, tick, _ in acknowledged if walker == str(member)} <= set(ticks)
                # One state for each tick, and the one it began with.
                assert len(ticks) == len(set(ticks)) == path.version - 1
    assert len({(member, version) for member, _, version in acknowledged}) == len(acknowledged) > 3


async def test_no_check_in_is_lost_or_doubled_when_senders_are_killed(address: str, clock: Clock) -> None:
    async with Store.open(address, clock) as store:
        for member in MEMBERS:
            await store.check_ins.set(member, GUIDE, every="week", hour=9, zone="UTC", server=None, channel=None)
        due_at = {member.next_at for member in [await store.check_ins.get(1, GUIDE)] if member}.pop()
    chance, now, kills = random.Random(7), due_at, 0
    sending: list[str] = []
    done: set[str] = set()
    for lines in (chance.randint(2, 15), chance.randint(2, 15), chance.randint(2, 15), None):
        senders = [start(SENDER, address, now.isoformat()) for _ in range(2)]
        heard = [line for sender in senders for line in said(sender, lines)]
        sent_now = [nonce for word, nonce, _ in heard if word == "sending"]
        # Two that run at once never send the same one, and none that was acknowledged is ever sent again.
        assert len(sent_now) == len(set(sent_now))
        assert not done & set(sent_now)
        # What may stand there already is known as such.
        again = {nonce for word, nonce, is_again in heard if word == "sending" and is_again == "True"}
        assert set(sent_now) & set(sending) <= again
        sending += sent_now
        done |= {nonce for word, nonce, _ in heard if word == "sent"}
        kills += 2 if lines else 0
        now += CLAIM_LASTS
    assert len(set(sending)) == len(MEMBERS)
    # Discord tells the others apart by their nonce: at most the one that each killed sender was about to report.
    assert len(sending) - len(set(sending)) <= kills
    async with Store.open(address, lambda: now) as store:
        assert await store.check_ins.claim_due(now, 100) == ()
        nexts = {found.next_at for member in MEMBERS if (found := await store.check_ins.get(member, GUIDE))}
        assert nexts == {due_at + dt.timedelta(days=7)}
