"""Practising for an interview: one question at a time, the member's own answer beside its rubric, and what is next.

Each button names the question that it was made for: one that comes twice, or from an older card, draws nothing.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import ButtonStyle, ui

from bot.coaching.practice import Session, position, practise_next, practised, rate
from bot.front.client import Interaction, WaymarkBot
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent, Select
from bot.front.layout import (
    ANSWER,
    CHOICE_LIMIT,
    OPTIONS_LIMIT,
    Block,
    Item,
    Shown,
    heading,
    layout,
    lines,
    small,
)
from bot.front.layout import label as button_label
from bot.front.member_path import GUIDE
from bot.front.next_moves import NextMove, bar, move_blocks
from bot.front.own_words import quoted_lines
from bot.front.paper_form import PaperMenu
from bot.front.path_reply import OnPath, show
from bot.front.practice_state import (
    PracticeState,
    Practising,
    at_level,
    current,
    gone_on,
    moved,
    open_gaps,
    practising_guide,
    state_of,
)
from bot.front.saved_results import saved_skills
from bot.front.text import shorten
from bot.knowledge.knowledge import key_of
from bot.knowledge.practice_models import InterviewQuestion
from bot.store.database import StoreUnavailableError

#: A question in a custom id, as `key_of` its id.
QUESTION = r"(?P<question>[0-9a-f]{8})"
#: Most characters of an answer: all that a form takes.
ANSWER_LIMIT = 4_000
#: So much of an answer is shown beside the rubric, in characters.
SHOWN_ANSWER = 1_500
#: How many skills are named to be practised next.
NEXT_SKILLS = 3
#: How the member's own words begin in a card: what is ticked later finds them again there, as they are kept nowhere.
OWN_WORDS = "**Your answer**, in this message alone:\n"
NOT_KEPT = "What you answer is kept nowhere. I keep which questions you had and what you ticked, for you alone."
DONE, OPEN = "✓", "☐"


async def begin_page(client: WaymarkBot, member: int, practising: Practising) -> Shown:
    """What there is to practise: questions by level, gaps first for who saved some, and papers."""
    state = await state_of(client, member, practising)
    text = "One interview question at a time, with a list to check your answer against. Which level is it for?"
    menus: list[Item] = [LevelMenu("any", practising.key, practising)]
    if await saved_skills(client, member, practising.guide.guide):
        menus.append(LevelMenu("gaps", practising.key, practising))
    onward: list[Item] = []
    if state.session and (level := practising.ladder.level(state.level)):
        onward.append(PracticeButton("question", practising.key, f"Go on: {level.title}"))
    papers: list[Block] = []
    if practising.practice.papers:
        papers = [
            "**Papers:** a few short forms, and you get a file to work on.",
            PaperMenu(practising.key, practising.practice.papers),
        ]
    head = lines(heading("Practice"), text)
    return Shown(layout(ANSWER, head, *menus, onward, *papers, small(NOT_KEPT)))


async def question_page(client: WaymarkBot, member: int, practising: Practising) -> Shown:
    """The question that the member is at; another where it has left the guide; the levels where there is none yet."""
    state = await state_of(client, member, practising)
    if state.session is None:
        return await begin_page(client, member, practising)
    if current(practising, state.session) is None:
        state = await at_level(client, member, practising, state.level)
    return Shown(question_card(practising, state))


async def next_page(client: WaymarkBot, member: int, practising: Practising) -> Shown:
    """The skills to practise next, and how those that were practised went."""
    state = await state_of(client, member, practising)
    session = state.session
    if session is None:
        return await begin_page(client, member, practising)
    gaps = await open_gaps(client, member, practising, session.level)
    return Shown(next_view(practising, session, gaps))


def next_view(practising: Practising, session: Session, gaps: Sequence[str]) -> ui.LayoutView:
    """The skills to practise next; `gaps`: those that the member saved, those that matter most first."""
    names = practise_next(practising.practice, session, gaps)
    went = {each.skill: each for each in practised(practising.practice, session)}
    moves = []
    for name in names[:NEXT_SKILLS]:
        skill, how = practising.skills.skill(name), went.get(name)
        if skill:
            told = f"{bar(100 * how.share)} You ticked {how.ticked} of {how.of}." if how else "Not practiced yet."
            because = " It is one of your gaps." if name in gaps else ""
            moves.append(NextMove(f"{skill.name}.", told + because, skill.entry, skill.step))
    text = "" if moves else "Nothing is open: all that you ticked went wholly well. Another level may ask more of you."
    if not went:
        text = "Nothing is ticked yet. Answer a question and tick what your answer showed; then this tells you more."
        text += " Until then, these are the gaps that you saved." if moves else ""
    blocks = move_blocks(practising.knowledge, practising.guide.guide, moves)
    onward: list[Item] = [PracticeButton("question", practising.key, "Back to the question")]
    return layout(ANSWER, lines(heading("What to practice next"), text), *blocks, onward)


PAGES = {"begin": begin_page, "question": question_page, "next": next_page}


def _head(practising: Practising, session: Session | None, question: InterviewQuestion) -> str:
    """The title with where the question stands in its round, and the question."""
    level = practising.ladder.level(question.level)
    title = "Interview question"
    if session and question.id in session.seen:
        upto = replace(session, seen=session.seen[: session.seen.index(question.id) + 1])
        number, total = position(practising.practice, upto)
        title = f"Question {number} of {total}"
    again = f", round {session.round + 1}" if session and session.round else ""
    return lines(heading(title), small(f"{level.title if level else ''}{again}"), f"**{question.question}**")


def question_card(practising: Practising, state: PracticeState) -> ui.LayoutView:
    """The question that the member is at, which the state has and the guide too."""
    session = state.session
    question = current(practising, session) if session else None
    assert session is not None
    assert question is not None
    ticks = session.ticks.get(question.id)
    before = f"Last time you ticked {len(ticks)} of {len(question.rubric)}." if ticks is not None else ""
    toward = "Questions about your gaps come first." if state.toward_gaps else ""
    buttons: list[Item] = [
        WriteAnswerButton(practising.key, key_of(question.id)),
        *_onward(practising, question),
    ]
    hint = "Say it aloud first if you can, then write it down in a few sentences."
    return layout(
        ANSWER, _head(practising, session, question), lines(hint, before), buttons, small(lines(toward, NOT_KEPT))
    )


def answered_card(
    practising: Practising, session: Session | None, question: InterviewQuestion, own: str, told: str = ""
) -> ui.LayoutView:
    """The member's own words beside the rubric, with what is ticked, and one way to build an answer."""
    ticks = session.ticks.get(question.id, ()) if session else ()
    rubric = [f"{DONE if at in ticks else OPEN} {point}" for at, point in enumerate(question.rubric)]
    outline = [f"- {point}" for point in question.outline]
    return layout(
        ANSWER,
        _head(practising, session, question),
        own,
        ui.Separator(),
        lines("**What did your answer show?** Tick it for yourself.", *rubric, told and f"**{told}**"),
        RubricMenu(practising.key, key_of(question.id), question.rubric, ticks),
        ui.Separator(),
        lines("**One way to build it**", *outline),
        _onward(practising, question),
        small(NOT_KEPT),
    )


def _onward(practising: Practising, question: InterviewQuestion) -> list[Item]:
    key = practising.key
    return [
        NextQuestionButton(key, key_of(question.id)),
        PracticeButton("next", key, "What to practice next"),
        PracticeButton("begin", key, "Change level"),
    ]


class LevelMenu(OnPath[Select], template=rf"wm:practice-level:(?P<order>any|gaps):{GUIDE}"):
    """Chooses the level to practise for, in any order or with one's gaps first."""

    def __init__(self, order: str, guide: str, practising: Practising | None = None) -> None:
        self.order, self.guide = order, guide
        asked = [question.level for question in practising.practice.questions] if practising else []
        options = [
            discord.SelectOption(label=level.title, value=level.id, description=f"{asked.count(level.id)} questions")
            for level in (practising.ladder.levels if practising else ())
        ]
        text = "Toward my gaps, at which level?" if order == "gaps" else "Questions for which level?"
        super().__init__(Select(custom_id=f"wm:practice-level:{order}:{guide}", placeholder=text, options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """The question that the member is at there, or a first one."""
        client, member = interaction.client, interaction.user.id
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        level = self.item.values[0]
        state = await at_level(client, member, practising, level, gaps_first=self.order == "gaps")
        return Shown(question_card(practising, state))


class PracticeButton(OnPath[Button], template=rf"wm:practice:(?P<page>begin|question|next):{GUIDE}"):
    """Goes to another page of practising."""

    def __init__(self, page: str, guide: str, text: str = "") -> None:
        self.page, self.guide = page, guide
        super().__init__(Button(custom_id=f"wm:practice:{page}:{guide}", label=button_label(text) or None))

    async def shown(self, interaction: Interaction) -> Shown:
        """That page."""
        practising = practising_guide(interaction.client.coaches.base.knowledge, self.guide)
        return await PAGES[self.page](interaction.client, interaction.user.id, practising)


class NextQuestionButton(OnPath[Button], template=rf"wm:practice-after:{GUIDE}:{QUESTION}"):
    """Draws the question after this one; where the member has gone on already, it shows the one they are at."""

    def __init__(self, guide: str, question: str) -> None:
        self.guide, self.question = guide, question
        super().__init__(Button(custom_id=f"wm:practice-after:{guide}:{question}", label="Next question"))

    async def shown(self, interaction: Interaction) -> Shown:
        """It."""
        client, member = interaction.client, interaction.user.id
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        await gone_on(client, member, practising, self.question)
        return await question_page(client, member, practising)


class WriteAnswerButton(Persistent[Button], template=rf"wm:practice-write:{GUIDE}:{QUESTION}"):
    """Opens the form for an answer."""

    is_light = True

    def __init__(self, guide: str, question: str) -> None:
        self.guide, self.question = guide, question
        super().__init__(
            Button(custom_id=f"wm:practice-write:{guide}:{question}", label="Answer", style=ButtonStyle.primary)
        )

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        question = practising_guide(interaction.client.coaches.base.knowledge, self.guide).question(self.question)
        form = SentAnswerForm(self.guide, self.question)
        form.add_item(ui.TextDisplay(f"**{question.question}**"))
        text = text_input("answer", long=True, most=ANSWER_LIMIT)
        form.add_item(label("Your answer", text, "Kept nowhere: it only comes back to you, beside the list"))
        await interaction.response.send_modal(form)


class SentAnswerForm(Form):
    """The form for an answer, whose text goes back to the member and nowhere else."""

    is_light = True
    template = re.compile(rf"wm:practice-answer:{GUIDE}:{QUESTION}")

    def __init__(self, guide: str, question: str) -> None:
        self.guide, self.question = guide, question
        super().__init__(title="Your answer", custom_id=f"wm:practice-answer:{guide}:{question}")

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows it beside the rubric."""
        await show(interaction, self._shown(interaction, values.text("answer")))

    async def _shown(self, interaction: Interaction, answer: str) -> Shown:
        client = interaction.client
        own = OWN_WORDS + quoted_lines(answer, SHOWN_ANSWER)
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        question = practising.question(self.question)
        try:
            state = await state_of(client, interaction.user.id, practising)
        except StoreUnavailableError:
            # What was written must not be lost only because nothing can be looked up.
            return Shown(answered_card(practising, None, question, own))
        return Shown(answered_card(practising, state.sessions.get(question.level), question, own))


class RubricMenu(OnPath[Select], template=rf"wm:practice-rubric:{GUIDE}:{QUESTION}"):
    """Ticks what the member's answer showed, for themselves."""

    def __init__(self, guide: str, question: str, rubric: Sequence[str] = (), ticks: Sequence[int] = ()) -> None:
        self.guide, self.question = guide, question
        options = [
            discord.SelectOption(label=shorten(point, CHOICE_LIMIT), value=str(at), default=at in ticks)
            for at, point in enumerate(rubric)
        ]
        menu: Select = Select(
            custom_id=f"wm:practice-rubric:{guide}:{question}",
            placeholder="Tick what your answer showed",
            options=options,
            min_values=0,
            max_values=max(1, len(options)),
        )
        super().__init__(menu)

    async def shown(self, interaction: Interaction) -> Shown:
        """The same card with the ticks, which are saved."""
        client, member = interaction.client, interaction.user.id
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        question = practising.question(self.question)
        ticks = [int(value) for value in self.item.values if value.isdecimal()]
        seed = secrets.randbits(32)

        def move(state: PracticeState) -> PracticeState:
            session = state.sessions.get(question.level) or Session(question.level, seed, seen=(question.id,))
            return state.with_session(rate(practising.practice, session, question.id, ticks))

        state = await moved(client, member, practising, move)
        told = f"You ticked {len(ticks)} of {len(question.rubric)}."
        own = _own_words(interaction.message)
        return Shown(answered_card(practising, state.sessions.get(question.level), question, own, told))


def _own_words(message: discord.Message | None) -> str:
    """What the member wrote, as the card shows it; empty where it does not."""
    for component in message.components if message else ():
        for part in component.children if isinstance(component, discord.Container) else ():
            if isinstance(part, discord.TextDisplay) and part.content.startswith(OWN_WORDS):
                return part.content
    return ""


class PractisedMenu(OnPath[Select], template=r"wm:practised"):
    """Chooses one of several careers to practise for."""

    def __init__(self, guides: Sequence[Practising] = ()) -> None:
        options = [
            discord.SelectOption(label=shorten(each.guide.title, CHOICE_LIMIT), value=each.key)
            for each in guides[:OPTIONS_LIMIT]
        ]
        super().__init__(Select(custom_id="wm:practised", placeholder="Which career?", options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """What there is to practise for it."""
        practising = practising_guide(interaction.client.coaches.base.knowledge, self.item.values[0])
        return await begin_page(interaction.client, interaction.user.id, practising)


async def first_page(client: WaymarkBot, member: int, guides: Sequence[Practising]) -> Shown:
    """What practising begins with: the careers, where there are several to choose from."""
    if len(guides) > 1:
        return Shown(layout(ANSWER, heading("Which career?"), PractisedMenu(guides)))
    return await begin_page(client, member, guides[0])
