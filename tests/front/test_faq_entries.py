"""Naming an entry in a command: what is offered while one types, and what is found."""

from pathlib import Path

import pytest

from bot.assembly import Assembly
from bot.errors import WaymarkError
from bot.front.faq_entries import entry_choices, named_entry
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT
from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.store.drafts import Draft
from tests.making import bakers


@pytest.fixture
def assembly(tmp_path: Path) -> Assembly:
    return bakers(tmp_path)


@pytest.fixture
def coach(assembly: Assembly) -> Coach:
    return assembly.coach()


def entry(entry_id: str, question: str) -> Entry:
    return Draft(question, "So.").entry(entry_id)


def test_before_the_first_letter_entries_are_offered_too(coach: Coach) -> None:
    assert len(entry_choices(coach, "")) == 5


def test_the_best_for_what_was_typed_comes_first_and_stands_for_its_id(coach: Coach) -> None:
    best = entry_choices(coach, "work at n")[0]
    assert (best.name, best.value) == ("Do bakers work at night?", "night")


def test_choices_keep_the_limits_of_discord(assembly: Assembly, coach: Coach) -> None:
    many = assembly.extended(coach, [entry(f"rule-{n}", f"Rule {n} {'of this server ' * 12}?") for n in range(40)])
    choices = entry_choices(many, "rule")
    assert len(choices) == OPTIONS_LIMIT
    assert all(len(choice.name) <= CHOICE_LIMIT and choice.name.endswith("…") for choice in choices)
    assert all(len(choice.value) <= CHOICE_LIMIT for choice in choices)


@pytest.mark.parametrize(
    "name",
    ["night", " NIGHT\n", "Do bakers work at night?", "do bakers  work at NIGHT?", "Do bakers work", "do b"],
)
def test_an_entry_is_found_by_its_id_its_question_or_the_beginning_of_it(coach: Coach, name: str) -> None:
    assert named_entry(coach, name).id == "night"


def test_every_choice_leads_to_its_entry(coach: Coach) -> None:
    for choice in entry_choices(coach, ""):
        assert named_entry(coach, choice.value).id == choice.value


def test_a_whole_question_comes_before_a_longer_one_that_begins_so(assembly: Assembly, coach: Coach) -> None:
    longer = [entry("rules-for-guests", "What are the rules? For guests"), entry("rules", "What are the rules?")]
    assert named_entry(assembly.extended(coach, longer), "what are the rules?").id == "rules"


def test_the_communitys_entry_comes_before_the_guides_of_the_same_question(assembly: Assembly, coach: Coach) -> None:
    own = assembly.extended(coach, [entry("ours", "Do bakers work at night?")])
    assert named_entry(own, "Do bakers work at night?").id == "ours"


def test_a_beginning_that_several_share_names_none(coach: Coach) -> None:
    with pytest.raises(WaymarkError, match="There is no entry `what`") as caught:
        named_entry(coach, "what")
    assert "The nearest: " in str(caught.value)


def test_a_name_that_is_nearly_right_is_told_the_nearest(coach: Coach) -> None:
    with pytest.raises(WaymarkError, match=r"There is no entry `nigth`, so nothing was done\. The nearest: “Do bakers"):
        named_entry(coach, "nigth")


@pytest.mark.parametrize("name", ["", "  ", "``"])
def test_no_name_names_no_entry(coach: Coach, name: str) -> None:
    with pytest.raises(WaymarkError, match=r"No entry was named, so nothing was done\."):
        named_entry(coach, name)


def test_an_odd_name_stays_text(coach: Coach) -> None:
    with pytest.raises(WaymarkError) as caught:
        named_entry(coach, "` @everyone <@7> **loud** _id_\n# big " + "x" * 200)
    said = str(caught.value)
    shown = said.split("`")[1]
    assert shown.startswith("@everyone <@7> **loud** _id_ # big xxx")
    assert len(shown) <= 60
    assert said.count("`") % 2 == 0
    assert "\n" not in said
