"""The shipped questions and papers fit what Discord takes."""

from bot.coaching.practice import Session
from bot.front.layout import TEXT_LIMIT
from bot.front.own_words import quoted_lines
from bot.front.paper_form import SentSectionForm, paper_view
from bot.front.practice_card import ANSWER_LIMIT, OWN_WORDS, SHOWN_ANSWER, answered_card, next_view, question_card
from bot.front.practice_state import PracticeState, practising_guides
from bot.knowledge.knowledge import key_of
from bot.knowledge.loading import load_knowledge
from tests.front.checking import SHIPPED, assert_fits
from tests.front.reading import seen

SHIPPED_KNOWLEDGE = load_knowledge(SHIPPED)
QUESTIONS = {"How long?", "Who eats it?", "When do you rise?"}
HOSTILE = "@everyone **bold** <@1> [a](https://x.example) `code`\n# not a heading\n```\nblock"


def test_every_question_of_the_shipped_guide_fits_a_message_with_the_longest_answer() -> None:
    own = OWN_WORDS + quoted_lines("*" * ANSWER_LIMIT, SHOWN_ANSWER)
    for practising in practising_guides(SHIPPED_KNOWLEDGE):
        for question in practising.practice.questions:
            session = Session(question.level, 1, round=9, seen=(question.id,), ticks={question.id: (0,)})
            state = PracticeState(question.level, True, {question.level: session})
            assert_fits(question_card(practising, state))
            long = answered_card(practising, session, question, own)
            assert len(seen(long).text) <= TEXT_LIMIT + 10
            assert_fits(answered_card(practising, session, question, OWN_WORDS + "> short"))


def test_what_to_practise_next_of_the_shipped_guide_fits_a_message() -> None:
    for practising in practising_guides(SHIPPED_KNOWLEDGE):
        for question in practising.practice.questions:
            session = Session(question.level, 1, seen=(question.id,), ticks={question.id: (0,)})
            assert_fits(next_view(practising, session, [skill.id for skill in practising.skills.skills]))


def test_every_page_of_the_shipped_papers_fits_a_message() -> None:
    for practising in practising_guides(SHIPPED_KNOWLEDGE):
        for paper in practising.practice.papers:
            prompts = [prompt.id for section in paper.sections for prompt in section.prompts]
            for filled in range(len(prompts) + 1):
                assert_fits(paper_view(practising, paper, dict.fromkeys(prompts[:filled], "x"), "Gone."))


def test_every_section_of_the_shipped_papers_fits_a_form() -> None:
    for practising in practising_guides(SHIPPED_KNOWLEDGE):
        for paper in practising.practice.papers:
            for section in paper.sections:
                form = SentSectionForm(practising.key, key_of(paper.id), key_of(section.id)).showing(section, {})
                assert len(form.custom_id) <= 100
                assert len(form.title) <= 45
                assert 1 <= len(form.children) <= 5
