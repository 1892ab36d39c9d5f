"""`/browse`: from themes to entries to an answer, in one private message."""

from simcord.results import ResponseMessage

from tests.front.conftest import Community
from tests.front.reading import answered, option, seen


async def browse(community: Community) -> ResponseMessage:
    return answered(await community.newcomer.slash(community.channel, "browse"))


async def pick(community: Community, message: ResponseMessage, label: str) -> ResponseMessage:
    custom_id, value = option(message, label)
    await community.newcomer.select(message, [value], custom_id=custom_id)
    return message


async def test_browsing_is_private(community: Community) -> None:
    assert (await browse(community)).ephemeral


async def test_it_begins_with_the_career_and_its_themes(community: Community) -> None:
    shown = seen(await browse(community))
    assert "A baker makes bread." in shown.text
    assert shown.options == ("Pay", "The work")


async def test_a_theme_shows_its_questions(community: Community) -> None:
    message = await pick(community, await browse(community), "Pay")
    assert seen(message).options == ("What does a baker earn?", "What makes a baker's pay higher or lower?")


async def test_a_question_shows_its_answer(community: Community) -> None:
    message = await pick(community, await browse(community), "Pay")
    assert "$30,000" in seen(await pick(community, message, "What does a baker earn?")).text


async def test_from_an_answer_one_gets_back_to_the_theme_and_to_all_themes(community: Community) -> None:
    message = await pick(community, await browse(community), "Pay")
    message = await pick(community, message, "What does a baker earn?")
    await community.newcomer.click(message, label="Back to the questions")
    assert "### Pay" in seen(message).text
    await community.newcomer.click(message, label="All themes")
    assert seen(message).options == ("Pay", "The work")


async def test_a_theme_button_under_a_miss_opens_the_theme_privately(community: Community) -> None:
    miss = answered(await community.newcomer.slash(community.channel, "ask", question="xylophone"))
    result = await community.other.click(miss, label="Pay")
    assert answered(result).ephemeral
    assert "What does a baker earn?" in seen(result.response).options
