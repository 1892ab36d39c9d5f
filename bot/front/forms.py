"""Forms that outlive a restart: what was typed reaches the bot even when it was started anew meanwhile.

discord.py knows a form only as long as the process that showed it runs; so forms are read here from what Discord sends.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.errors import answer_interaction

#: How long discord.py keeps a form that nobody sends, in seconds; it is read here all the same.
KEPT_SECONDS = 900.0


class Filled:
    """What a member put into a form, by the custom ids of its inputs."""

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self._values = values

    def text(self, custom_id: str) -> str:
        """What was typed, or the one that was picked; empty when nothing was."""
        return next(iter(self.choices(custom_id)), "")

    def choices(self, custom_id: str) -> tuple[str, ...]:
        """All that were picked, in the form's order; ids as text for members, roles and channels."""
        return self._values.get(custom_id, ())


class Form(ui.Modal):
    """A form whose custom id holds all it needs.

    Each kind gives a `template` whose named groups are the arguments of its `__init__` as text, and `filled`. The
    arguments that only show something, such as texts to begin with, have defaults.
    """

    template: ClassVar[re.Pattern[str]]
    #: Whether it counts as little as the lightest of buttons (`Persistent`), so that no note is refused.
    is_light: ClassVar[bool] = False

    def __init__(self, *, title: str, custom_id: str) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=KEPT_SECONDS)

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """What happens when a member sends the form."""
        raise NotImplementedError


async def receive(interaction: Interaction, forms: Sequence[type[Form]]) -> None:
    """Leads a form that was sent to its kind; whatever goes wrong reaches the member and the log."""
    data = cast("dict[str, Any]", interaction.data)
    try:
        for form in forms:
            match = form.template.fullmatch(data["custom_id"])
            if match is not None:
                interaction.client.cooldown.check(interaction.user, interaction.created_at, light=form.is_light)
                made = cast("Any", form)(**match.groupdict())
                await made.filled(interaction, Filled(dict(_values(data["components"]))))
                return
        raise WaymarkError("That form is from an older version of me, and nothing was saved. Open it again.")
    except Exception as error:  # noqa: BLE001 - the funnel takes all there is
        await answer_interaction(interaction, error)


def _values(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each input's custom id with what was put in."""
    for component in components:
        yield from _values(component.get("components", ()))
        if "component" in component:
            yield from _values((component["component"],))
        if "custom_id" in component:
            value = component.get("values", component.get("value"))
            if isinstance(value, list):
                yield component["custom_id"], tuple(map(str, value))
            elif value is not None and value is not False:
                yield component["custom_id"], ("yes" if value is True else str(value),)


def label(text: str, item: ui.Item[Any], description: str | None = None) -> ui.Label[Any]:
    """An input of a form with the words above it (45 characters at most) and below (100 at most)."""
    return ui.Label(text=text, component=item, description=description)


def text_input(  # noqa: PLR0913 - what a text input is made of
    custom_id: str,
    *,
    long: bool = False,
    default: str = "",
    placeholder: str | None = None,
    required: bool = True,
    most: int | None = None,
) -> ui.TextInput[Any]:
    """A line, or with `long` a paragraph, to type; begins with `default`."""
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return ui.TextInput(
        custom_id=custom_id, style=style, default=default or None, placeholder=placeholder, required=required,
        max_length=most,
    )  # fmt: skip
