"""All that is stored, opened at once."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.store.anonymity import Anonymity
from bot.store.check_ins import CheckIns
from bot.store.database import Database
from bot.store.entries import CommunityEntries
from bot.store.imports import Imports
from bot.store.inbox import Inbox
from bot.store.insights import Insights
from bot.store.member_paths import MemberPaths
from bot.store.mentoring import Mentoring
from bot.store.path_viewers import PathViewers
from bot.store.pending import PendingDrafts
from bot.store.personal import Personal
from bot.store.points import Points
from bot.store.practice_states import PracticeStates
from bot.store.privacy import Privacy
from bot.store.promises import Promises
from bot.store.questions import Questions
from bot.store.results import Results
from bot.store.server_settings import AllServerSettings


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart, by what it is about; `clock` tells the time of what is written."""

    database: Database
    clock: Callable[[], dt.datetime]
    entries: CommunityEntries
    pending: PendingDrafts
    imports: Imports
    questions: Questions
    settings: AllServerSettings
    member_paths: MemberPaths
    path_viewers: PathViewers
    check_ins: CheckIns
    results: Results
    practice_states: PracticeStates
    promises: Promises
    inbox: Inbox
    mentoring: Mentoring
    anonymity: Anonymity
    points: Points
    insights: Insights

    @property
    def privacy(self) -> Privacy:
        """What is held on people, over all that is stored."""
        parts: dict[str, Personal] = {
            "questions": self.questions, "promises": self.promises, "mentoring": self.mentoring,
            "anonymity": self.anonymity, "points": self.points, "entries": self.entries, "pending": self.pending,
            "imports": self.imports, "member_paths": self.member_paths, "path_viewers": self.path_viewers,
            "check_ins": self.check_ins, "results": self.results, "practice_states": self.practice_states,
        }  # fmt: skip
        expiring = {
            "questions": self.questions.forget_texts, "promises": self.promises.expire,
            "mentoring": self.mentoring.expire, "anonymity": self.anonymity.expire, "points": self.points.expire,
        }  # fmt: skip
        return Privacy(self.database, self.settings, parts, expiring)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> AsyncIterator["Store"]:
        """The store at a SQLAlchemy address, in its newest shape; raises `WaymarkError` when it cannot be used."""
        async with Database.open(address) as database:
            await database.migrate()
            entries = CommunityEntries(database, clock)
            yield cls(
                database,
                clock,
                entries,
                PendingDrafts(database, entries, clock),
                Imports(database, entries, clock),
                Questions(database, clock),
                AllServerSettings(database),
                member_paths=MemberPaths(database, clock),
                path_viewers=PathViewers(database, clock),
                check_ins=CheckIns(database, clock),
                results=Results(database, clock),
                practice_states=PracticeStates(database),
                promises=Promises(database, clock),
                inbox=Inbox(database, clock),
                mentoring=Mentoring(database, clock),
                anonymity=Anonymity(database, clock),
                points=Points(database, clock),
                insights=Insights(database, clock),
            )
