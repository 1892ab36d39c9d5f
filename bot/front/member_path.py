"""A member's path as it stands today: read, brought to the guide's path as it is now, moved on, and saved before it is
shown.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.coaching.plan import Plan
from bot.coaching.planning import path_of, plan_for
from bot.coaching.progress import Progress
from bot.coaching.reconciling import Reconciled, reconciled
from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import GuideFile
from bot.store.member_rows import State

#: A guide in a custom id, as `key_of` its id: with an id of up to 60 characters no step would fit beside it.
GUIDE = r"(?P<guide>[0-9a-f]{8})"
#: A step in a custom id.
STEP = r"(?P<step>[a-z0-9-]{1,30})"
#: Discord waits three seconds for a form; so long it may take to find out what stands in it.
PATIENCE = 2.0

_Found = TypeVar("_Found")


class UnreadablePathError(WaymarkError):
    """What was kept of the member's path is none that this version can read."""


@dataclass(frozen=True, slots=True)
class MemberPath:
    """A member's progress on their plan as of `today`, and the guides that the plan was made from.

    `news`: what has changed in the guide's path since they were here, told once. `moved`: whether the move just made
    changed anything.
    """

    plan: Plan
    progress: Progress
    today: dt.date
    news: Reconciled
    knowledge: Knowledge
    moved: bool = False

    @property
    def guide(self) -> str:
        """The guide's id."""
        return self.progress.situation.guide

    @property
    def key(self) -> str:
        """The guide as custom ids name it."""
        return key_of(self.guide)


#: What a member does: from their path as it stands to their progress after it.
Move = Callable[[MemberPath], Progress]


def guides_with_path(knowledge: Knowledge) -> Sequence[GuideFile]:
    """The guides that lead somebody step by step, in their order."""
    return [guide for guide in knowledge.guides if path_of(knowledge, guide.guide) is not None]


def guide_of(client: WaymarkBot, key: str) -> str:
    """The id of the guide that a custom id names; raises `WaymarkError` when it has no path (any more)."""
    for guide in guides_with_path(client.coaches.base.knowledge):
        if key_of(guide.guide) == key:
            return guide.guide
    raise WaymarkError("This path is not in the guide at the moment. What you saved is kept, so look again later.")


def today(client: WaymarkBot) -> dt.date:
    """The day by which paths are reckoned, which is that of UTC."""
    return client.store.clock().date()


def standing(client: WaymarkBot, progress: Progress) -> MemberPath:
    """The progress on the plan of today.

    Plans are made from the guides alone, so that a member's path is the same in each server.
    """
    day, knowledge = today(client), client.coaches.base.knowledge
    plan = plan_for(knowledge, progress.situation, day)
    news = reconciled(progress, plan)
    return MemberPath(plan, news.progress, day, news, knowledge)


async def find(client: WaymarkBot, member: int, guide: str) -> MemberPath | None:
    """The member's path of the guide, None when they have not begun it; what has changed in it is saved as told.

    Raises `UnreadablePathError`, and `WaymarkError` when the guide has no path any more.
    """
    stored = await client.store.member_paths.get(member, guide)
    if stored is None:
        return None
    progress = _read(stored.state)
    path = standing(client, progress)
    return path if path.progress is progress else await walk(client, member, guide, lambda found: found.progress)


async def begun(client: WaymarkBot, member: int, key: str) -> MemberPath:
    """The same, of the guide that a custom id names; raises `MissingPathError` when it was not begun."""
    guide = guide_of(client, key)
    return await find(client, member, guide) or await walk(client, member, guide, lambda path: path.progress)


async def walk(client: WaymarkBot, member: int, guide: str, move: Move) -> MemberPath:
    """The member's path after the move, which is saved when this returns; a move that changes nothing saves nothing.

    Whoever else changes the same path meanwhile is waited for, so that no move is lost. Raises `MissingPathError` when
    it was not begun, else as `find` and the move do; then nothing is changed.
    """
    after: list[MemberPath] = []

    def change(state: State) -> State:
        before = standing(client, _read(state))
        progress = move(before)
        path = standing(client, progress)
        moved = progress is not before.progress
        after.append(replace(path, news=before.news if _tells(before.news) else path.news, moved=moved))
        return path.progress.as_json()

    await client.store.member_paths.change(member, guide, change)
    return after[-1]


def news_text(news: Reconciled) -> str:
    """What has changed in the guide's path since the member was here; empty for nothing."""
    lines = [
        *(f"“{step.title}” is new on your path." for step in news.new),
        *(f"“{step.title}” has changed since you were here. What you ticked is kept." for step in news.changed),
        *(f"“{title}” is no longer on your path. What you ticked and noted there is kept." for title in news.gone),
    ]
    return "\n".join(f"**New in the guide:** {line}" for line in lines)


async def soon(finding: Awaitable[_Found]) -> _Found:
    """What is found in time for a form, which has to be the first answer; raises `WaymarkError` when it is not."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await finding
    except TimeoutError:
        raise WaymarkError(
            "My memory is slow at the moment, so I could not look that up. Nothing was changed; try again in a "
            "few seconds."
        ) from None


def _read(state: State) -> Progress:
    try:
        return Progress.from_json(state)
    except ValueError:
        raise UnreadablePathError(
            "What I kept of your path was written in a way that I cannot read. It stays as it is; tell a moderator, or "
            "begin anew."
        ) from None


def _tells(news: Reconciled) -> bool:
    return bool(news.new or news.changed or news.gone)
