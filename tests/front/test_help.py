"""`/help`: what the coach does, and the commands that the member may use."""

from tests.front.conftest import Community
from tests.front.reading import answered, seen


async def test_help_is_private_and_names_the_career(community: Community) -> None:
    result = answered(await community.newcomer.slash(community.channel, "help"))
    assert result.ephemeral
    assert "Baker" in seen(result).text


async def test_commands_are_clickable_mentions(community: Community) -> None:
    text = seen(answered(await community.newcomer.slash(community.channel, "help"))).text
    ids = {command.name: command.id for command in community.env.bot.synced}  # type: ignore[attr-defined]
    assert [f"</{name}:{ids[name]}>" in text for name in ("ask", "browse", "help")] == [True, True, True]


async def test_help_tells_the_other_ways_to_ask(community: Community) -> None:
    text = seen(answered(await community.newcomer.slash(community.channel, "help"))).text
    assert "mention" in text
    assert "direct message" in text
