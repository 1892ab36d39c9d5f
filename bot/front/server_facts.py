"""A server as the check of its set-up looks at it: plain values, no Discord."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.store.server_settings import ServerSettings

#: What Discord calls permissions, by the library's names for them.
PERMISSIONS: Mapping[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_private_threads": "Create Private Threads",
}


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role. `is_managed`: Discord or another app gives it to whom it wants, people cannot."""

    id: int
    name: str
    is_everyone: bool = False
    is_managed: bool = False
    may_manage_messages: bool = False


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel of texts: which permissions the coach has in it, and whether everybody in the server can read it."""

    id: int
    name: str
    allowed: frozenset[str]
    is_open: bool = True
    is_forum: bool = False

    def lacks(self, *permissions: str) -> tuple[str, ...]:
        """Which of these are missing; what is written in a forum is written in its threads."""
        wanted = dict.fromkeys(
            "send_messages_in_threads" if self.is_forum and name == "send_messages" else name for name in permissions
        )
        return tuple(name for name in wanted if name not in self.allowed)


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """A command. `is_hidden`: whether Discord hides it by default from whoever may not manage messages.

    `overrides`: by the id of a role, a channel or the server, whether it was allowed or forbidden there by hand.
    """

    name: str
    is_hidden: bool = False
    overrides: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is looked at. `server`: its id, which is that of its role for everybody, too.

    `database`: what is wrong with it, None when it answers. `are_overrides_known`: whether Discord told what was set by
    hand for commands. `expiring`: what figures are about, with the last day on which each counts as current.
    """

    server: int
    settings: ServerSettings
    today: dt.date
    roles: Mapping[int, RoleFacts]
    channels: Mapping[int, ChannelFacts]
    commands: Sequence[CommandFacts]
    figures: Mapping[str, dt.date]
    encoder: str | None
    hears_messages: bool
    is_administrator: bool = False
    are_overrides_known: bool = True
    database: str | None = None
