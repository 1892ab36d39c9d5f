"""The form of an entry: what it begins with, what it refuses, and that nothing typed is lost."""

import dataclasses

import pytest
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.faq_form import PHRASINGS_ROOM, Beginning, EntryForm, checked, guide_draft
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import ANSWER_LIMIT, ID_LIMIT, QUESTION_LIMIT, Entry
from bot.matching.coach import Coach
from bot.store.drafts import PHRASING_LIMIT, PHRASINGS_LIMIT, Draft
from tests.front.conftest import Community
from tests.front.filling import edit, filled_in, inputs, send
from tests.front.reading import answered, seen
from tests.front.stock import RULES
from tests.front.stock import add as stored

LONG = Draft("What fits no form?", "This.", tuple(f"{number} {'long ' * 30}".strip() for number in range(40)))


async def test_a_new_entrys_form_is_empty(community: Community) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    assert filled_in(shown) == {"question": "", "answer": "", "phrasings": ""}


async def test_the_form_takes_as_much_as_an_entry_may_have(community: Community) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    limits = {name: item["max_length"] for name, item in inputs(shown).items()}
    assert limits == {"question": QUESTION_LIMIT, "answer": ANSWER_LIMIT, "phrasings": PHRASINGS_ROOM}


async def test_an_own_entrys_form_is_filled_in(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    shown = await community.moderator.slash(community.channel, "faq edit", entry="rules")
    assert filled_in(shown) == {
        "question": RULES.question, "answer": RULES.answer, "phrasings": "house rules\nwhat may I do here",
    }  # fmt: skip


async def test_an_entry_is_edited_by_its_question_too(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    shown = await community.moderator.slash(community.channel, "faq edit", entry=RULES.question.upper())
    assert filled_in(shown)["answer"] == RULES.answer


async def test_a_guides_entry_keeps_the_names_of_figures(community: Community) -> None:
    shown = await community.moderator.slash(community.channel, "faq edit", entry="median-pay")
    assert filled_in(shown)["question"] == "What does a baker earn?"
    assert filled_in(shown)["answer"] == "The median is {median_pay} a year."


async def test_a_name_of_no_entry_is_refused_with_the_nearest(community: Community) -> None:
    result = await community.moderator.slash(community.channel, "faq edit", entry="nigth")
    assert answered(result).ephemeral
    assert "There is no entry" in seen(result.response).text
    assert "The nearest: “Do bakers work at night?”" in seen(result.response).text
    assert community.env.errors


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"question": " \n "}, "The question cannot be saved: it is empty"),
        ({"answer": "\N{ZERO WIDTH NO-BREAK SPACE} "}, "The answer cannot be saved: it is empty"),
        ({"question": "\N{CROISSANT}\N{CROISSANT}"}, "has no word in Latin letters"),
        ({"phrasings": "bike rack\n\N{CROISSANT}"}, "has no word in Latin letters"),
        ({"phrasings": "x" * (PHRASING_LIMIT + 1)}, f"phrasings of {PHRASING_LIMIT} characters"),
        ({"phrasings": "\n".join(map(str, range(PHRASINGS_LIMIT + 1)))}, f"{PHRASINGS_LIMIT} phrasings"),
    ],
)
async def test_a_refused_form_tells_why_and_opens_again_as_it_was_typed(
    community: Community, bot: WaymarkBot, values: dict[str, str], told: str
) -> None:
    typed = {"question": "Where is the rack?", "answer": "Behind\nthe oven.", "phrasings": "bike rack"} | values
    shown = await community.moderator.slash(community.channel, "faq add")
    refused = answered(await send(community.moderator, shown, **typed))
    assert refused.ephemeral
    assert told in seen(refused).text
    assert await bot.store.entries.all(community.guild.id) == ()
    again = await community.moderator.click(refused, label="Open the form again")
    assert filled_in(again) == {
        name: "" if not text.strip(" \n\N{ZERO WIDTH NO-BREAK SPACE}") else text for name, text in typed.items()
    }


async def test_a_refused_form_opens_again_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    refused = answered(await send(community.moderator, shown, question="?", answer="Behind the oven."))
    await community.env.restart_bot(next_bot)
    again = await community.moderator.click(refused, label="Open the form again")
    await send(community.moderator, again, question="Where is the rack?")
    assert "### Where is the rack?\nBehind the oven." in seen(refused).text


async def test_an_edit_that_changes_nothing_is_told(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    assert "there is nothing to publish" in seen(await edit(community, "rules")).text
    assert "there is nothing to publish" in seen(await edit(community, "median-pay")).text


async def test_each_line_break_of_an_answer_is_kept(community: Community) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    values = {"question": "When is it open?", "answer": "Mon: 9 to 5\nTue: 10 to 6"}
    preview = answered(await send(community.moderator, shown, **values))
    assert "Mon: 9 to 5\n\nTue: 10 to 6" in seen(preview).text


async def test_phrasings_that_have_no_room_in_the_form_stay(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, LONG, "long")
    shown = await community.moderator.slash(community.channel, "faq edit", entry="long")
    assert 0 < len(filled_in(shown)["phrasings"].splitlines()) < len(LONG.phrasings)
    preview = answered(await send(community.moderator, shown, answer="That."))
    again = await community.moderator.click(preview, label="Change")
    await send(community.moderator, again, answer="Those.")
    await community.moderator.click(preview, label="Publish")
    saved = await bot.store.entries.get(community.guild.id, "long")
    assert saved is not None
    assert saved.draft == dataclasses.replace(LONG, answer="Those.")


async def test_a_form_for_an_entry_that_the_guide_lost_meanwhile_keeps_what_was_typed(
    community: Community, bot: WaymarkBot
) -> None:
    shown = await community.moderator.slash(community.channel, "faq edit", entry="night")
    bot.coaches.base = Coach.knowing(Knowledge())
    preview = answered(await send(community.moderator, shown, answer="At two."))
    assert "At two." in seen(preview).text


async def test_a_coach_that_is_not_ready_in_time_is_told(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.front.faq_form.PATIENCE", 0.0)
    result = await community.moderator.slash(community.channel, "faq edit", entry="night")
    assert "Try again in a few seconds" in seen(result.response).text
    assert community.env.errors


def test_the_longest_custom_id_keeps_discords_limit() -> None:
    draft = Draft("q", "a", ("x" * PHRASING_LIMIT,) * PHRASINGS_LIMIT)
    form = EntryForm.showing(Beginning(draft), entry_id="x" * ID_LIMIT, version=10**9, key="0" * 16)
    assert len(form.custom_id) <= 100
    assert EntryForm.template.fullmatch(form.custom_id)


def test_wordings_that_say_the_same_stand_once() -> None:
    draft = Draft("Where is the rack?", "Here.", ("where is the RACK", "bike rack", "Bike rack!"))
    assert checked(draft) == Draft("Where is the rack?", "Here.", ("bike rack",))


def test_a_text_without_words_is_named_harmlessly() -> None:
    with pytest.raises(WaymarkError) as caught:
        checked(Draft("**\N{CROISSANT}** `", "Here."))
    assert str(caught.value).startswith("“\\*\\*\N{CROISSANT}\\*\\* \\`” has no word")


def test_a_guides_wrapped_lines_are_joined_in_the_form() -> None:
    entry = Entry(
        id="x", question="Why?", phrasings=["how come"], answer="One\nline, {median_pay}.\n\n- two\n- three\n"
    )
    assert guide_draft(entry) == Draft("Why?", "One line, {median_pay}.\n\n- two\n- three")


def test_a_text_beyond_the_limits_opens_as_far_as_it_fits() -> None:
    form = EntryForm.showing(Beginning(Draft("q" * (QUESTION_LIMIT + 1), "a" * (ANSWER_LIMIT + 1))))
    begun = [item.default for item in form.walk_children() if isinstance(item, ui.TextInput)]
    assert [len(text or "") for text in begun] == [QUESTION_LIMIT, ANSWER_LIMIT, 0]
