"""Members who ask in vain, and who want to be told."""

from simcord import MemberActor
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.reading import answered

#: What nobody can answer about bakers, in several people's words.
BIKE, BIKES, RACK = "Where may I park my bike?", "where can I park my bike", "bike parking"
TELL_ME = "Tell me when there is an answer"


async def ask(community: Community, who: MemberActor, question: str = BIKE) -> ResponseMessage:
    """Their `/ask`."""
    return answered(await who.slash(community.channel, "ask", question=question))


async def wait(community: Community, who: MemberActor, question: str = BIKE) -> ResponseMessage:
    """Asks, and wants to be told; what the bot says to that."""
    return answered(await who.click(await ask(community, who, question), label=TELL_ME))


async def minute(community: Community) -> None:
    """Lets a minute go by, in which those are told who are to be."""
    await community.env.advance_time(60)


async def member(community: Community, name: str) -> MemberActor:
    """One more member."""
    return community.guild.add_member(community.env.create_user(name))


async def last_number(bot: WaymarkBot, community: Community) -> int:
    """The number of the question that was asked last."""
    return (await bot.store.inbox.questions(community.guild.id))[-1].number
