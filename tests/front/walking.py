"""Walking a path as a member does, in the bakers' community; and paths without a bot, for looking at their cards."""

from pathlib import Path

from simcord import MemberActor, UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.coaching.planning import plan_for
from bot.coaching.progress import Progress
from bot.coaching.reconciling import Reconciled
from bot.coaching.situation import Situation
from bot.front.client import WaymarkBot
from bot.front.member_path import MemberPath, find
from bot.knowledge.knowledge import Knowledge
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.conftest import Community
from tests.front.reading import answered, option
from tests.knowledge.folders import knowledge_folder
from tests.knowledge.paths import FIGURES, PATH, write_path

Who = MemberActor | UserHandle

#: What a newcomer puts into the form.
ANSWERS: dict[str, str | list[str]] = {
    "start": "fresh", "pace": "full_time", "hours": "10", "region": "Ohio", "target": "",
}  # fmt: skip


def bakers_folder(root: Path, path: str = PATH) -> Path:
    """The knowledge of the bakers' guide with its entries and a path to the career."""
    folder = knowledge_folder(root, guide=with_figures(GUIDE), entries=ENTRIES, words=WORDS)
    write_path(folder, path)
    return folder


def with_figures(guide: str) -> str:
    """The guide with the figures that the path names, which come before its sequences."""
    head, sequences, tail = guide.partition("sequences:")
    return f"{head}{FIGURES}{sequences}{tail}"


async def open_form(who: Who, community: Community) -> InteractionResult:
    """`/become` of somebody who has not begun, in the channel, or in a direct message for who is no member."""
    if isinstance(who, UserHandle):
        shown: InteractionResult = await who.slash("become")
        return shown
    return await who.slash(community.channel, "become")


async def begin(who: Who, community: Community, **answers: str | list[str]) -> ResponseMessage:
    """The path of somebody who has just sent the form."""
    sent = await who.submit_modal(await open_form(who, community), {**ANSWERS, **answers})
    return answered(sent)


async def card(who: Who, community: Community) -> ResponseMessage:
    """The card by `/become`."""
    return answered(await open_form(who, community))


async def start(who: Who, community: Community, **answers: str | list[str]) -> ResponseMessage:
    """The first card of a path that was just begun."""
    message = await begin(who, community, **answers)
    await who.click(message, label="Start")
    return message


async def pick(who: Who, message: ResponseMessage, *labels: str) -> InteractionResult:
    """Picks from the menu that has these options."""
    found = [option(message, label) for label in labels]
    return await who.select(message, [value for _, value in found], custom_id=found[0][0])


async def path_of(bot: WaymarkBot, who: Who) -> MemberPath:
    """What is kept of somebody's path."""
    path = await find(bot, who.id, "baker")
    assert path is not None, "no path was begun"
    return path


def standing(knowledge: Knowledge, situation: Situation) -> MemberPath:
    """A path on the day on which it was begun, without a bot."""
    plan = plan_for(knowledge, situation, situation.begun_on)
    progress = Progress.begun(plan)
    return MemberPath(plan, progress, situation.begun_on, Reconciled(progress), knowledge)
