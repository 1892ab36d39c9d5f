"""`/practice`: one question at a time, the member's own ticks, what is next, and papers that end as a file."""

from pathlib import Path

import discord
import pytest
from simcord.results import ResponseMessage

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.practice_card import OWN_WORDS
from bot.front.practice_state import PracticeState, practising_guides, state_of
from bot.knowledge.knowledge import key_of
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from bot.store.database import StoreUnavailableError
from tests.front.checking import PRACTICE, SHIPPED, change_checks, checking_folder, rate, rated, run
from tests.front.conftest import Community
from tests.front.reading import answered, menus, option, seen
from tests.front.walking import Who, pick

SHIPPED_KNOWLEDGE = load_knowledge(SHIPPED)
QUESTIONS = {"How long?", "Who eats it?", "When do you rise?"}
HOSTILE = "@everyone **bold** <@1> [a](https://x.example) `code`\n# not a heading\n```\nblock"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = checking_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def begin(who: Who, community: Community, level: str = "Baker") -> ResponseMessage:
    """The first question of a level."""
    message = await run(who, community, "practice")
    await pick(who, message, level)
    return message


async def write(who: Who, message: ResponseMessage, text: str = "With water.") -> None:
    """Sends an answer."""
    shown = await who.click(message, label="Answer")
    await who.submit_modal(shown, {"answer": text})


def question_in(message: ResponseMessage) -> str:
    """The question that the message asks."""
    return next(question for question in QUESTIONS if f"**{question}**" in seen(message).text)


async def kept(bot: WaymarkBot, who: Who) -> PracticeState:
    """What is kept of somebody's practice."""
    return await state_of(bot, who.id, practising_guides(bot.coaches.base.knowledge)[0])


async def paper(who: Who, community: Community) -> ResponseMessage:
    """The sections of the resume."""
    message = await run(who, community, "practice")
    await pick(who, message, "Resume")
    return message


async def fill_in(who: Who, message: ResponseMessage, label: str, *texts: str) -> ResponseMessage:
    """Sends the form of a section."""
    shown = await who.click(message, label=label)
    result = await who.submit_modal(shown, {f"text-{at}": text for at, text in enumerate(texts)})
    return result.response or message


async def test_it_offers_levels_and_papers_privately(community: Community) -> None:
    message = await run(community.newcomer, community, "practice")
    assert message.ephemeral
    assert seen(message).options == ("Helper", "Baker", "Resume")
    assert "What you answer is kept nowhere." in seen(message).text


async def test_a_level_leads_to_its_first_question(community: Community) -> None:
    message = await begin(community.newcomer, community)
    assert seen(message).text.startswith("### Question 1 of 3\n-# Baker\n**")
    assert question_in(message) in QUESTIONS
    assert seen(message).buttons == ("Answer", "Next question", "What to practice next", "Change level")


async def test_no_question_comes_again_before_all_were_seen(community: Community) -> None:
    message = await begin(community.newcomer, community)
    met = [question_in(message)]
    for _ in range(2):
        await community.newcomer.click(message, label="Next question")
        met.append(question_in(message))
    assert set(met) == QUESTIONS
    assert seen(message).text.startswith("### Question 3 of 3")
    await community.newcomer.click(message, label="Next question")
    assert seen(message).text.startswith("### Question 1 of 3\n-# Baker, round 2")
    assert question_in(message) != met[-1]


async def test_the_form_shows_the_question_and_says_that_nothing_is_kept(community: Community) -> None:
    message = await begin(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Answer")
    assert shown.modal is not None
    question, field = shown.modal["components"]
    assert question["content"] == f"**{question_in(message)}**"
    assert field["description"].startswith("Kept nowhere")


async def test_an_answer_comes_back_beside_the_rubric_and_the_outline(community: Community) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message, "It smells good.\nAnd it feeds people.")
    text = seen(message).text
    assert f"{OWN_WORDS}> It smells good.\n> And it feeds people." in text
    assert "☐ one\n☐ two\n☐ three" in text
    assert "**One way to build it**\n- Say why." in text


async def test_an_answer_is_kept_nowhere(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message, "A secret recipe.")
    await pick(community.newcomer, message, "one")
    held = await bot.store.privacy.export(community.newcomer.id)
    assert "secret" not in str(held)


async def test_ticks_are_saved_and_the_answer_stays_in_view(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message)
    await pick(community.newcomer, message, "one", "three")
    text = seen(message).text
    assert "✓ one\n☐ two\n✓ three\n**You ticked 2 of 3.**" in text
    assert "> With water." in text
    assert (await kept(bot, community.newcomer)).sessions["helper"].ticks == {"why": (0, 2)}


async def test_ticks_can_all_be_taken_back(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message)
    await pick(community.newcomer, message, "one")
    custom_id, _ = option(message, "one")
    await community.newcomer.select(message, [], custom_id=custom_id)
    assert "**You ticked 0 of 3.**" in seen(message).text
    assert (await kept(bot, community.newcomer)).sessions["helper"].ticks == {"why": ()}


async def test_hostile_words_stay_text(community: Community) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message, HOSTILE)
    text = seen(message).text
    assert "\n> @\u200beveryone \\*\\*bold\\*\\* \\<@1> \\[a](https" in text
    assert "\n> \\# not a heading\n> \\`\\`\\`\n> block" in text


async def test_a_double_click_on_next_draws_once(community: Community, bot: WaymarkBot) -> None:
    await begin(community.newcomer, community)
    # The same card twice, as on two devices.
    one, two = [await run(community.newcomer, community, "practice") for _ in range(2)]
    for message in (one, two):
        await community.newcomer.click(message, label="Go on: Baker")
    await community.newcomer.click(one, label="Next question")
    await community.newcomer.click(two, label="Next question")
    assert question_in(one) == question_in(two)
    assert len((await kept(bot, community.newcomer)).sessions["baker"].seen) == 2


async def test_it_goes_on_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community)
    await community.newcomer.click(message, label="Next question")
    question = question_in(message)
    await community.env.restart_bot(next_bot)
    again = await run(community.newcomer, community, "practice")
    await community.newcomer.click(again, label="Go on: Baker")
    assert question_in(again) == question
    await community.newcomer.click(message, label="Next question")
    assert seen(message).text.startswith("### Question 3 of 3")


async def test_another_level_and_back_goes_on_where_it_was(community: Community) -> None:
    message = await begin(community.newcomer, community)
    await community.newcomer.click(message, label="Next question")
    await community.newcomer.click(message, label="Change level")
    await pick(community.newcomer, message, "Helper")
    assert "### Question 1 of 1" in seen(message).text
    await community.newcomer.click(message, label="Change level")
    await pick(community.newcomer, message, "Baker")
    assert seen(message).text.startswith("### Question 2 of 3")


async def test_what_to_practise_next_names_what_went_least_well(community: Community) -> None:
    message = await begin(community.newcomer, community, "Helper")
    await write(community.newcomer, message)
    await pick(community.newcomer, message, "one")
    await community.newcomer.click(message, label="What to practice next")
    assert "**1. Dough.** `■■■□□□□□□□` You ticked 1 of 3." in seen(message).text
    await community.newcomer.click(message, label="Back to the question")
    assert "Last time you ticked 1 of 3." in seen(message).text


async def test_without_any_tick_it_says_what_to_do(community: Community) -> None:
    message = await begin(community.newcomer, community)
    await community.newcomer.click(message, label="What to practice next")
    assert "Nothing is ticked yet." in seen(message).text


async def test_saved_gaps_come_first_when_the_member_wants_them(community: Community) -> None:
    skills = await run(community.newcomer, community, "skills")
    await pick(community.newcomer, skills, "Baker")
    await rate(community.newcomer, skills, "Rate: With your hands", leading=("dough", "oven"))
    await rate(community.newcomer, skills, "Rate: With your head")
    await community.newcomer.click(skills, label="Save this")
    message = await run(community.newcomer, community, "practice")
    toward = menus(message)[1]
    await community.newcomer.select(
        message, [toward[1]["value"]], custom_id=f"wm:practice-level:gaps:{key_of('baker')}"
    )
    assert question_in(message) == "When do you rise?"
    assert "Questions about your gaps come first." in seen(message).text
    await community.newcomer.click(message, label="What to practice next")
    assert "**1. Rising early.** Not practiced yet. It is one of your gaps." in seen(message).text


async def test_gaps_are_not_offered_to_who_saved_none(community: Community) -> None:
    await rated(community.newcomer, community)
    assert len(menus(await run(community.newcomer, community, "practice"))) == 2


async def test_it_works_in_a_direct_message(community: Community) -> None:
    alone = community.env.create_user("alone")
    message = await begin(alone, community)
    await write(alone, message)
    assert "> With water." in seen(message).text


async def test_a_question_that_has_left_the_guide_is_told_kindly_and_another_comes(
    community: Community, bot: WaymarkBot, settings: Settings
) -> None:
    message = await begin(community.newcomer, community)
    gone = {"How long?": "how", "Who eats it?": "who", "When do you rise?": "when"}[question_in(message)]
    assert settings.waymark_knowledge is not None
    change_checks(bot, settings.waymark_knowledge, practice=PRACTICE.replace(f"id: {gone},", f"id: new-{gone},"))
    told = answered(await community.newcomer.click(message, label="Answer"))
    assert "That question has left the guide." in seen(told).text
    await community.newcomer.click(message, label="Next question")
    assert question_in(message) in QUESTIONS


async def test_an_answer_comes_back_even_when_the_database_is_away(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await begin(community.newcomer, community, "Helper")
    shown = await community.newcomer.click(message, label="Answer")

    async def away(*_: object) -> None:
        raise StoreUnavailableError("The database is away.")

    monkeypatch.setattr(type(bot.store.practice_states), "get", away)
    await community.newcomer.submit_modal(shown, {"answer": "Still here."})
    assert "> Still here." in seen(message).text


async def test_a_state_that_cannot_be_read_is_told(community: Community, bot: WaymarkBot) -> None:
    await bot.store.practice_states.change(community.newcomer.id, "baker", lambda _: {"sessions": "lost"})
    assert "in a way that I cannot read" in seen(await run(community.newcomer, community, "practice")).text
    assert community.env.errors


async def test_a_paper_says_which_section_comes_next_and_what_becomes_of_the_words(community: Community) -> None:
    message = await paper(community.newcomer, community)
    text = seen(message).text
    assert "☐ About you\n☐ Work\n**Section 1 of 2 comes next: About you.**" in text
    assert "until the file is made; then it goes from here" in text
    assert seen(message).buttons == ("Fill in: About you", "How long does the apprenticeship take?")


async def test_the_sections_lead_to_a_file_and_the_words_go_with_it(community: Community, bot: WaymarkBot) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    assert "**Section 2 of 2 comes next: Work.**" in seen(message).text
    await fill_in(community.newcomer, message, "Fill in: Work", "Baker\nHelper", "")
    assert "**All sections are filled in.**" in seen(message).text
    sent = answered(await community.newcomer.click(message, label="Make the file"))
    assert sent.ephemeral
    assert [file.filename for file in sent.attachments] == ["resume.md"]
    assert "> Resume\n>\n> About you\n>\n> Ann" in seen(sent).text
    assert "Before you use it" not in seen(sent).text
    assert (await kept(bot, community.newcomer)).papers == {}


async def test_the_file_is_made_once(community: Community) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    await community.newcomer.click(message, label="Make the file")
    told = answered(await community.newcomer.click(message, label="Make the file"))
    assert "There is nothing written to make a file of." in seen(told).text


async def test_what_was_written_survives_a_restart_and_opens_again(community: Community, next_bot: WaymarkBot) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", HOSTILE)
    await community.env.restart_bot(next_bot)
    again = await paper(community.newcomer, community)
    assert "✓ About you" in seen(again).text
    custom_id, value = option(again, "About you")
    shown = await community.newcomer.select(again, [value], custom_id=custom_id)
    assert shown.modal is not None
    assert shown.modal["components"][0]["component"]["value"] == HOSTILE


async def test_hostile_words_stay_text_in_the_preview(community: Community) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", HOSTILE)
    sent = answered(await community.newcomer.click(message, label="Make the file"))
    assert "> @\u200beveryone \\*\\*bold\\*\\* \\<@1>" in seen(sent).text


async def test_what_was_written_can_be_thrown_away(community: Community, bot: WaymarkBot) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    await community.newcomer.click(message, label="Throw away")
    assert "What you had written is gone." in seen(message).text
    assert (await kept(bot, community.newcomer)).papers == {}


async def test_words_for_a_section_that_has_left_the_guide_come_back_as_a_file(
    community: Community, bot: WaymarkBot, settings: Settings
) -> None:
    message = await paper(community.newcomer, community)
    shown = await community.newcomer.click(message, label="Fill in: About you")
    assert settings.waymark_knowledge is not None
    change_checks(bot, settings.waymark_knowledge, practice=PRACTICE.replace("{id: you,", "{id: me,"))
    sent = answered(await community.newcomer.submit_modal(shown, {"text-0": "Ann"}))
    assert "That section is not part of the paper any more." in seen(sent).text
    assert [file.filename for file in sent.attachments] == ["your-words.txt"]


async def test_a_paper_and_the_questions_do_not_get_in_each_others_way(community: Community, bot: WaymarkBot) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    await begin(community.newcomer, community)
    state = await kept(bot, community.newcomer)
    assert state.papers == {"resume": {"name": "Ann"}}
    assert state.level == "baker"


async def test_forgetting_lets_go_of_all_of_it(community: Community, bot: WaymarkBot) -> None:
    message = await paper(community.newcomer, community)
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    await begin(community.newcomer, community)
    await bot.store.practice_states.forget(community.newcomer.id)
    assert await kept(bot, community.newcomer) == PracticeState()


async def test_an_old_button_keeps_nothing_of_who_was_forgotten(community: Community, bot: WaymarkBot) -> None:
    message = await begin(community.newcomer, community)
    await bot.store.practice_states.forget(community.newcomer.id)
    await community.newcomer.click(message, label="Next question")
    assert "### Practice" in seen(message).text
    assert await bot.store.practice_states.get(community.newcomer.id, "baker") is None


async def test_where_no_file_may_be_sent_the_words_stay(community: Community, bot: WaymarkBot) -> None:
    denied = discord.PermissionOverwrite(attach_files=False)
    quiet = community.guild.create_text_channel("quiet", overwrites={community.guild.roles["TestBot"]: denied})
    message = answered(await community.newcomer.slash(quiet, "practice"))
    await pick(community.newcomer, message, "Resume")
    await fill_in(community.newcomer, message, "Fill in: About you", "Ann")
    told = answered(await community.newcomer.click(message, label="Make the file"))
    assert "I may not send files in this channel." in seen(told).text
    assert (await kept(bot, community.newcomer)).papers == {"resume": {"name": "Ann"}}


def test_an_unknown_question_is_refused_kindly() -> None:
    with pytest.raises(WaymarkError, match="left the guide"):
        practising_guides(SHIPPED_KNOWLEDGE)[0].question("00000000")
