"""What is shown for answers made by hand, above all those that no single question gets."""

from dataclasses import replace
from pathlib import Path

import pytest
from discord import ui

from bot.front.layout import TEXT_LIMIT
from bot.front.verdicts import verdict_view
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.loading import load_knowledge
from bot.knowledge.models import LEADS_LIMIT, Entry, Lead
from bot.matching.answer import Answer, Kind, Match
from bot.matching.coach import Coach
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.reading import custom_ids, seen
from tests.knowledge.folders import knowledge_folder


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return Coach.knowing(load_knowledge(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)))


def matches(coach: Coach, *ids: str) -> tuple[Match, ...]:
    entries = [entry for entry_id in ids if (entry := coach.knowledge.entry(entry_id))]
    return tuple(Match(entry, 0.9) for entry in entries)


def view(coach: Coach, answer: Answer) -> ui.LayoutView:
    return verdict_view(coach, answer, asker=1, question="pay? and nights?")


def test_an_answer_of_two_parts_shows_both_in_order(coach: Coach) -> None:
    text = seen(view(coach, Answer(Kind.ANSWER, matches(coach, "median-pay", "night")))).text
    assert text.startswith("-# asked: pay? and nights?\n### What does a baker earn?\nThe median is $30,000 a year.\n")
    assert "### Do bakers work at night?\nMost start at three in the morning." in text


def test_the_parts_of_an_answer_are_set_apart(coach: Coach) -> None:
    for ids, lines in ((["median-pay"], 0), (["median-pay", "night"], 1)):
        shown = view(coach, Answer(Kind.ANSWER, matches(coach, *ids)))
        assert len([item for item in shown.walk_children() if isinstance(item, ui.Separator)]) == lines


def led(coach: Coach, *leads: int) -> Match:
    return replace(matches(coach, "median-pay")[0], leads=leads)


def test_an_answer_begins_with_what_the_question_names(coach: Coach) -> None:
    text = seen(view(coach, Answer(Kind.ANSWER, (led(coach, 0, 1),)))).text
    assert "earn?\nAn apprentice gets less. A head baker: more than $30,000.\n\nThe median is $30,000 a year.\n" in text


def test_each_part_of_an_answer_begins_with_what_the_question_names(coach: Coach) -> None:
    text = seen(view(coach, Answer(Kind.ANSWER, (*matches(coach, "night"), led(coach, 0))))).text
    assert "Most start at three in the morning." in text
    assert "An apprentice gets less.\n\nThe median" in text


def test_an_answer_that_is_cut_keeps_what_the_question_names() -> None:
    entry = Entry(id="pay", question="Pay?", answer="long " * 900, leads=[Lead(when=["head"], text="Much.")])
    coach = Coach.knowing(Knowledge(entries=(entry,)))
    text = seen(view(coach, Answer(Kind.ANSWER, (Match(entry, 0.9, (0,)),)))).text
    assert len(text) <= TEXT_LIMIT + 3
    assert "Much.\n\nlong" in text


def test_buttons_bring_what_the_question_names(coach: Coach) -> None:
    message = view(coach, Answer(Kind.SUGGESTIONS, (led(coach, 1), *matches(coach, "night")), (led(coach, 0),)))
    pay, night = key_of("median-pay"), key_of("night")
    assert custom_ids(message) == [f"wm:pick:1:{pay}-b", f"wm:pick:1:{night}", f"wm:not:{pay}-a"]


def test_buttons_keep_discords_limit_whatever_the_question_names(coach: Coach) -> None:
    most = led(coach, *range(LEADS_LIMIT))
    message = verdict_view(coach, Answer(Kind.SUGGESTIONS, (most, most), (most,) * 3), asker=10**20 - 1)
    assert max(map(len, custom_ids(message))) <= 100


def test_an_answer_of_two_parts_names_the_source_of_each(coach: Coach) -> None:
    text = seen(view(coach, Answer(Kind.ANSWER, matches(coach, "median-pay", "night")))).text
    assert text.count("-# Source: Bakers' union: Pay survey (as of 2024)") == 2


def test_under_an_answer_of_two_parts_is_one_way_to_the_next_best(coach: Coach) -> None:
    others = matches(coach, "training", "oven")
    message = view(coach, Answer(Kind.ANSWER, matches(coach, "median-pay", "night"), others))
    assert seen(message).buttons == ("Not this one",)
    assert custom_ids(message) == [f"wm:not:{key_of('training')}.{key_of('oven')}"]


def test_two_answers_too_long_for_one_message_are_both_cut() -> None:
    long = [Entry(id=name, question=f"{name}?", answer=f"{name} " * 500) for name in ("night", "bread")]
    coach = Coach.knowing(Knowledge(entries=tuple(long)))
    text = seen(view(coach, Answer(Kind.ANSWER, matches(coach, "night", "bread")))).text
    assert len(text.replace("\n", "")) <= TEXT_LIMIT
    assert min(text.count("night "), text.count("bread ")) > 300


def test_not_this_one_leads_to_the_next_three_at_the_most(coach: Coach) -> None:
    others = matches(coach, "pay-factors", "night", "training", "oven")
    message = view(coach, Answer(Kind.ANSWER, matches(coach, "median-pay"), others))
    assert custom_ids(message)[-1] == "wm:not:" + ".".join(map(key_of, ("pay-factors", "night", "training")))


def test_suggestions_are_buttons_in_their_order_with_none_of_these_last(coach: Coach) -> None:
    shown = seen(view(coach, Answer(Kind.SUGGESTIONS, matches(coach, "night", "median-pay"))))
    assert "Did you mean one of these?" in shown.text
    assert shown.buttons == ("Do bakers work at night?", "What does a baker earn?", "None of these")
