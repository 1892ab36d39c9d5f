"""A member's path as it stands, only looked at: nothing is saved, so what is new in it is still told to its owner."""

from dataclasses import replace

from bot.coaching.progress import Progress
from bot.coaching.reconciling import Reconciled
from bot.front.client import WaymarkBot
from bot.front.member_path import MemberPath, UnreadablePathError, standing


async def glance(client: WaymarkBot, member: int, guide: str) -> MemberPath | None:
    """The member's path of the guide without its news, None when they have none.

    Raises `UnreadablePathError` when this version cannot read it, and `WaymarkError` when the guide has no path (any
    more).
    """
    stored = await client.store.member_paths.get(member, guide)
    if stored is None:
        return None
    try:
        progress = Progress.from_json(stored.state)
    except ValueError:
        raise UnreadablePathError("What is kept of this path cannot be read. It stays as it is.") from None
    path = standing(client, progress)
    return replace(path, news=Reconciled(path.progress))
