"""Which entries stand on a shelf, and which words they hold."""

import pytest

from bot.front.client import WaymarkBot
from bot.front.faq_shelves import Row, Shelf, row_text, rows_on
from bot.knowledge.models import Entry, Lead
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.stock import MEETING, NIGHT, RULES, add, remove

ROW = Row("house-rules", Draft("Which Rules?", "Be KIND, Jürgen.", ("what may I do",)))


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ([], True),
        (["rules"], True),
        (["ule"], True),
        (["kind", "may", "house-"], True),
        (["jürgen"], True),
        (["kind", "unkind"], False),
        (["rules?which"], False),
    ],
)
def test_all_words_must_be_somewhere_in_the_entry(words: list[str], held: bool) -> None:
    assert ROW.holds(words) == held


def test_what_an_answer_of_the_guides_begins_with_counts_too() -> None:
    entry = Entry(id="pay", question="Pay?", answer="Much.", leads=[Lead(when=["head"], text="More than that.")])
    assert Row("pay", entry).holds(["than"])


@pytest.mark.parametrize(
    ("shelf", "ids"),
    [
        (Shelf.SERVER, ["meeting", "night"]),
        (Shelf.GUIDE, ["median-pay", "pay-factors", "night", "training", "oven"]),
        (Shelf.BIN, ["rules"]),
    ],
)
async def test_each_shelf_has_its_own(community: Community, bot: WaymarkBot, shelf: Shelf, ids: list[str]) -> None:
    for entry_id, draft in (("rules", RULES), ("meeting", MEETING), ("night", NIGHT)):
        await add(community, bot, draft, entry_id)
    await remove(community, bot, "rules")
    assert [row.id for row in await rows_on(bot, community.guild.id, shelf, [])] == ids


async def test_words_choose_among_the_rows_of_a_shelf(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await add(community, bot, MEETING, "meeting")
    assert [row.id for row in await rows_on(bot, community.guild.id, Shelf.SERVER, ["monday"])] == ["meeting"]


async def test_a_question_that_nobody_sees_is_shown_by_its_id(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, Draft("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}", "Nothing."), "unseen")
    (row,) = await rows_on(bot, community.guild.id, Shelf.SERVER, [])
    assert (await row_text(bot, community.guild.id, row)).startswith("**unseen**\n-# `unseen` · added by")
