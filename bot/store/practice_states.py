"""How far members are in practising for interviews. A state is what `bot.coaching.practice` makes of it."""

import copy
from collections.abc import Callable

from bot.store.database import Database
from bot.store.member_rows import State, forget_rows, made_once, storable_state
from bot.store.personal import Held, rows
from bot.store.tables import PracticeStateRow


class PracticeStates:
    """The states in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, member: int, guide: str) -> State | None:
        """The member's state, None when they have not practised for this guide yet."""
        async with self._database.reading() as session:
            row = await session.get(PracticeStateRow, (member, guide))
        return row.state if row else None

    async def change(self, member: int, guide: str, move: Callable[[State | None], State]) -> State:
        """The state after the move, which is called once with the state as it stands, while nobody else changes it.

        It is called with None when there is no state yet. One that raises changes nothing.
        """
        async with self._database.writing() as session:
            row = await made_once(session, PracticeStateRow, member=member, guide=guide, state=None)
            row.state = storable_state(move(copy.deepcopy(row.state)))
            return row.state

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all practice states of a person go, which are of no server; gives how many there were."""
        if server is not None:
            return 0
        return await forget_rows(self._database, PracticeStateRow, PracticeStateRow.member == person)

    async def export(self, person: int) -> Held:
        """What a person practised."""
        row = PracticeStateRow
        async with self._database.reading() as session:
            return {"practice_states": await rows(session, row.member == person, row.guide, row.member, row.state)}
