"""What the shipped ladder, skills and practice hold, and that Discord's forms can show it."""

from collections import Counter
from functools import cache
from typing import TypeVar

import discord
from discord import ui

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.practice_models import PracticeFile
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.skills_models import LadderFile, SkillsFile

_Part = TypeVar("_Part")
ASSISTANT, SPECIALIST, SENIOR, COORDINATOR, DIRECTOR = "assistant", "specialist", "senior", "coordinator", "director"
LEVELS = [ASSISTANT, SPECIALIST, SENIOR, COORDINATOR, DIRECTOR]


@cache
def knowledge() -> Knowledge:
    return load_knowledge(shipped_knowledge())


def files() -> CoachingFiles:
    return knowledge().coaching["library-media-specialist"]


def there(part: _Part | None) -> _Part:
    assert part is not None
    return part


def ladder() -> LadderFile:
    return there(files().ladder)


def skills() -> SkillsFile:
    return there(files().skills)


def practice() -> PracticeFile:
    return there(files().practice)


def test_the_ladder_has_the_five_levels_of_the_guide_with_rising_pay() -> None:
    assert [level.id for level in ladder().levels] == LEVELS
    medians = [there(knowledge().figure(level.pay["median"])).value for level in ladder().levels]
    assert medians == [35, 58, 72, 85, 100]
    years = [there(knowledge().figure(level.years)).value for level in ladder().levels]
    assert years == [[0, 2], [2, 5], [5, 8], [8, 12], 12]


def test_there_are_the_ten_technical_and_the_eight_soft_skills_of_the_guide() -> None:
    assert [(group.id, len(group.skills)) for group in skills().groups] == [("technical", 10), ("soft", 8)]


def test_each_level_asks_more_of_some_skill_than_all_below_it() -> None:
    for place, level in enumerate(LEVELS):
        assert any(
            all(skill.needs[level] > skill.needs[below] for below in LEVELS[:place]) for skill in skills().skills
        )


def test_each_level_has_at_least_six_questions_with_rubrics_of_three_to_five_points() -> None:
    counts = Counter(question.level for question in practice().questions)
    assert min(counts[level] for level in LEVELS) >= 6
    assert all(3 <= len(question.rubric) <= 5 for question in practice().questions)


def test_each_skill_is_practised_at_the_level_that_readiness_is_for() -> None:
    level = skills().readiness.level
    asked = {skill for question in practice().questions if question.level == level for skill in question.skills}
    assert {skill.id for skill in skills().skills if skill.needs[level] >= 2} <= asked


def test_there_are_forms_for_a_resume_a_cover_letter_and_a_job_description() -> None:
    assert {"resume", "cover-letter", "job-description"} <= {paper.id for paper in practice().papers}


def test_every_rating_can_be_asked_for_in_one_form_a_group() -> None:
    for group in skills().groups:
        modal = ui.Modal(title=group.title)
        for rating in skills().ratings[1:]:
            options = [
                discord.CheckboxGroupOption(label=skill.name, value=skill.id, description=skill.about)
                for skill in group.skills
            ]
            modal.add_item(
                ui.Label(text=rating.name, description=rating.meaning, component=ui.CheckboxGroup(options=options))
            )
        assert fits(modal)


def test_readiness_can_be_asked_for_in_one_form() -> None:
    modal = ui.Modal(title="Readiness")
    for part in skills().readiness.parts:
        group: ui.RadioGroup[ui.Modal] | ui.CheckboxGroup[ui.Modal] = (
            ui.RadioGroup() if part.choose == "one" else ui.CheckboxGroup()
        )
        for choice in part.choices:
            group.add_option(label=choice.text, value=choice.id)
        modal.add_item(ui.Label(text=part.question, description=part.hint, component=group))
    assert fits(modal)


def test_each_rubric_and_each_section_of_a_paper_fits_one_form() -> None:
    for question in practice().questions:
        modal = ui.Modal(title="How did it go?")
        group: ui.CheckboxGroup[ui.Modal] = ui.CheckboxGroup()
        for at, point in enumerate(question.rubric):
            group.add_option(label=point, value=str(at))
        modal.add_item(ui.TextDisplay(question.question))
        modal.add_item(ui.Label(text="Tick what your answer had", component=group))
        assert fits(modal)
    for paper in practice().papers:
        for section in paper.sections:
            modal = ui.Modal(title=section.heading)
            for prompt in section.prompts:
                text: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=prompt.id)
                modal.add_item(ui.Label(text=prompt.label, description=prompt.hint, component=text))
            assert fits(modal)


def fits(modal: ui.Modal) -> bool:
    """Whether Discord takes the form; discord.py counts its fields and choices, lengths are left to Discord."""
    title, fields = modal.title, modal.to_dict()["components"]
    labels = [field for field in fields if field["type"] == discord.ComponentType.label.value]
    choices = [choice for label in labels for choice in label["component"].get("options", [])]
    return (
        len(title) <= 45
        and 1 <= len(fields) <= 5
        and all(len(label["label"]) <= 45 and len(label.get("description", "")) <= 100 for label in labels)
        and all(len(choice["label"]) <= 100 and len(choice.get("description", "")) <= 100 for choice in choices)
    )
