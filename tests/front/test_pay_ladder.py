"""The picture of pay by level with answers about it."""

import datetime as dt
from pathlib import Path

import discord
import pytest
from simcord.results import ResponseMessage

from bot.charts.picture import Picture
from bot.front.client import WaymarkBot
from bot.front.pay_ladder import ladder_of
from bot.knowledge.loading import load_knowledge
from bot.matching.coach import Coach
from bot.settings import Settings
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.walking import pick
from tests.knowledge.folders import knowledge_folder

FIGURES = """\
  helper_years:
    {about: Years, value: [0, 2], unit: years, region: Here, source: survey, as_of: 2024, valid_until: 2030}
  helper_pay:
    {about: Pay, value: 25, unit: USD_thousands, region: Here, source: survey, as_of: 2024, valid_until: 2030}
"""
LADDER = """\
pictured: [pay-factors]
levels:
  - id: helper
    title: Helper
    years: helper_years
    does: Sweeps.
    pay: {median: helper_pay}
    onward: Learn.
    entry: training
  - id: baker
    title: Baker
    years: helper_years
    does: Bakes.
    pay: {median: median_pay, average: helper_pay}
    entry: median-pay
"""


def ladder_folder(root: Path) -> Path:
    """The knowledge of the bakers' guide with a ladder."""
    head, sequences, tail = GUIDE.partition("sequences:")
    folder = knowledge_folder(root, guide=f"{head}{FIGURES}{sequences}{tail}", entries=ENTRIES, words=WORDS)
    (folder / "baker" / "ladder.yaml").write_text(LADDER, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = ladder_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def ask(community: Community, question: str) -> ResponseMessage:
    return answered(await community.newcomer.slash(community.channel, "ask", question=question))


def pictures(message: ResponseMessage) -> list[str]:
    return [attachment.filename for attachment in message.attachments]


@pytest.mark.parametrize("question", ["baker salary", "pay differences", "What does a baker earn?"])
async def test_an_answer_about_pay_by_level_carries_the_picture(community: Community, question: str) -> None:
    message = await ask(community, question)
    (attachment,) = message.attachments
    assert attachment.filename == "pay-by-level.png"
    assert attachment.description is not None
    assert "Helper (0-2 years): $25k median; Baker (0-2 years): $30k median · $25k average" in attachment.description
    assert [one["type"] for one in message.components[0]["components"]].count(12) == 1


async def test_another_answer_carries_none(community: Community) -> None:
    assert pictures(await ask(community, "working hours")) == []


async def test_the_picture_can_be_read_as_text_by_anybody(community: Community) -> None:
    message = await ask(community, "baker salary")
    result = await community.other.click(message, label="Read it as text")
    assert answered(result).ephemeral
    assert seen(answered(result)).text == (
        "Baker: pay by level\nHelper (0-2 years): $25k median\nBaker (0-2 years): $30k median · $25k average\n"
        "Bakers' union: Pay survey (as of 2024)"
    )


async def test_a_mention_and_a_direct_message_are_answered_with_it(community: Community, bot: WaymarkBot) -> None:
    await community.newcomer.send(community.channel, f"<@{bot.user.id if bot.user else 0}> baker salary")
    await community.newcomer.send_dm("baker salary")
    places = [community.channel.history()[-1], community.newcomer.user.dm_channel.history()[-1]]
    assert [[one.filename for one in message.attachments] for message in places] == [["pay-by-level.png"]] * 2


async def test_where_no_files_may_be_sent_the_answer_goes_without(community: Community, bot: WaymarkBot) -> None:
    denied = discord.PermissionOverwrite(attach_files=False)
    quiet = community.guild.create_text_channel("quiet", overwrites={community.guild.roles["TestBot"]: denied})
    message = answered(await community.newcomer.slash(quiet, "ask", question="baker salary"))
    await community.newcomer.send(quiet, f"<@{bot.user.id if bot.user else 0}> baker salary")
    assert (pictures(message), quiet.history()[-1].attachments) == ([], [])
    assert "The median is $30,000 a year." in seen(message).text
    assert "Read it as text" not in seen(quiet.history()[-1]).buttons


async def test_an_entry_from_a_theme_carries_it_and_the_way_back_does_not(community: Community) -> None:
    message = answered(await community.newcomer.slash(community.channel, "browse"))
    await community.newcomer.select(message, ["pay"], custom_id="wm:themes:0")
    await pick(community.newcomer, message, "What does a baker earn?")
    assert pictures(message) == ["pay-by-level.png"]
    await community.newcomer.click(message, label="Back to the questions")
    assert pictures(message) == []


async def test_a_related_entry_carries_it(community: Community) -> None:
    result = await community.newcomer.click(
        await ask(community, "baker salary"), label="What makes a baker's pay higher or lower?"
    )
    assert pictures(answered(result)) == ["pay-by-level.png"]


@pytest.mark.usefixtures("wavering")
async def test_the_suggestion_one_picks_carries_it(community: Community) -> None:
    message = await ask(community, "pay")
    await community.newcomer.click(message, label="What does a baker earn?")
    assert pictures(message) == ["pay-by-level.png"]


async def test_a_picture_that_cannot_be_drawn_keeps_no_answer_back(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Picture:
        raise ValueError("no paint")

    monkeypatch.setattr("bot.front.pay_ladder.draw_ladder", broken)
    message = await ask(community, "baker salary")
    assert "The median is $30,000 a year." in seen(message).text
    assert "Read it as text" not in seen(message).buttons


async def test_a_button_of_a_ladder_that_is_gone_says_so(community: Community, bot: WaymarkBot, tmp_path: Path) -> None:
    message = await ask(community, "baker salary")
    (tmp_path / "knowledge" / "baker" / "ladder.yaml").unlink()
    bot.coaches.base = Coach.knowing(load_knowledge(tmp_path / "knowledge"))
    result = await community.newcomer.click(message, label="Read it as text")
    assert "That picture is no longer in the guide." in seen(answered(result)).text


def test_figures_past_their_date_are_told_with_their_age(tmp_path: Path) -> None:
    knowledge = load_knowledge(ladder_folder(tmp_path))
    files = knowledge.coaching["baker"]
    assert files.ladder is not None
    ladder = ladder_of(knowledge, knowledge.guides[0], files.ladder, dt.date(2032, 1, 1))
    assert ladder.source == "Bakers' union: Pay survey (as of 2024), now 7 years old"
