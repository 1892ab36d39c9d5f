"""The weekly digest: when it is due, where it goes, that it comes once, and that it names nobody."""

import datetime as dt

import discord
import pytest
from structlog.testing import capture_logs

from bot.front.client import WaymarkBot
from bot.front.digest import Digest, last_due
from tests.front.conftest import Community
from tests.front.reading import seen
from tests.store.clocks import Clock

MEMBER = 777_777_777_777_777_777
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Clock:
    """Half an hour before a digest is due."""
    clock = Clock()
    clock.now = MONDAY - dt.timedelta(minutes=30)
    return clock


@pytest.fixture
async def wanted(community: Community, bot: WaymarkBot) -> Community:
    """A community that wants the digest in its channel, has had the last one, and has asked something since."""
    await bot.store.settings.change(community.guild.id, digest_channel=community.channel.id)
    await bot.store.settings.claim_digest(community.guild.id, MONDAY - dt.timedelta(days=7))
    await ask(bot, community)
    return community


async def ask(bot: WaymarkBot, community: Community) -> None:
    await bot.store.questions.record(
        server=community.guild.id, channel=1, member=MEMBER, text="marzipan?", kind="answer", entry_id="median-pay"
    )


async def hours(community: Community, clock: Clock, number: int = 1) -> None:
    """Lets hours go by."""
    for _ in range(number):
        clock.forward(hours=1)
        await community.env.advance_time(3_600)


def digests(community: Community) -> list[discord.Message]:
    me = community.env.bot.user
    return [message for message in community.channel.history() if message.author == me]


def rounds(bot: WaymarkBot) -> Digest:
    group = bot.get_cog("Digest")
    assert isinstance(group, Digest)
    return group


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-02T09:00:00+00:00", MONDAY),
        ("2026-03-02T08:59:59+00:00", MONDAY - dt.timedelta(days=7)),
        ("2026-03-02T10:00:00+02:00", MONDAY - dt.timedelta(days=7)),
        ("2026-03-08T23:59:59+00:00", MONDAY),
        ("2026-03-09T09:00:00.000001+00:00", MONDAY + dt.timedelta(days=7)),
    ],
)
def test_it_is_due_on_mondays_at_nine(now: str, due: dt.datetime) -> None:
    assert last_due(dt.datetime.fromisoformat(now)) == due


async def test_it_comes_on_monday_once_and_again_a_week_later(wanted: Community, bot: WaymarkBot, clock: Clock) -> None:
    assert digests(wanted) == []
    await hours(wanted, clock, 3)
    (digest,) = digests(wanted)
    assert "### Questions of the last 7 days" in seen(digest).text
    assert "Each Monday here" in seen(digest).text
    assert [one.filename for one in digest.attachments] == ["insights.png"]
    assert digest.flags.suppress_notifications
    clock.forward(days=7)
    await ask(bot, wanted)
    await hours(wanted, clock)
    assert len(digests(wanted)) == 2


async def test_what_another_process_has_claimed_is_not_posted(
    wanted: Community, next_bot: WaymarkBot, clock: Clock
) -> None:
    clock.forward(hours=1)
    due = last_due(clock())
    assert await next_bot.store.settings.claim_digest(wanted.guild.id, due)
    await wanted.env.advance_time(3_600)
    assert digests(wanted) == []


async def test_a_restart_posts_it_no_second_time(wanted: Community, next_bot: WaymarkBot, clock: Clock) -> None:
    await hours(wanted, clock)
    await wanted.env.restart_bot(next_bot)
    await hours(wanted, clock)
    assert len(digests(wanted)) == 1


async def test_one_that_was_due_while_the_bot_was_down_comes_at_its_start(
    wanted: Community, next_bot: WaymarkBot, clock: Clock
) -> None:
    clock.forward(days=2)
    await wanted.env.restart_bot(next_bot)
    await wanted.env.advance_time(1)
    assert len(digests(wanted)) == 1


async def test_where_no_channel_is_set_none_comes(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await ask(bot, community)
    await hours(community, clock, 3)
    assert digests(community) == []


async def test_a_week_with_nothing_to_tell_has_none(wanted: Community, clock: Clock) -> None:
    clock.forward(days=30)
    await hours(wanted, clock, 2)
    assert digests(wanted) == []


async def test_a_channel_that_is_gone_or_closed_stops_nobody_elses(
    wanted: Community, bot: WaymarkBot, clock: Clock
) -> None:
    wanted.env.inject_error("POST", f"/channels/{wanted.channel.id}/messages", status=403, code=50013, message="No")
    with capture_logs() as logged:
        await hours(wanted, clock)
    assert "a digest could not be posted" in [line["event"] for line in logged]
    assert digests(wanted) == []
    await bot.store.settings.change(wanted.guild.id, digest_channel=1)
    clock.forward(days=7)
    with capture_logs() as logged:
        await hours(wanted, clock)
    assert "a digest failed" not in [line["event"] for line in logged]
    assert rounds(bot).go_round.is_running()


async def test_a_fault_does_not_end_the_rounds(wanted: Community, bot: WaymarkBot, clock: Clock) -> None:
    really = bot.store.insights
    object.__setattr__(bot.store, "insights", None)
    with capture_logs() as logged:
        await hours(wanted, clock)
    assert "a digest failed" in [line["event"] for line in logged]
    object.__setattr__(bot.store, "insights", really)
    await hours(wanted, clock)
    assert len(digests(wanted)) == 1


async def test_it_names_nobody_and_pings_nobody(wanted: Community, clock: Clock) -> None:
    await hours(wanted, clock)
    (digest,) = digests(wanted)
    said = str([component.to_dict() for component in digest.components])
    assert str(MEMBER) not in said
    assert "marzipan" not in said
    assert (digest.mentions, digest.mention_everyone) == ([], False)


async def test_it_ends_with_its_group(wanted: Community, bot: WaymarkBot) -> None:
    group = rounds(bot)
    await bot.remove_cog("Digest")
    await wanted.env.advance_time(1)
    assert not group.go_round.is_running()
