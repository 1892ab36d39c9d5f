"""The funnel: what a member and the log get when something goes wrong."""

import re

import pytest
from structlog.testing import capture_logs

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.reading import answered, seen


class Breaking:
    """A coach whose every use fails, as a fault of ours would."""

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError("secret detail")


async def test_a_fault_of_ours_is_a_private_sentence_with_a_number(community: Community, bot: WaymarkBot) -> None:
    bot.coaches.base = Breaking()  # type: ignore[assignment]
    result = await community.newcomer.slash(community.channel, "ask", question="baker salary")
    text = seen(result.response).text
    assert answered(result).ephemeral
    assert re.search(r"the number \*\*[0-9A-F]{6}\*\*", text)
    assert "secret" not in text
    assert "ZeroDivision" not in text
    assert community.env.errors


async def test_the_log_has_the_number_and_the_fault(community: Community, bot: WaymarkBot) -> None:
    bot.coaches.base = Breaking()  # type: ignore[assignment]
    with capture_logs() as logged:
        result = await community.newcomer.slash(community.channel, "ask", question="baker salary")
    number = re.findall(r"\*\*([0-9A-F]{6})\*\*", seen(result.response).text)[0]
    (entry,) = [line for line in logged if line["log_level"] == "error"]
    assert (entry["number"], str(entry["exc_info"])) == (number, "secret detail")
    assert community.env.errors


async def test_a_fault_behind_a_button_is_told_too(community: Community, bot: WaymarkBot) -> None:
    message = answered(await community.newcomer.slash(community.channel, "ask", question="baker salary"))
    bot.coaches.base = Breaking()  # type: ignore[assignment]
    result = await community.newcomer.click(message, label="Do bakers work at night?")
    assert "Something went wrong on my side" in seen(result.response).text


@pytest.mark.parametrize("status", [500, 429])
async def test_when_the_first_answer_fails_the_member_is_told(community: Community, status: int) -> None:
    community.env.inject_error("POST", "/interactions/*/callback", status=status)
    result = await community.newcomer.slash(community.channel, "ask", question="baker salary")
    assert "Something went wrong on my side" in seen(result.response).text
    assert community.env.errors


async def test_when_nothing_gets_through_the_bot_lives_on(community: Community) -> None:
    community.env.inject_error("POST", "/interactions/*/callback", status=500, times=2)
    await community.newcomer.slash(community.channel, "ask", question="baker salary")
    result = await community.newcomer.slash(community.channel, "ask", question="baker salary")
    assert "$30,000" in seen(result.response).text
    assert community.env.errors


async def test_an_error_with_a_sentence_is_shown_as_it_is(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise WaymarkError("The guide is closed today.")

    monkeypatch.setattr("bot.front.browse.themes_view", refuse)
    result = await community.newcomer.slash(community.channel, "browse")
    assert seen(result.response).text == "The guide is closed today."
    assert community.env.errors
