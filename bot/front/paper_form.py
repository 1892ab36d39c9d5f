"""Papers such as a resume: a form for each of their sections, one after the other, and a file at the end.

What is written waits with the member's practice, so that nothing is lost between two forms, and goes with the file.
"""

import io
import re
from collections.abc import Mapping, Sequence

import discord
from discord import ButtonStyle, ui

from bot.coaching.paper import document
from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import EntryButton
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, MISS, OPTIONS_LIMIT, Item, Shown, heading, layout, lines, small
from bot.front.layout import label as button_label
from bot.front.member_path import GUIDE, soon
from bot.front.own_words import quoted_lines
from bot.front.path_reply import OnPath, show
from bot.front.practice_state import Practising, moved, practising_guide, state_of
from bot.front.reply import in_time, reply
from bot.knowledge.knowledge import key_of
from bot.knowledge.practice_models import PaperForm, PaperSection
from bot.knowledge.skills_models import FIELDS_LIMIT

#: A paper, and a section of one, in a custom id, as `key_of` their ids.
PAPER, SECTION = r"(?P<paper>[0-9a-f]{8})", r"(?P<section>[0-9a-f]{8})"
#: Most characters of an answer to a prompt.
TEXT_LIMIT = 1_500
#: So much of the file is shown, in characters.
PREVIEW = 1_200
#: What makes a heading of a line, or a strong label at its beginning, in a file of Markdown.
_MARKS = re.compile(r"(?m)^#+ |^\*\*([^*\n]+:)\*\*")
KEPT = (
    "What you write is kept, for you alone, until the file is made; then it goes from here. “Throw away” and "
    "`/privacy forget` let it go at once."
)


def paper_of(practising: Practising, key: str) -> PaperForm:
    """The paper that a custom id names; raises `WaymarkError` when it is not there any more."""
    for paper in practising.practice.papers:
        if key_of(paper.id) == key:
            return paper
    raise WaymarkError("That paper has left the guide. What you wrote is kept; `/practice` has the others.")


def section_of(paper: PaperForm, key: str) -> PaperSection:
    """The section that a custom id names; raises `WaymarkError` when it is not there any more."""
    for section in paper.sections:
        if key_of(section.id) == key:
            return section
    raise WaymarkError("That section is not part of the paper any more. What you wrote before is kept.")


async def paper_page(
    client: WaymarkBot, member: int, practising: Practising, paper: PaperForm, told: str = ""
) -> Shown:
    """The paper's sections, what is filled in, and which comes next."""
    state = await state_of(client, member, practising)
    return Shown(paper_view(practising, paper, state.papers.get(paper.id, {}), told))


def paper_view(practising: Practising, paper: PaperForm, texts: Mapping[str, str], told: str = "") -> ui.LayoutView:
    """The paper's sections. `texts`: what was written, by prompt; `told`: what has just become of it."""
    sent = [is_sent(section, texts) for section in paper.sections]
    status = [f"{'✓' if done else '☐'} {part.heading}" for part, done in zip(paper.sections, sent, strict=True)]
    key, paper_key = practising.key, key_of(paper.id)
    following = sent.index(False) if False in sent else None
    buttons: list[Item] = []
    said = "**All sections are filled in.**"
    if following is not None:
        section = paper.sections[following]
        said = f"**Section {following + 1} of {len(sent)} comes next: {section.heading}.**"
        buttons.append(SectionButton(key, paper_key, key_of(section.id), f"Fill in: {section.heading}"))
    if texts:
        buttons += [MakeFileButton(key, paper_key, is_next=following is None), DiscardButton(key, paper_key)]
    entry = practising.knowledge.entry(paper.entry)
    return layout(
        ANSWER,
        lines(heading(paper.name), told, paper.intro),
        lines(*status, said),
        buttons,
        SectionMenu(key, paper_key, paper.sections),
        EntryButton(key_of(entry.id), entry.question) if entry else "",
        small(KEPT),
    )


def is_sent(section: PaperSection, texts: Mapping[str, str]) -> bool:
    """Whether the section's form was sent, be it empty."""
    return all(prompt.id in texts for prompt in section.prompts)


class PaperMenu(OnPath[Select], template=rf"wm:papers:{GUIDE}"):
    """Chooses a paper to write."""

    def __init__(self, guide: str, papers: Sequence[PaperForm] = ()) -> None:
        self.guide = guide
        options = [discord.SelectOption(label=paper.name, value=key_of(paper.id)) for paper in papers[:OPTIONS_LIMIT]]
        super().__init__(Select(custom_id=f"wm:papers:{guide}", placeholder="Write a paper", options=options))

    async def shown(self, interaction: Interaction) -> Shown:
        """Its sections."""
        practising = practising_guide(interaction.client.coaches.base.knowledge, self.guide)
        paper = paper_of(practising, self.item.values[0])
        return await paper_page(interaction.client, interaction.user.id, practising, paper)


class SectionButton(Persistent[Button], template=rf"wm:paper-section:{GUIDE}:{PAPER}:{SECTION}"):
    """Opens the form of a section."""

    is_light = True

    def __init__(self, guide: str, paper: str, section: str, text: str = "") -> None:
        self.guide, self.paper, self.section = guide, paper, section
        custom_id = f"wm:paper-section:{guide}:{paper}:{section}"
        super().__init__(Button(custom_id=custom_id, label=button_label(text) or None, style=ButtonStyle.primary))

    async def used(self, interaction: Interaction) -> None:
        """Opens it with what was written before."""
        await _open_section(interaction, self.guide, self.paper, self.section)


class SectionMenu(Persistent[Select], template=rf"wm:paper-sections:{GUIDE}:{PAPER}"):
    """Opens the form of any section."""

    is_light = True

    def __init__(self, guide: str, paper: str, sections: Sequence[PaperSection] = ()) -> None:
        self.guide, self.paper = guide, paper
        options = [discord.SelectOption(label=section.heading, value=key_of(section.id)) for section in sections]
        custom_id = f"wm:paper-sections:{guide}:{paper}"
        super().__init__(Select(custom_id=custom_id, placeholder="Open any section", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Opens it with what was written before."""
        await _open_section(interaction, self.guide, self.paper, self.item.values[0])


async def _open_section(interaction: Interaction, guide: str, paper_key: str, section_key: str) -> None:
    client = interaction.client
    practising = practising_guide(client.coaches.base.knowledge, guide)
    paper = paper_of(practising, paper_key)
    section = section_of(paper, section_key)
    state = await soon(state_of(client, interaction.user.id, practising))
    form = SentSectionForm(guide, paper_key, section_key).showing(section, state.papers.get(paper.id, {}))
    await interaction.response.send_modal(form)


class SentSectionForm(Form):
    """The form of a section: opened with what was written before, kept once it is sent."""

    is_light = True
    template = re.compile(rf"wm:paper-form:{GUIDE}:{PAPER}:{SECTION}")

    def __init__(self, guide: str, paper: str, section: str) -> None:
        self.guide, self.paper, self.section = guide, paper, section
        super().__init__(title="Your paper", custom_id=f"wm:paper-form:{guide}:{paper}:{section}")

    def showing(self, section: PaperSection, texts: Mapping[str, str]) -> "SentSectionForm":
        """The form with its prompts."""
        self.title = section.heading
        for at, prompt in enumerate(section.prompts):
            default = texts.get(prompt.id, "")[:TEXT_LIMIT]
            text = text_input(_input(at), long=True, default=default, required=False, most=TEXT_LIMIT)
            self.add_item(label(prompt.label, text, prompt.hint))
        return self

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Keeps the texts and shows what comes next; what cannot be kept is given back as a file."""
        try:
            await show(interaction, self._shown(interaction, values))
        except WaymarkError as error:
            words = "\n\n".join(filter(None, (values.text(_input(at)) for at in range(FIELDS_LIMIT))))
            if not words:
                raise
            view = layout(MISS, f"{error}\n\nWhat you wrote is in this file.", ui.File("attachment://your-words.txt"))
            file = discord.File(io.BytesIO(words.encode()), "your-words.txt")
            await reply(interaction, view, private=True, files=[file])

    async def _shown(self, interaction: Interaction, values: Filled) -> Shown:
        client, member = interaction.client, interaction.user.id
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        paper = paper_of(practising, self.paper)
        section = section_of(paper, self.section)
        texts = {prompt.id: values.text(_input(at)) for at, prompt in enumerate(section.prompts)}
        await moved(client, member, practising, lambda state: state.with_paper(paper.id, texts))
        return await paper_page(client, member, practising, paper)


def _input(place: int) -> str:
    """An input by its place: what was written can be given back even when the section has left the guide."""
    return f"text-{place}"


class MakeFileButton(Persistent[Button], template=rf"wm:paper-file:{GUIDE}:{PAPER}"):
    """Makes the file, gives it to the member, and lets go of what it was made from."""

    is_light = True

    def __init__(self, guide: str, paper: str, *, is_next: bool = False) -> None:
        self.guide, self.paper = guide, paper
        style = ButtonStyle.primary if is_next else ButtonStyle.secondary
        super().__init__(Button(custom_id=f"wm:paper-file:{guide}:{paper}", label="Make the file", style=style))

    async def used(self, interaction: Interaction) -> None:
        """Sends it below. Only then the texts go: a file that does not arrive can be made again."""
        client, member = interaction.client, interaction.user.id
        if interaction.guild_id is not None and not interaction.app_permissions.attach_files:
            raise WaymarkError(
                "I may not send files in this channel. What you wrote is kept; use `/practice` in a direct message to "
                "me, and make the file there."
            )
        async with in_time(interaction, private=True):
            practising = practising_guide(client.coaches.base.knowledge, self.guide)
            paper = paper_of(practising, self.paper)
            texts = (await state_of(client, member, practising)).papers.get(paper.id)
        if not texts:
            raise WaymarkError(
                "There is nothing written to make a file of. Either it was made already, or thrown away."
            )
        content, name = document(paper, texts), f"{paper.id}.md"
        text = lines(
            heading(paper.name),
            "Your file. The checklist at its end says what to look at before you use it. What you wrote is in the file "
            "alone now, so keep it.",
        )
        preview = lines("**How it begins**", quoted_lines(_beginning(content), PREVIEW))
        file = discord.File(io.BytesIO(content.encode()), name)
        await reply(
            interaction, layout(ANSWER, text, ui.File(f"attachment://{name}"), preview), private=True, files=[file]
        )
        # What was added on another device meanwhile is in no file yet.
        await moved(
            client, member, practising,
            lambda state: state.without_paper(paper.id) if state.papers.get(paper.id) == texts else state,
        )  # fmt: skip


def _beginning(content: str) -> str:
    """How the file begins: without the list at its end, and without the marks of headings and labels."""
    return _MARKS.sub(r"\1", content.rpartition("\n---\n")[0] or content)


class DiscardButton(OnPath[Button], template=rf"wm:paper-discard:{GUIDE}:{PAPER}"):
    """Lets go of all that was written for a paper."""

    def __init__(self, guide: str, paper: str) -> None:
        self.guide, self.paper = guide, paper
        super().__init__(Button(custom_id=f"wm:paper-discard:{guide}:{paper}", label="Throw away"))

    async def shown(self, interaction: Interaction) -> Shown:
        """The empty paper."""
        client, member = interaction.client, interaction.user.id
        practising = practising_guide(client.coaches.base.knowledge, self.guide)
        paper = paper_of(practising, self.paper)
        await moved(client, member, practising, lambda state: state.without_paper(paper.id))
        return await paper_page(client, member, practising, paper, "What you had written is gone.")
