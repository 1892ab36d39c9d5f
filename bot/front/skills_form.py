"""The forms in which members rate their skills, one for each group of them."""

import re
from collections.abc import Iterator

import discord
from discord import ui

from bot.coaching.skills import Ratings
from bot.errors import WaymarkError
from bot.front.carried import CODE, Carried, carried_in
from bot.front.client import Interaction, WaymarkBot
from bot.front.forms import Filled, Form, label
from bot.front.items import Button, Persistent
from bot.front.layout import label as button_label
from bot.knowledge.skills_models import SkillGroup

#: What the ratings are for, and where they lead to: the skills gap, or readiness.
AIM = r"(?P<aim>skills|ready)"
#: A group of skills by its place in the file.
GROUP = r"(?P<group>[0-9]{1,2})"


class RateButton(Persistent[Button], template=rf"wm:rate:{AIM}:{GROUP}:{CODE}"):
    """Opens the form for a group of skills, as it was ticked before."""

    is_light = True

    def __init__(self, aim: str, group: str, code: str, text: str = "", *, is_next: bool = False) -> None:
        self.aim, self.group, self.code = aim, group, code
        style = discord.ButtonStyle.primary if is_next else discord.ButtonStyle.secondary
        super().__init__(
            Button(custom_id=f"wm:rate:{aim}:{group}:{code}", label=button_label(text) or None, style=style)
        )

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        form = SkillsForm(self.aim, self.group, self.code)
        await interaction.response.send_modal(form.showing(form.carried(interaction.client)))


class SkillsForm(Form):
    """The form for a group of skills as it is opened: for each rating the skills to tick."""

    is_light = True
    template = re.compile(rf"wm:rated:{AIM}:{GROUP}:{CODE}")

    def __init__(self, aim: str, group: str, code: str) -> None:
        self.aim, self.group, self.code = aim, int(group), code
        super().__init__(title="Your skills", custom_id=f"wm:rated:{aim}:{group}:{code}")

    def carried(self, client: WaymarkBot) -> Carried:
        """The check as it was when the form was opened; raises `WaymarkError` when it fits no more."""
        carried = carried_in(client.coaches.base.knowledge, self.code)
        if self.group >= len(carried.checked.skills.groups):
            raise WaymarkError("Those skills are not asked for any more. Begin again with `/skills`.")
        return carried

    def showing(self, carried: Carried) -> "SkillsForm":
        """The form with its checkboxes, ticked as the skills are rated."""
        group = carried.checked.skills.groups[self.group]
        self.title = group.title
        for item in _groups(carried, group):
            self.add_item(item)
        return self

    def rated(self, carried: Carried, values: Filled) -> Ratings:
        """The ratings with those of the form."""
        group = carried.checked.skills.groups[self.group]
        ticks = {rating: values.choices(f"rating-{rating}") for rating in range(1, len(carried.checked.skills.ratings))}
        return carried.ratings.updated(Ratings.ticked([skill.id for skill in group.skills], ticks))


def _groups(carried: Carried, group: SkillGroup) -> Iterator[ui.Label[ui.LayoutView]]:
    """A group of checkboxes for each rating but the lowest, which is what has no tick."""
    for rating, name in enumerate(carried.checked.skills.ratings):
        if rating:
            options = [
                discord.CheckboxGroupOption(
                    label=skill.name,
                    value=skill.id,
                    # Once is enough: three times would be a long way to go on a phone.
                    description=skill.about if rating == 1 else None,
                    default=carried.ratings.of(skill) == rating,
                )
                for skill in group.skills
            ]
            boxes: ui.CheckboxGroup[ui.LayoutView] = ui.CheckboxGroup(
                custom_id=f"rating-{rating}", options=options, required=False, min_values=0
            )
            yield label(name.name, boxes, name.meaning)
