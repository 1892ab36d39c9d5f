"""Reads a message of the bot as a member sees it: its texts, its buttons, what its menus offer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import discord
from simcord.results import InteractionResult, ResponseMessage


@dataclass(frozen=True)
class Seen:
    """Texts joined from top to bottom, labels of buttons, and labels of menu options, in order."""

    text: str
    buttons: tuple[str, ...]
    options: tuple[str, ...]


def seen(message: discord.Message | ResponseMessage | None) -> Seen:
    """What the message shows; fails when there is none."""
    assert message is not None, "the bot said nothing"
    parts = list(_walk(_raw(message)))
    return Seen(
        "\n".join(part["content"] for part in parts if part["type"] == 10),
        tuple(part["label"] for part in parts if part["type"] == 2),
        tuple(option["label"] for part in parts if part["type"] == 3 for option in part["options"]),
    )


def option(message: discord.Message | ResponseMessage | None, label: str) -> tuple[str, str]:
    """The custom id of the menu that has the option, and the option's value."""
    assert message is not None
    return next(
        (part["custom_id"], one["value"])
        for part in _walk(_raw(message))
        if part["type"] == 3
        for one in part["options"]
        if one["label"] == label
    )


def answered(result: InteractionResult) -> ResponseMessage:
    """The message that an interaction was answered with; fails when there is none."""
    assert result.response is not None, "the interaction was not answered"
    return result.response


def _raw(message: discord.Message | ResponseMessage) -> list[dict[str, Any]]:
    if isinstance(message, ResponseMessage):
        return message.components
    return [cast("dict[str, Any]", component.to_dict()) for component in message.components]


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
