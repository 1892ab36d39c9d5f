"""The rules of `/setup check` over plain facts: what is wrong, how bad it is, and how to mend it."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.front.server_facts import PERMISSIONS, ChannelFacts, CommandFacts, Facts, RoleFacts
from bot.front.setup_check import NAMED, RULES, Finding, Severity, checks, checks_of, in_order
from bot.store.server_settings import ServerSettings

SERVER, MENTORS, MODERATORS = 1, 11, 12
ASK, INNER, DIGEST = 21, 22, 23
TODAY = dt.date(2026, 6, 1)
ALL = frozenset(PERMISSIONS)
#: A server in which everything is in order.
GOOD = Facts(
    server=SERVER,
    settings=ServerSettings(MODERATORS, MENTORS, INNER, listening=(ASK,), digest_channel=DIGEST),
    today=TODAY,
    roles={
        SERVER: RoleFacts(SERVER, "everyone", is_everyone=True),
        MENTORS: RoleFacts(MENTORS, "Mentors"),
        MODERATORS: RoleFacts(MODERATORS, "Moderators", may_manage_messages=True),
    },
    channels={
        ASK: ChannelFacts(ASK, "ask", ALL),
        INNER: ChannelFacts(INNER, "mentors", ALL, is_open=False),
        DIGEST: ChannelFacts(DIGEST, "digest", ALL),
    },
    commands=(CommandFacts("/ask"), CommandFacts("/faq", is_hidden=True)),
    figures={"Median pay": dt.date(2027, 12, 31)},
    encoder="all-MiniLM-L6-v2",
    hears_messages=True,
)  # fmt: skip


def with_settings(**values: object) -> Facts:
    return replace(GOOD, settings=replace(GOOD.settings, **values))  # type: ignore[arg-type]


def with_channel(channel: int, *, lacking: tuple[str, ...] = (), is_open: bool = True) -> Facts:
    found = replace(GOOD.channels[channel], allowed=ALL - set(lacking), is_open=is_open)
    return replace(GOOD, channels={**GOOD.channels, channel: found})


def only(facts: Facts) -> Finding:
    """The one thing that is wrong."""
    (finding,) = checks(facts)
    return finding


def test_where_all_is_in_order_nothing_is_found_and_everything_is_named() -> None:
    assert checks(GOOD) == ()
    assert in_order(GOOD) == tuple(rule.name for rule in RULES)


def test_the_worst_comes_first() -> None:
    facts = replace(with_settings(mentor_role=99), encoder=None, is_administrator=True)
    assert [finding.severity for finding in checks(facts)] == [Severity.FAULT, Severity.WARNING, Severity.NOTE]


def test_what_is_wrong_is_not_among_what_is_in_order() -> None:
    facts = replace(GOOD, encoder=None)
    assert set(in_order(GOOD)) - set(in_order(facts)) == {"the sentence encoder"}


def test_without_the_database_nothing_is_said_of_settings() -> None:
    facts = replace(GOOD, settings=ServerSettings(), database="It is locked.")
    assert only(facts).severity is Severity.FAULT
    assert "It is locked." in only(facts).what
    assert "the mentors' channel" not in in_order(facts)


@pytest.mark.parametrize("setting", ["moderator_role", "mentor_role", "mentors_channel", "digest_channel"])
def test_what_was_deleted_is_a_fault(setting: str) -> None:
    found = only(with_settings(**{setting: 99}))
    assert found.severity is Severity.FAULT
    assert found.what.endswith(" was deleted.")
    assert "99" not in found.what
    assert found.fix == "Choose another with `/setup`, or clear it there."


def test_of_the_channels_to_listen_in_only_the_deleted_one_is_told() -> None:
    assert only(with_settings(listening=(ASK, 99))).what == "1 of the 2 channels to listen in was deleted."


@pytest.mark.parametrize("setting", ["moderator_role", "mentor_role"])
def test_a_role_that_everybody_has_is_a_fault(setting: str) -> None:
    found = checks(with_settings(**{setting: SERVER}))[0]
    assert found.severity is Severity.FAULT
    assert "every member has it" in found.what


def test_a_role_that_nobody_can_give_is_a_warning() -> None:
    roles = {**GOOD.roles, MENTORS: RoleFacts(MENTORS, "Mentors", is_managed=True)}
    assert only(replace(GOOD, roles=roles)).severity is Severity.WARNING


@pytest.mark.parametrize(
    ("channel", "permission"),
    [
        (INNER, "view_channel"), (INNER, "send_messages"), (INNER, "read_message_history"),
        (DIGEST, "view_channel"), (DIGEST, "send_messages"), (DIGEST, "attach_files"),
        (ASK, "view_channel"), (ASK, "send_messages"), (ASK, "read_message_history"),
    ],
)  # fmt: skip
def test_a_permission_that_a_chosen_channel_needs_is_a_fault_with_its_fix(channel: int, permission: str) -> None:
    found = checks(with_channel(channel, lacking=(permission,), is_open=channel != INNER))[0]
    assert found.severity is Severity.FAULT
    assert f"In <#{channel}>" in found.what
    assert PERMISSIONS[permission] in found.what
    assert f"allow {PERMISSIONS[permission]}" in found.fix


def test_in_a_forum_threads_count_and_no_messages_of_its_own() -> None:
    forum = ChannelFacts(ASK, "questions", ALL - {"send_messages"}, is_forum=True)
    assert checks(replace(GOOD, channels={**GOOD.channels, ASK: forum})) == ()
    closed = replace(forum, allowed=forum.allowed - {"send_messages_in_threads"})
    assert "I lack Send Messages in Threads." in only(replace(GOOD, channels={**GOOD.channels, ASK: closed})).what


def test_mentors_questions_that_everybody_can_read_are_a_warning() -> None:
    assert "Everybody can read <#22>" in only(with_channel(INNER, is_open=True)).what


def test_listening_without_the_intent_is_a_fault() -> None:
    found = only(replace(GOOD, hears_messages=False))
    assert found.severity is Severity.FAULT
    assert "Message Content Intent" in found.what


def test_without_channels_to_listen_in_the_intent_is_not_missed() -> None:
    assert checks(replace(with_settings(listening=()), hears_messages=False)) == ()


def test_without_mentors_it_is_only_noted() -> None:
    found = only(with_settings(mentor_role=None, mentors_channel=None))
    assert found.severity is Severity.NOTE
    assert found.what == "No role and channel for mentors is chosen, so members cannot ask them."


def test_moderators_from_whom_discord_hides_commands_are_told_of() -> None:
    roles = {**GOOD.roles, MODERATORS: RoleFacts(MODERATORS, "Moderators")}
    found = only(replace(GOOD, roles=roles))
    assert found.what.startswith("Discord hides `/faq` from <@&12>")
    assert "Integrations" in found.fix


@pytest.mark.parametrize("whom", [MODERATORS, SERVER])
def test_where_an_admin_has_opened_them_by_hand_they_are_not(whom: int) -> None:
    roles = {**GOOD.roles, MODERATORS: RoleFacts(MODERATORS, "Moderators")}
    commands = (CommandFacts("/faq", is_hidden=True, overrides={whom: True}),)
    assert checks(replace(GOOD, roles=roles, commands=commands)) == ()


@pytest.mark.parametrize("everywhere", [SERVER, SERVER - 1])
def test_a_command_that_was_switched_off_by_hand_is_a_warning(everywhere: int) -> None:
    found = only(replace(GOOD, commands=(CommandFacts("/ask", overrides={everywhere: False}),)))
    assert found.severity is Severity.WARNING
    assert "`/ask` is switched off" in found.what


def test_where_discord_does_not_tell_of_commands_it_is_noted() -> None:
    assert only(replace(GOOD, are_overrides_known=False)).severity is Severity.NOTE


def others(number: int, allowed: frozenset[str]) -> Facts:
    """With so many more channels."""
    more = {100 + at: ChannelFacts(100 + at, f"c{at}", allowed) for at in range(number)}
    return replace(GOOD, channels={**GOOD.channels, **more})


def test_channels_that_lack_the_same_are_told_together() -> None:
    found = only(others(NAMED + 5, ALL - {"attach_files"}))
    assert found.severity is Severity.WARNING
    assert "<#100>" in found.what
    assert "and 5 more" in found.what
    assert "answers come without pictures" in found.what


def test_channels_for_reading_are_only_noted() -> None:
    found = only(others(2, frozenset({"view_channel", "read_message_history"})))
    assert found.severity is Severity.NOTE
    assert "<#100> and <#101> I may not write" in found.what


def test_channels_that_are_closed_to_it_are_fine() -> None:
    assert checks(others(3, frozenset())) == ()


def test_one_channel_for_private_threads_is_enough() -> None:
    without = {
        channel: replace(facts, allowed=ALL - {"create_private_threads"}) for channel, facts in GOOD.channels.items()
    }
    assert only(replace(GOOD, channels=without)).severity is Severity.NOTE
    assert checks(replace(GOOD, channels={**without, ASK: GOOD.channels[ASK]})) == ()


def test_more_power_than_is_needed_is_noted() -> None:
    assert "Administrator" in only(replace(GOOD, is_administrator=True)).what


@pytest.mark.parametrize(
    ("days", "severity"), [(-1, Severity.WARNING), (0, Severity.NOTE), (60, Severity.NOTE), (61, None)]
)
def test_figures_are_told_of_two_months_before_they_run_out(days: int, severity: Severity | None) -> None:
    found = checks(replace(GOOD, figures={"Median pay": TODAY + dt.timedelta(days=days)}))
    assert [finding.severity for finding in found] == ([] if severity is None else [severity])


def test_figures_are_named_with_their_last_day_as_the_server_writes_it() -> None:
    facts = replace(with_settings(dates="de"), figures={"Median pay": dt.date(2026, 5, 1)})
    assert "Current until 01.05.2026: “Median pay”." in only(facts).what


def test_of_many_figures_only_some_are_named() -> None:
    names = [f"Figure {number}" for number in range(5)]
    facts = replace(GOOD, figures=dict.fromkeys(names, TODAY))
    assert "“Figure 0”, “Figure 1”, “Figure 2” and 2 more." in only(facts).what


def test_deleted_channels_to_listen_in_are_counted_in_one_finding() -> None:
    facts = with_settings(listening=(97, 98, ASK))
    assert [finding.what for finding in checks_of("listening", facts)] == [
        "2 of the 3 channels to listen in were deleted."
    ]


def test_a_setting_alone_can_be_looked_at() -> None:
    facts = replace(with_settings(mentor_role=99, digest_channel=98), encoder=None)
    assert [finding.what for finding in checks_of("digest_channel", facts)] == [
        "The channel for the digest was deleted."
    ]
