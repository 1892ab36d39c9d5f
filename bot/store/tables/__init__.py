"""The tables, as this version of the code wants them; `migrations` brings a database there.

Each table tells how it forgets a person.
"""

from bot.store.tables.base import Base
from bot.store.tables.departures import DepartureRow
from bot.store.tables.entries import AuditRow, EntryRow, PendingRow, VersionRow
from bot.store.tables.imports import ImportRow
from bot.store.tables.members import CheckInRow, MemberPathRow, PathViewerRow, PracticeStateRow, ResultRow
from bot.store.tables.mentoring import MentorRequestRow, PointRow, RelayRow, ReportRow, UnmaskingRow
from bot.store.tables.promises import PromiseRow
from bot.store.tables.questions import QuestionRow
from bot.store.tables.servers import ServerRow

__all__ = [
    "OURS", "PERSONS", "AuditRow", "Base", "CheckInRow", "DepartureRow", "EntryRow", "ImportRow", "MemberPathRow",
    "MentorRequestRow", "PathViewerRow", "PendingRow", "PointRow", "PracticeStateRow", "PromiseRow", "QuestionRow",
    "RelayRow", "ReportRow", "ResultRow", "ServerRow", "UnmaskingRow", "VersionRow",
]  # fmt: skip

#: The names of all tables of Waymark's, those of older revisions too: a database may hold others that are not ours.
OURS = frozenset(Base.metadata.tables)
#: What columns that hold a person's id are called; no other column may hold one.
PERSONS = frozenset({"asker", "author", "claimed_by", "member", "mentor", "moderator", "reporter", "viewer"})
