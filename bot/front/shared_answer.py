"""What a mentor shares with somebody, an entry or a command. Whoever it is meant for is pinged, and nobody else."""

from dataclasses import dataclass

import discord

from bot.front.client import Interaction
from bot.front.entry_card import entry_shown
from bot.front.helped import POINT, HelpedButton
from bot.front.layout import ANSWER, Shown, heading, layout, lines, small
from bot.front.pinging import pinging_only
from bot.front.verdicts import NotThisOneButton
from bot.knowledge.models import Entry
from bot.matching.coach import Coach


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who shares something with whom, by their ids; `number`: under which it is counted.

    `is_reply`: whether it replies to the person's message, and so needs not name them.
    """

    mentor: int
    person: int
    number: int
    is_reply: bool = False

    async def entry(self, interaction: Interaction, coach: Coach, entry: Entry, others: str = "") -> Shown:
        """The card of an entry; `others`: the keys of what "Not this one" offers."""
        more = [self._helped(), NotThisOneButton(others)]
        return await entry_shown(interaction, coach, entry, quote=self._quote(), more=more)

    def command(self, mention: str, about: str) -> Shown:
        """A command that the person can press, with a line on what it does."""
        return Shown(layout(ANSWER, self._quote(), f"{heading(mention)}\n{about}", self._helped()))

    @property
    def pinging(self) -> discord.AllowedMentions:
        """The person alone."""
        return pinging_only(self.person, reply=self.is_reply)

    def _quote(self) -> str:
        return lines("" if self.is_reply else f"<@{self.person}>", small(f"shared by <@{self.mentor}>"))

    def _helped(self) -> HelpedButton:
        return HelpedButton(POINT, self.number, self.person)
