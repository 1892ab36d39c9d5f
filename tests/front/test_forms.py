"""Forms: what was put in reaches the form's kind, after a restart too, and what goes wrong reaches the member."""

import re
from functools import partial

import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands
from simcord.results import InteractionResult

from bot import app
from bot.errors import WaymarkError
from bot.front.client import Interaction, Parts, WaymarkBot
from bot.front.cooldown import REQUESTS
from bot.front.forms import KEPT_SECONDS, Filled, Form, label, receive, text_input
from bot.front.layout import notice
from bot.front.reply import reply
from tests.front.conftest import Community
from tests.front.reading import answered, seen


class OrderForm(Form):
    """An order at a shop, with inputs of each kind that holds no ids; `note` is what it is filled in with."""

    template = re.compile(r"wm:order:(?P<shop>[a-z]+)")

    def __init__(self, shop: str, note: str = "") -> None:
        super().__init__(title="Order", custom_id=f"wm:order:{shop}")
        self.shop = shop
        sizes = [discord.RadioGroupOption(label=name, value=name) for name in ("small", "large")]
        extras = [discord.CheckboxGroupOption(label=name, value=name) for name in ("butter", "jam", "salt")]
        breads = [discord.SelectOption(label=name, value=name) for name in ("rye", "wheat", "oat")]
        self.add_item(label("Note", text_input("note", long=True, default=note, required=False, most=500)))
        self.add_item(label("Size", ui.RadioGroup(custom_id="size", options=sizes, required=False)))
        self.add_item(label("Extras", ui.CheckboxGroup(custom_id="extras", options=extras, required=False)))
        self.add_item(label("Gift", ui.Checkbox(custom_id="gift")))
        self.add_item(
            label("Bread", ui.Select(custom_id="bread", options=breads, required=False, max_values=3), "One or more")
        )

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        if values.text("note") == "burn":
            raise WaymarkError("The oven is cold.")
        if values.text("note") == "break":
            raise ZeroDivisionError("secret detail")
        said = {name: values.choices(name) for name in ("note", "size", "extras", "gift", "bread")}
        await reply(interaction, notice(f"{self.shop}: {said}"), private=True)


class PeopleForm(Form):
    """Roles, channels and people."""

    template = re.compile(r"wm:people")

    def __init__(self) -> None:
        super().__init__(title="People", custom_id="wm:people")
        self.add_item(label("Role", ui.RoleSelect(custom_id="role")))
        self.add_item(label("Channels", ui.ChannelSelect(custom_id="channels", max_values=2)))
        self.add_item(label("Person", ui.UserSelect(custom_id="person")))

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        said = {name: values.choices(name) for name in ("role", "channels", "person")}
        await reply(interaction, notice(str(said)), private=True)


class OldForm(Form):
    """A form that this version no longer takes."""

    template = re.compile(r"wm:old")

    def __init__(self) -> None:
        super().__init__(title="Old", custom_id="wm:old")
        self.add_item(label("Note", text_input("note")))


class Shop(commands.Cog):
    """Commands that open forms."""

    def __init__(self, _: WaymarkBot) -> None:
        pass

    @app_commands.command()
    async def order(self, interaction: Interaction, note: str = "") -> None:
        """Opens an order."""
        await interaction.response.send_modal(OrderForm("bakery", note))

    @app_commands.command()
    async def people(self, interaction: Interaction) -> None:
        """Opens the form of people."""
        await interaction.response.send_modal(PeopleForm())

    @app_commands.command()
    async def old(self, interaction: Interaction) -> None:
        """Opens a form that nobody takes."""
        await interaction.response.send_modal(OldForm())


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot with the commands and forms of this module."""
    forms = partial(receive, forms=(PeopleForm, OrderForm))
    monkeypatch.setattr(app, "PARTS", Parts((*app.GROUPS, Shop), app.ITEMS, forms))


async def order(community: Community, **values: object) -> InteractionResult:
    shown = await community.newcomer.slash(community.channel, "order")
    return await community.newcomer.submit_modal(shown, values)


async def test_what_was_put_in_reaches_the_forms_kind(community: Community) -> None:
    result = await order(
        community, note="Two loaves,\nplease", size="large", extras=["jam", "butter"], gift=True, bread=["rye", "oat"]
    )
    assert answered(result).ephemeral
    assert seen(result.response).text == (
        "bakery: {'note': ('Two loaves,\\nplease',), 'size': ('large',), 'extras': ('jam', 'butter'), "
        "'gift': ('yes',), 'bread': ('rye', 'oat')}"
    )


async def test_what_was_left_out_is_empty(community: Community) -> None:
    result = await order(community)
    assert seen(result.response).text == ("bakery: {'note': ('',), 'size': (), 'extras': (), 'gift': (), 'bread': ()}")


async def test_roles_channels_and_people_arrive_by_their_ids(community: Community) -> None:
    shown = await community.newcomer.slash(community.channel, "people")
    role, other = community.guild.create_role("Regulars"), community.guild.create_text_channel("kitchen")
    result = await community.newcomer.submit_modal(
        shown, {"role": [role], "channels": [community.channel, other], "person": [community.other]}
    )
    assert seen(result.response).text == str(
        {
            "role": (str(role.id),),
            "channels": (str(community.channel.id), str(other.id)),
            "person": (str(community.other.id),),
        }
    )


async def test_a_form_is_filled_in_with_what_it_is_given(community: Community) -> None:
    shown = await community.newcomer.slash(community.channel, "order", note="As always")
    assert shown.modal is not None
    assert "As always" in str(shown.modal["components"][0])


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(
    community: Community, next_bot: WaymarkBot
) -> None:
    shown = await community.newcomer.slash(community.channel, "order")
    await community.env.restart_bot(next_bot)
    result = await community.newcomer.submit_modal(shown, {"note": "Rolls"})
    assert "'note': ('Rolls',)" in seen(result.response).text


async def test_a_form_that_was_long_open_is_taken(community: Community) -> None:
    shown = await community.newcomer.slash(community.channel, "order")
    await community.env.advance_time(KEPT_SECONDS * 4 + 1)
    result = await community.newcomer.submit_modal(shown, {"note": "Rolls"})
    assert "'note': ('Rolls',)" in seen(result.response).text


async def test_a_form_is_taken_once(community: Community) -> None:
    result = await order(community, note="Rolls")
    assert result.followups == []
    assert not community.env.errors


async def test_a_form_that_is_known_no_more_is_told(community: Community) -> None:
    shown = await community.newcomer.slash(community.channel, "old")
    result = await community.newcomer.submit_modal(shown, {"note": "Rolls"})
    assert answered(result).ephemeral
    assert seen(result.response).text == (
        "That form is from an older version of me, and nothing was saved. Open it again."
    )


async def test_a_form_whose_id_is_only_like_a_known_one_is_told(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await community.newcomer.slash(community.channel, "order")
    monkeypatch.setattr(OrderForm, "template", re.compile(r"wm:ord"))
    result = await community.newcomer.submit_modal(shown, {"note": "Rolls"})
    assert "older version of me" in seen(result.response).text


async def test_an_error_with_a_sentence_is_told_privately(community: Community) -> None:
    result = await order(community, note="burn")
    assert answered(result).ephemeral
    assert seen(result.response).text == "The oven is cold."


async def test_a_fault_of_ours_is_told_with_a_number(community: Community) -> None:
    result = await order(community, note="break")
    text = seen(result.response).text
    assert answered(result).ephemeral
    assert re.search(r"the number \*\*[0-9A-F]{6}\*\*", text)
    assert "secret" not in text


async def test_forms_count_for_the_cooldown(community: Community) -> None:
    shown = [await community.newcomer.slash(community.channel, "order") for _ in range(REQUESTS - 1)]
    taken = await community.newcomer.submit_modal(shown[0], {})
    left = await community.newcomer.submit_modal(shown[1], {})
    assert seen(taken.response).text.startswith("bakery: ")
    assert answered(left).ephemeral
    assert "That was a lot at once" in seen(left.response).text


def test_a_value_that_was_not_in_the_form_is_empty() -> None:
    filled = Filled({"size": ("large",)})
    assert (filled.text("size"), filled.text("note"), filled.choices("note")) == ("large", "", ())
