"""What members of a server asked in vain, put together with its like off the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.faq_form import PATIENCE
from bot.matching.coach import Coach
from bot.matching.grouping import Group, Proposal, groups, proposals
from bot.store.inbox import InboxQuestion

#: What moderators see at once: questions that ask the same, or a wording that its askers found an entry for.
Missed = Group[InboxQuestion] | Proposal[InboxQuestion]


@dataclass(frozen=True, slots=True)
class Found:
    """All that waits for moderators, in the order in which it is shown, by a server's coach."""

    coach: Coach
    missed: tuple[Missed, ...]

    def having(self, number: int) -> Missed | None:
        """The one that the question of that number is in; None when it does not wait (any more)."""
        return next((one for one in self.missed if any(asked.number == number for asked in one.questions)), None)


async def missed(client: WaymarkBot, server: int, *, dismissed: bool = False) -> Found:
    """What was missed, what most people asked first; then wordings whose askers found an entry on their own.

    With `dismissed` it is as if nothing had been dismissed. Takes up to ten seconds the first time.
    """
    questions = await client.store.inbox.questions(server)
    if dismissed:
        questions = tuple(replace(one, dismissed=False) for one in questions)
    coach = await client.coaches.of(server)

    def put_together() -> Found:
        return Found(coach, (*groups(coach, questions, client.met[server]), *proposals(coach, questions)))

    return await client.coaches.work(put_together)


async def one_missed(client: WaymarkBot, server: int, number: int) -> tuple[Coach, Missed]:
    """What the question of that number is in; raises `WaymarkError` when it does not wait any more."""
    found = await missed(client, server)
    one = found.having(number)
    if one is None:
        raise WaymarkError(
            "That does not wait in the inbox any more: another moderator has seen to it, or its words are not kept any "
            "longer. Nothing was changed; `/faq inbox` shows what is left."
        )
    return found.coach, one


async def soon_missed(client: WaymarkBot, server: int, number: int) -> tuple[Coach, Missed]:
    """The same in time for a form, or `WaymarkError`."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await one_missed(client, server, number)
    except TimeoutError:
        raise WaymarkError(
            "I am still putting the questions together, which takes a moment after a start. Nothing was changed; try "
            "again in a few seconds."
        ) from None


def wordings_of(one: Missed, fits: Callable[[str], bool] = bool) -> dict[int, str]:
    """The wordings that fit, the most typical first, each on one line by the number of a question that has it."""
    numbers = {asked.text: asked.number for asked in one.questions}
    texts = one.wordings if isinstance(one, Group) else (one.text,)
    lines = {numbers[text]: " ".join(text.split()) for text in texts}
    return {number: line for number, line in lines.items() if fits(line)}
