"""Filling in the form of an entry, as a moderator does."""

from collections.abc import Iterator
from typing import Any

from simcord import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from tests.front.conftest import Community
from tests.front.reading import answered


def inputs(shown: InteractionResult) -> dict[str, dict[str, Any]]:
    """The text inputs of a form by their custom ids."""
    assert shown.modal is not None, "no form was opened"
    return {item["custom_id"]: item for item in _inputs(shown.modal["components"])}


def filled_in(shown: InteractionResult) -> dict[str, str]:
    """What a form begins with, by custom ids."""
    return {name: item.get("value") or "" for name, item in inputs(shown).items()}


async def send(who: MemberActor, shown: InteractionResult, **values: str) -> InteractionResult:
    """Sends a form as it began, with these values instead."""
    return await who.submit_modal(shown, {**filled_in(shown), **values})


async def add(community: Community, question: str, answer: str = "Ask Ann.", phrasings: str = "") -> ResponseMessage:
    """The moderator's `/faq add` up to its preview."""
    shown = await community.moderator.slash(community.channel, "faq add")
    result = await send(community.moderator, shown, question=question, answer=answer, phrasings=phrasings)
    return answered(result)


async def edit(community: Community, entry: str, **values: str) -> ResponseMessage:
    """The moderator's `/faq edit` up to its preview."""
    shown = await community.moderator.slash(community.channel, "faq edit", entry=entry)
    return answered(await send(community.moderator, shown, **values))


async def ask(community: Community, question: str) -> ResponseMessage:
    """The newcomer's `/ask`."""
    return answered(await community.newcomer.slash(community.channel, "ask", question=question))


def _inputs(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        inner = component.get("component")
        yield from _inputs([*component.get("components", []), *([inner] if inner else [])])
        if component["type"] == 4:
            yield component
