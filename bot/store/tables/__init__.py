"""The tables, as this version of the code wants them; `migrations` brings a database there.

Each table tells how it forgets a person.
"""

from bot.store.tables.base import Base
from bot.store.tables.entries import AuditRow, EntryRow, PendingRow, VersionRow
from bot.store.tables.questions import QuestionRow
from bot.store.tables.servers import ServerRow

__all__ = ["OURS", "AuditRow", "Base", "EntryRow", "PendingRow", "QuestionRow", "ServerRow", "VersionRow"]

#: The names of all tables of Waymark's, those of older revisions too: a database may hold others that are not ours.
OURS = frozenset(Base.metadata.tables)
