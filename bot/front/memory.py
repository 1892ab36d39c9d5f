"""What a member's next question may lean on: their last one in the same channel, for ten minutes, in memory alone."""

import datetime as dt
from collections import OrderedDict

from bot.matching.answer import Answer
from bot.matching.coach import Coach
from bot.matching.dialogue import Before

#: After this a question stands for itself again.
LASTING = dt.timedelta(minutes=10)
#: Most members that are remembered at once; who asked longest ago is forgotten first.
MOST = 10_000


class Memory:
    """Each member's last question in each channel, for at most so many. Nothing of it is written anywhere."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], tuple[dt.datetime, Before]] = OrderedDict()

    def ask(self, coach: Coach, question: str, *, channel: int, member: int, at: dt.datetime) -> Answer:
        """The coach's answer, with the member's question before in mind; the question is then remembered."""
        key = (channel, member)
        then, before = self._kept.pop(key, (at, None))
        if at - then > LASTING:
            before = None
        answer = coach.ask(question, before)
        following = coach.remembered(question, answer, before)
        if following is not None:
            self._kept[key] = (at, following)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer

    def held(self, member: int) -> tuple[tuple[int, dt.datetime, str], ...]:
        """What is remembered of the member: each channel, when they asked there, and what."""
        theirs = ((key[0], *kept) for key, kept in self._kept.items() if key[1] == member)
        return tuple((channel, at, before.question) for channel, at, before in theirs)

    def forget(self, member: int) -> int:
        """Lets go what is remembered of the member; gives in how many channels it was."""
        theirs = [key for key in self._kept if key[1] == member]
        for key in theirs:
            del self._kept[key]
        return len(theirs)
