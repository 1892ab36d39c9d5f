"""Papers hold what the member wrote, blanks for the rest, and nothing else about them."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.paper import document
from bot.knowledge.loading import load_knowledge
from bot.knowledge.practice_models import PaperForm
from bot.knowledge.shipped import shipped_knowledge


def form(*prompts: dict[str, object], about: Literal["member", "job"] = "member", letter: bool = False) -> PaperForm:
    section = {"id": "work", "heading": "Work", "prompts": [*prompts], "checks": ["Read it aloud."]}
    return PaperForm.model_validate(
        {
            "id": "p",
            "name": "Paper",
            "about": about,
            "letter": letter,
            "intro": "i",
            "entry": "e",
            "sections": [section],
        }
    )


JOB: dict[str, object] = {"id": "job", "label": "Your job", "hint": "Where and when"}
DUTIES: dict[str, object] = {"id": "duties", "label": "Duties", "as_list": True, "suggestions": ["Bake.", "Sell."]}


def shipped() -> list[PaperForm]:
    files = load_knowledge(shipped_knowledge()).coaching["library-media-specialist"]
    assert files.practice is not None
    return files.practice.papers


def test_an_answer_stands_below_its_heading_in_the_member_s_own_words() -> None:
    text = document(form(JOB), {"job": "  Baker in Ulm\r\nsince 2019 "})
    assert text == (
        "# Paper\n\n## Work\n\nBaker in Ulm\nsince 2019\n\n---\n\n## Before you use it\n\n"
        "Delete this part when all is done.\n\n- [ ] Read it aloud.\n"
    )


def test_what_was_not_answered_is_a_marked_blank_and_on_the_list() -> None:
    for answers in ({}, {"job": " \n "}):
        text = document(form(JOB), answers)
        assert "[To fill in: Your job (Where and when)]" in text
        assert "- [ ] Fill in or delete: Your job\n" in text


def test_each_line_of_a_list_is_an_item_with_one_mark() -> None:
    text = document(form({**JOB, "as_list": True}), {"job": "- Ulm\n\n• Bonn\n  * Kiel\n12. May 2020"})
    assert "\n\n- Ulm\n- Bonn\n- Kiel\n- 12. May 2020\n\n" in text


def test_what_stands_before_an_answer_is_on_its_line_and_above_a_list() -> None:
    assert "\n\n**Job:** Baker\n\n" in document(form({**JOB, "before": "Job"}), {"job": "Baker"})
    assert "\n\n**Job:**\n\n- Baker\n\n" in document(form({**JOB, "before": "Job", "as_list": True}), {"job": "Baker"})


def test_suggestions_are_marked_and_give_way_to_an_answer() -> None:
    text = document(form(DUTIES, about="job"), {})
    assert "- [Suggestion: keep, change or delete] Bake.\n- [Suggestion: keep, change or delete] Sell.\n" in text
    assert "Suggestion" not in document(form(DUTIES, about="job"), {"duties": "Sweep"})


def test_a_letter_has_neither_title_nor_headings() -> None:
    text = document(form(JOB, letter=True), {"job": "Dear Ms Ott"})
    assert text.startswith("Dear Ms Ott\n\n---\n")


def test_a_paper_with_nothing_left_to_look_at_ends_without_a_list() -> None:
    section = {"id": "work", "heading": "Work", "prompts": [JOB]}
    whole = PaperForm.model_validate({**form(JOB).model_dump(), "sections": [section]})
    assert document(whole, {"job": "Baker"}) == "# Paper\n\n## Work\n\nBaker\n"


def test_answers_to_prompts_that_the_form_lost_are_kept() -> None:
    text = document(form(JOB), {"job": "Baker", "gone": "Ulm"})
    assert text.index("## Also answered\n\nUlm\n") < text.index("## Before you use it")


@pytest.mark.parametrize("paper", shipped(), ids=lambda paper: paper.id)
@given(data=st.data())
def test_nothing_is_said_of_a_member_but_what_they_said_and_all_of_that_is_kept(
    paper: PaperForm, data: st.DataObject
) -> None:
    prompts = [prompt for section in paper.sections for prompt in section.prompts]
    word = st.text("abcz ", min_size=1, max_size=20)
    some = st.sampled_from([prompt.id for prompt in prompts])
    answers = data.draw(st.dictionaries(some, st.lists(word, max_size=4).map("\n".join)))
    lines = document(paper, answers).splitlines()
    said = {line.strip() for answer in answers.values() for line in answer.splitlines() if line.strip()}
    own = {line for line in document(paper, {}).splitlines() if line}
    own |= {f"**{prompt.before}:**" for prompt in prompts if prompt.before}
    for line in filter(None, lines):
        bare = line
        for prompt in prompts:
            bare = bare.removeprefix(f"**{prompt.before}:** ")
        assert line in own or bare.strip().removeprefix("- ") in said
    for line in said:
        assert any(line in written for written in lines)
