"""Sending files of entries to the bot and getting them back, as a moderator does."""

from simcord.results import InteractionResult, ResponseMessage

from bot.front.client import WaymarkBot
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.stock import MEETING, NIGHT, RULES, add

PARKING = "## Where may I park my bike?\n\nBehind the oven.\n"
#: A file that changes the rules, brings parking, and lacks all else.
CHANGES = f"{PARKING}\n## What are the rules of this server?\n\nBe kinder.\n\nAlso asked:\n- house rules\n"


async def send(community: Community, text: str, name: str = "faq.md", **options: bool) -> ResponseMessage:
    """The moderator's `/faq import` of a file of that text."""
    file = (name, text.encode())
    return answered(await community.moderator.slash(community.channel, "faq import", file=file, **options))


async def click(community: Community, message: ResponseMessage, label: str) -> InteractionResult:
    return await community.moderator.click(message, label=label)


async def import_now(community: Community, text: str, name: str = "faq.md") -> ResponseMessage:
    """Sends the file and imports it; gives the message, which then tells what was done."""
    message = await send(community, text, name)
    await click(community, message, "Import")
    assert ": done" in seen(message).text
    return message


async def export(community: Community) -> ResponseMessage:
    return answered(await community.moderator.slash(community.channel, "faq export"))


async def text_of(message: ResponseMessage) -> str:
    """The text of the only file of a message, which must be shown in it."""
    (attachment,) = message.attachments
    assert [part for part in message.components[0]["components"] if part["type"] == 13]
    return (await attachment.read()).decode()


async def drafts(community: Community, bot: WaymarkBot) -> dict[str, Draft]:
    return {entry.id: entry.draft for entry in await bot.store.entries.all(community.guild.id)}


async def fill(community: Community, bot: WaymarkBot) -> dict[str, Draft]:
    """Three entries, of which one stands in place of the guide's."""
    await add(community, bot, RULES, "rules")
    await add(community, bot, MEETING, "meeting")
    await add(community, bot, NIGHT, "night")
    return await drafts(community, bot)
