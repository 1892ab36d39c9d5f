"""The knowledge as one value: looking up, filling in, laying a community's entries over it."""

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.loading import load_knowledge
from bot.knowledge.models import LEADS_LIMIT, Entry, Lead
from tests.knowledge.folders import ENTRY, knowledge_folder

TODAY = dt.date(2026, 7, 1)


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return load_knowledge(knowledge_folder(tmp_path))


def entry(entry_id: str, answer: str = "An answer.") -> Entry:
    return Entry(id=entry_id, question=f"What is {entry_id}?", answer=answer)


def test_an_answer_shows_its_figures(knowledge: Knowledge) -> None:
    assert knowledge.text_of(knowledge.entries[0], TODAY) == "The median is $30,000 a year."


def test_a_figure_that_no_guide_defines_stays_as_written(knowledge: Knowledge) -> None:
    assert knowledge.text_of(entry("x", "About {nothing}."), TODAY) == "About {nothing}."


def test_wrapped_lines_are_joined_and_lists_and_paragraphs_stay(knowledge: Knowledge) -> None:
    text = "One line\nwrapped.\n\nA list:\n- first\n  goes on\n- second\n1. third"
    assert knowledge.text_of(entry("x", text), TODAY) == (
        "One line wrapped.\n\nA list:\n- first goes on\n- second\n1. third"
    )


def test_lines_of_code_stay_as_they_are(knowledge: Knowledge) -> None:
    text = "Run\nthis:\n```sh\nmake\n  it\n```\nand\nwait."
    assert knowledge.text_of(entry("x", text), TODAY) == "Run this:\n```sh\nmake\n  it\n```\nand wait."


LED = Entry(
    id="led",
    question="Pay?",
    answer="It depends.",
    leads=[Lead(when=["baker"], text="A baker: {median_pay}."), Lead(when=["head"], text="A head baker:\nmore.")],
)


def test_leads_stand_before_the_answer_in_a_paragraph_of_their_own(knowledge: Knowledge) -> None:
    assert knowledge.text_of(LED.led_by([0]), TODAY) == "A baker: $30,000.\n\nIt depends."
    assert knowledge.text_of(LED.led_by([0, 1]), TODAY) == "A baker: $30,000. A head baker: more.\n\nIt depends."


def test_without_leads_the_entry_is_itself() -> None:
    assert LED.led_by([]) is LED


def test_a_lead_that_is_gone_is_left_out(knowledge: Knowledge) -> None:
    assert knowledge.text_of(LED.led_by([-1, 1, 7]), TODAY) == "A head baker: more.\n\nIt depends."


def test_a_key_brings_the_leads_that_it_names(knowledge: Knowledge) -> None:
    community = knowledge.with_community([LED])
    assert community.entry_by_key(key_of("led", [1])) == LED.led_by([1])
    assert community.entry_by_key(key_of("led", range(LEADS_LIMIT))) == LED.led_by([0, 1])


def test_an_entry_is_found_by_id_and_by_key(knowledge: Knowledge) -> None:
    found = knowledge.entry("median-pay")
    assert found is not None
    assert knowledge.entry_by_key(key_of("median-pay")) is found
    assert knowledge.entry("gone") is None
    assert knowledge.entry_by_key("gone") is None


def test_a_key_is_the_same_after_a_restart() -> None:
    assert key_of("median-pay") == "8df90a32"
    assert key_of("median-pay", [0, 2]) == "8df90a32-ac"


def test_sources_are_told_in_one_line(knowledge: Knowledge) -> None:
    assert knowledge.source_line(knowledge.entries[0]) == "Bakers' union: Pay survey (as of 2024)"
    assert knowledge.source_line(entry("x")) == ""


def test_related_entries_come_in_the_order_of_the_entry(tmp_path: Path) -> None:
    more = ENTRY + ENTRY.replace("median-pay", "b") + ENTRY.replace("median-pay", "a").replace("[]", "[median-pay, b]")
    knowledge = load_knowledge(knowledge_folder(tmp_path, entries=more))
    assert [one.id for one in knowledge.related_to(knowledge.entries[2])] == ["median-pay", "b"]


def test_themes_group_the_entries_in_the_order_of_the_guide(knowledge: Knowledge) -> None:
    assert [(theme.id, theme.title, len(theme.entries)) for theme in knowledge.themes()] == [("pay", "Pay", 1)]
    assert knowledge.theme("pay") == knowledge.themes()[0]
    assert knowledge.theme("gone") is None


def test_entries_without_a_theme_are_browsed_as_the_communitys(knowledge: Knowledge) -> None:
    themes = knowledge.with_community([entry("rules")]).themes()
    assert [(theme.id, theme.title) for theme in themes] == [("pay", "Pay"), ("community", "From this community")]


def test_a_communitys_entries_stand_first_and_take_the_place_of_the_same_id(knowledge: Knowledge) -> None:
    own = entry("median-pay", "Ask around.")
    joined = knowledge.with_community([entry("rules"), own])
    assert [one.id for one in joined.entries] == ["rules", "median-pay"]
    found = joined.entry("median-pay")
    assert found is not None
    assert (found.question, found.answer) == (own.question, "Ask around.")


def test_a_communitys_entry_keeps_of_the_guides_what_it_does_not_say(knowledge: Knowledge) -> None:
    base = knowledge.entries[0]
    own = Entry(id=base.id, question="How much?", phrasings=[base.phrasings[0].upper(), "hourly"], answer="Ask.")
    found = knowledge.with_community([own]).entry(base.id)
    assert found is not None
    assert (found.theme, found.sources, found.related) == (base.theme, base.sources, base.related)
    assert found.phrasings == [*own.phrasings, base.question, *base.phrasings[1:]]
    assert found.leads == []


def test_a_wording_that_a_communitys_entry_has_is_not_kept_for_another(knowledge: Knowledge) -> None:
    base = knowledge.entries[0]
    taking = entry("zoo").model_copy(update={"phrasings": [base.phrasings[0]]})
    found = knowledge.with_community([entry(base.id), taking]).entry(base.id)
    assert found is not None
    assert base.phrasings[0] not in found.phrasings
