"""A member's own note on a step: the form for it. What becomes of it once it is sent stands in `path_forms`."""

import re

from bot.coaching.progress import NOTE_LIMIT
from bot.front.client import Interaction
from bot.front.forms import Form, label, text_input
from bot.front.items import Button, Persistent
from bot.front.member_path import GUIDE, STEP


class NoteForm(Form):
    """The form of a note on a step."""

    template = re.compile(rf"wm:note:{GUIDE}:{STEP}")

    def __init__(self, guide: str, step: str) -> None:
        self.guide, self.step = guide, step
        super().__init__(title="A note for yourself", custom_id=f"wm:note:{guide}:{step}")
        self.add_item(label("Note", text_input("note", long=True, most=NOTE_LIMIT), "Only you see it"))


class AddNoteButton(Persistent[Button], template=rf"wm:add-note:{GUIDE}:{STEP}"):
    """Opens the form."""

    is_light = True

    def __init__(self, guide: str, step: str, *, disabled: bool = False) -> None:
        self.guide, self.step = guide, step
        super().__init__(Button(custom_id=f"wm:add-note:{guide}:{step}", label="Add a note", disabled=disabled))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await interaction.response.send_modal(NoteForm(self.guide, self.step))
