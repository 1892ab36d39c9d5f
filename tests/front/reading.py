"""Reads a message of the bot as a member sees it: its texts, its buttons, what its menus offer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import ui
from simcord.results import InteractionResult, ResponseMessage

#: What a member was sent, or what is about to be sent.
Message = discord.Message | ResponseMessage | ui.LayoutView


@dataclass(frozen=True)
class Seen:
    """Texts joined from top to bottom, labels of buttons, and labels of menu options, in order."""

    text: str
    buttons: tuple[str, ...]
    options: tuple[str, ...]


def seen(message: Message | None) -> Seen:
    """What the message shows; fails when there is none."""
    assert message is not None, "the bot said nothing"
    parts = list(_walk(_raw(message)))
    return Seen(
        "\n".join(part["content"] for part in parts if part["type"] == 10),
        tuple(part["label"] for part in parts if part["type"] == 2),
        tuple(option["label"] for part in parts if part["type"] == 3 for option in part["options"]),
    )


def option(message: Message | None, label: str) -> tuple[str, str]:
    """The custom id of the menu that has the option, and the option's value."""
    assert message is not None
    return next(
        (part["custom_id"], one["value"])
        for part in _walk(_raw(message))
        if part["type"] == 3
        for one in part["options"]
        if one["label"] == label
    )


def custom_ids(message: Message | None) -> list[str]:
    """The custom ids of buttons and menus, in order."""
    assert message is not None
    return [part["custom_id"] for part in _walk(_raw(message)) if "custom_id" in part]


def menus(message: Message | None) -> list[list[dict[str, Any]]]:
    """The options of each menu, in order."""
    assert message is not None
    return [part["options"] for part in _walk(_raw(message)) if part["type"] == 3]


def answered(result: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with; fails when there is none."""
    assert result.response is not None, "the interaction was not answered"
    return result.response


def _raw(message: Message) -> list[dict[str, Any]]:
    if isinstance(message, ResponseMessage):
        return message.components
    if isinstance(message, ui.LayoutView):
        return cast("list[dict[str, Any]]", message.to_components())  # type: ignore[no-untyped-call]
    return [cast("dict[str, Any]", component.to_dict()) for component in message.components]


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
