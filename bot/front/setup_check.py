"""What is wrong with how a server has set the coach up, and how to mend it: rules over plain facts, no Discord."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.front.dates import written
from bot.front.server_facts import PERMISSIONS, CommandFacts, Facts

#: Figures that run out within so many days are told of.
SOON = dt.timedelta(days=60)
#: Most channels, and most figures, that one finding names.
NAMED, FIGURES = 5, 3
#: What each channel of `/setup` needs.
_NEEDS: Mapping[str, Sequence[str]] = {
    "mentors_channel": ("view_channel", "send_messages", "read_message_history"),
    "digest_channel": ("view_channel", "send_messages", "attach_files"),
    "listening": ("view_channel", "send_messages", "read_message_history"),
}
#: What any channel needs in which the coach may write, to answer there in full when it is mentioned.
_TO_ANSWER = ("read_message_history", "attach_files", "send_messages_in_threads")
#: What a private thread needs.
_FOR_THREADS = ("view_channel", "create_private_threads", "send_messages_in_threads")


class Severity(IntEnum):
    """How bad a finding is, the worst first."""

    FAULT = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, and how to mend it. Channels and roles stand in it as mentions."""

    severity: Severity
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked at, by its name for people; `of` is the setting that it is about, where it is about one."""

    name: str
    find: Callable[[Facts], Iterator[Finding]]
    of: str | None = None


def checks(facts: Facts) -> tuple[Finding, ...]:
    """Everything that is not as it should be, the worst first."""
    return _sorted(finding for rule in _rules(facts) for finding in rule.find(facts))


def checks_of(setting: str, facts: Facts) -> tuple[Finding, ...]:
    """What is not as it should be with one setting, the worst first."""
    return _sorted(finding for rule in RULES if rule.of == setting for finding in rule.find(facts))


def in_order(facts: Facts) -> tuple[str, ...]:
    """The names of all that is as it should be."""
    return tuple(rule.name for rule in _rules(facts) if not any(rule.find(facts)))


def _rules(facts: Facts) -> Iterator[Rule]:
    """Those that can be looked at: without the database nobody knows what was set."""
    return (rule for rule in RULES if facts.database is None or rule.of is None)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.severity))


def _database(facts: Facts) -> Iterator[Finding]:
    if facts.database is not None:
        yield Finding(
            Severity.FAULT,
            f"The database does not answer, so I do not know how this server is set up. {facts.database}",
            "Tell whoever runs me; they find it under “The database” in docs/operating.md.",
        )


def _channel(setting: str, called: str) -> Callable[[Facts], Iterator[Finding]]:
    def find(facts: Facts) -> Iterator[Finding]:
        named = getattr(facts.settings, setting)
        chosen = [one for one in (named if isinstance(named, tuple) else (named,)) if one is not None]
        if gone := [one for one in chosen if one not in facts.channels]:
            yield _gone_channels(called, len(gone), len(chosen))
        for channel in chosen:
            if channel in facts.channels:
                yield from _channel_findings(facts, setting, called, channel)

    return find


def _gone_channels(called: str, gone: int, chosen: int) -> Finding:
    what = f"{called} was deleted." if chosen == 1 else f"{gone} of the {chosen} channels to listen in {_was(gone)}."
    return Finding(Severity.FAULT, what, "Choose another with `/setup`, or clear it there.")


def _was(number: int) -> str:
    return "was deleted" if number == 1 else "were deleted"


def _channel_findings(facts: Facts, setting: str, called: str, channel: int) -> Iterator[Finding]:
    found = facts.channels[channel]
    missing = found.lacks(*_NEEDS[setting])
    if missing:
        yield Finding(Severity.FAULT, f"In <#{channel}> ({called.lower()}) I lack {_named(missing)}.", _allow(missing))
    if setting == "mentors_channel" and found.is_open:
        yield Finding(
            Severity.WARNING,
            f"Everybody can read <#{channel}>, where members' questions to the mentors stand.",
            "Take View Channel from @everyone there and give it to the mentors' role and to me.",
        )


def _listening(facts: Facts) -> Iterator[Finding]:
    if facts.settings.listening and not facts.hears_messages:
        yield Finding(
            Severity.FAULT,
            "I listen nowhere, though channels are chosen: I run without the Message Content Intent, so Discord does "
            "not let me read what members write there.",
            "Whoever runs me turns it on in Discord's developer portal and sets `WAYMARK_LISTENING=on`.",
        )


def _role(setting: str, called: str) -> Callable[[Facts], Iterator[Finding]]:
    def find(facts: Facts) -> Iterator[Finding]:
        named = getattr(facts.settings, setting)
        role = facts.roles.get(named)
        if named is None:
            return
        if role is None:
            yield Finding(Severity.FAULT, f"{called} was deleted.", "Choose another with `/setup`, or clear it there.")
        elif role.is_everyone:
            yield Finding(
                Severity.FAULT, f"{called} is @everyone, so every member has it.", "Choose another with `/setup`."
            )
        elif role.is_managed:
            yield Finding(
                Severity.WARNING,
                f"{called} is <@&{role.id}>, which Discord or an app gives to whom it wants.",
                "Choose a role with `/setup` that you give to people yourselves.",
            )

    return find


def _mentors(facts: Facts) -> Iterator[Finding]:
    role, channel = facts.settings.mentor_role, facts.settings.mentors_channel
    if role is None or channel is None:
        missing = _joined([name for name, value in (("role", role), ("channel", channel)) if value is None])
        costs = "members cannot ask them" if channel is None else "only moderators can take over members' questions"
        yield Finding(
            Severity.NOTE,
            f"No {missing} for mentors is chosen, so {costs}.",
            "Choose what is missing with `/setup`, if you have mentors.",
        )


def _hidden_commands(facts: Facts) -> Iterator[Finding]:
    role = facts.roles.get(facts.settings.moderator_role or 0)
    if role is None or role.may_manage_messages:
        return
    hidden = [
        command.name
        for command in facts.commands
        if command.is_hidden and not (command.overrides.get(role.id) or command.overrides.get(facts.server))
    ]
    if hidden:
        yield Finding(
            Severity.WARNING,
            f"Discord hides {_listed(hidden)} from <@&{role.id}>, though they may use it: the role lacks Manage "
            "Messages.",
            "Server Settings, Integrations, my name: open each of these commands and add the role. Or give the role "
            "Manage Messages.",
        )


def _forbidden_commands(facts: Facts) -> Iterator[Finding]:
    forbidden = [command.name for command in facts.commands if False in _for_all(facts, command)]
    if forbidden:
        yield Finding(
            Severity.WARNING,
            f"{_listed(forbidden)} is switched off for everybody or in all channels, but for exceptions.",
            "If that is not on purpose: Server Settings, Integrations, my name, and open the command.",
        )


def _for_all(facts: Facts, command: CommandFacts) -> tuple[bool | None, bool | None]:
    """What was set by hand for everybody, and for all channels, which Discord calls by the server's id less one."""
    return command.overrides.get(facts.server), command.overrides.get(facts.server - 1)


def _unknown_overrides(facts: Facts) -> Iterator[Finding]:
    if not facts.are_overrides_known:
        yield Finding(
            Severity.NOTE,
            "Discord did not tell me who may see which command by the rules under Integrations.",
            "Look there yourselves: Server Settings, Integrations, my name.",
        )


def _other_channels(facts: Facts) -> Iterator[Finding]:
    lacking: dict[tuple[str, ...], list[int]] = {}
    read_only: list[int] = []
    settings = facts.settings
    chosen = {settings.mentors_channel, settings.digest_channel, *settings.listening}
    for channel in facts.channels.values():
        # Those that were chosen have rules of their own.
        if channel.id in chosen or channel.lacks("view_channel"):
            continue
        if channel.lacks("send_messages"):
            read_only.append(channel.id)
        elif missing := channel.lacks(*_TO_ANSWER):
            lacking.setdefault(missing, []).append(channel.id)
    for missing, channels in sorted(lacking.items(), key=lambda one: -len(one[1])):
        yield Finding(
            Severity.WARNING,
            f"In {_mentions(channels)} I lack {_named(missing)}, so {_costs(missing)}.",
            _allow(missing),
        )
    if read_only:
        yield Finding(
            Severity.NOTE,
            f"In {_mentions(read_only)} I may not write: whoever mentions me there gets no answer. Commands work.",
            "Fine if that is on purpose. If not: " + _allow(["send_messages"]),
        )


def _costs(missing: Sequence[str]) -> str:
    what = {
        "read_message_history": "I cannot reply to messages",
        "attach_files": "answers come without pictures",
        "send_messages_in_threads": "I cannot answer in threads",
    }
    return " and ".join(what[name] for name in missing)


def _private_threads(facts: Facts) -> Iterator[Finding]:
    if not any(channel.allowed.issuperset(_FOR_THREADS) for channel in facts.channels.values()):
        yield Finding(
            Severity.NOTE,
            "There is no channel in which I may open a private thread: members whose direct messages are closed cannot "
            "be reminded.",
            _allow(_FOR_THREADS) + " One channel is enough.",
        )


def _administrator(facts: Facts) -> Iterator[Finding]:
    if facts.is_administrator:
        yield Finding(
            Severity.NOTE,
            "I have the permission Administrator, and need far less.",
            "Give my role the permissions that docs/admins.md lists instead.",
        )


def _encoder(facts: Facts) -> Iterator[Finding]:
    if facts.encoder is None:
        yield Finding(
            Severity.WARNING,
            "I match questions by their words alone, which is less often right: the sentence encoder is not in use.",
            "Whoever runs me gets it with `waymark encoder`.",
        )


def _figures(facts: Facts) -> Iterator[Finding]:
    old = {about: day for about, day in facts.figures.items() if day < facts.today}
    soon = {about: day for about, day in facts.figures.items() if facts.today <= day <= facts.today + SOON}
    if old:
        yield Finding(
            Severity.WARNING,
            f"Some figures are out of date; answers that tell them say how old they are. {_dated(old, facts)}.",
            _NEW_FIGURES,
        )
    if soon:
        yield Finding(
            Severity.NOTE,
            f"Some figures will soon be out of date. {_dated(soon, facts)}.",
            _NEW_FIGURES,
        )


_NEW_FIGURES = "Whoever keeps the guide puts newer ones into its `guide.yaml`; docs/knowledge.md tells how."

#: In the order in which they are told where they are equally bad.
RULES: Sequence[Rule] = (
    Rule("the database", _database),
    Rule("the mentors' channel", _channel("mentors_channel", "The mentors' channel"), "mentors_channel"),
    Rule("the channel for the digest", _channel("digest_channel", "The channel for the digest"), "digest_channel"),
    Rule("the channels to listen in", _channel("listening", "A channel to listen in"), "listening"),
    Rule("the right to listen", _listening, "listening"),
    Rule("the moderators' role", _role("moderator_role", "The moderators' role"), "moderator_role"),
    Rule("the mentors' role", _role("mentor_role", "The mentors' role"), "mentor_role"),
    Rule("commands that moderators see", _hidden_commands, "moderator_role"),
    Rule("commands that members see", _forbidden_commands),
    Rule("my permissions in the other channels", _other_channels),
    Rule("the sentence encoder", _encoder),
    Rule("the guide's figures", _figures),
    Rule("what mentors need", _mentors, "mentor_role"),
    Rule("private threads", _private_threads),
    Rule("rules under Integrations", _unknown_overrides),
    Rule("no permission too many", _administrator),
)


def _dated(figures: Mapping[str, dt.date], facts: Facts) -> str:
    """The figures by their last day, the earliest first."""
    days = sorted(set(figures.values()))
    named = {day: [f"“{about}”" for about, last in figures.items() if last == day] for day in days}
    return ". ".join(
        f"Current until {written(day, facts.settings.dates)}: {_some(abouts, FIGURES)}" for day, abouts in named.items()
    )


def _named(permissions: Sequence[str]) -> str:
    return _joined([PERMISSIONS[name] for name in permissions])


def _allow(permissions: Sequence[str]) -> str:
    return f"Open the channel's settings, Permissions, add me or my role, and allow {_named(permissions)}."


def _mentions(channels: Sequence[int]) -> str:
    return _some([f"<#{channel}>" for channel in channels])


def _listed(commands: Sequence[str]) -> str:
    return _joined([f"`{command}`" for command in commands])


def _some(names: Sequence[str], most: int = NAMED) -> str:
    more = len(names) - most
    return f"{', '.join(names[:most])} and {more} more" if more > 0 else _joined(names)


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
