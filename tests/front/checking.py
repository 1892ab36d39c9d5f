"""Checking skills and practising in the bakers' community; and how a message of the checks keeps Discord's limits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discord import ui
from simcord import MemberActor, UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.front.layout import TEXT_LIMIT
from bot.knowledge.loading import load_knowledge
from bot.matching.coach import Coach
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen
from tests.front.walking import Who, bakers_folder, pick

SHIPPED = Path(__file__).resolve().parents[2] / "knowledge"

LADDER = """\
levels:
  - {id: helper, title: Helper, years: school_years, does: Sweeps., pay: {median: median_pay}, onward: Learn.,
     entry: night}
  - {id: baker, title: Baker, years: school_years, does: Bakes., pay: {median: median_pay}, entry: median-pay}
"""

SKILLS = """\
ratings:
  - {name: None yet, meaning: I have not done this}
  - {name: Basic, meaning: With help}
  - {name: Solid, meaning: On my own}
  - {name: Leading, meaning: I teach it}
groups:
  - id: hands
    title: With your hands
    skills:
      - {id: dough, name: Dough, about: Making dough, why: No dough and no bread.,
         needs: {helper: 1, baker: 3}, step: school, entry: training}
      - {id: oven, name: Oven, about: Watching the oven, why: Burnt bread is no bread.,
         needs: {helper: 0, baker: 2}, step: school, entry: training}
  - id: head
    title: With your head
    skills:
      - {id: night, name: Rising early, about: Getting up, why: It is made at night.,
         needs: {helper: 1, baker: 2}, step: night, entry: night}
readiness:
  level: baker
  note: This is no verdict.
  skills: {name: Skills, weight: 50}
  parts:
    - id: papers
      name: Papers
      weight: 30
      question: How far are your papers?
      choose: one
      choices:
        - {id: none, text: None yet, points: 0}
        - {id: begun, text: Begun, points: 40, move: {do: Begin them, step: guild, entry: training}}
        - {id: done, text: Done, points: 100, move: {do: Finish them, step: guild, entry: training}}
      holds_back: Nobody bakes without papers.
    - id: work
      name: Work
      weight: 20
      question: What have you done?
      choose: several
      choices:
        - {id: stall, text: Sold bread, points: 30, move: {do: Sell some bread, step: night, entry: night}}
        - {id: bakery, text: Worked in a bakery, points: 70, move: {do: Work in a bakery, step: night, entry: night}}
"""

PRACTICE = """\
questions:
  - {id: why, level: helper, question: Why bread?, rubric: [one, two, three], outline: [Say why.], skills: [dough]}
  - {id: how, level: baker, question: How long?, rubric: [clear, short, kind], outline: [Say how.], skills: [dough]}
  - {id: who, level: baker, question: Who eats it?, rubric: [a, b, c, d], outline: [Name them.], skills: [oven]}
  - {id: when, level: baker, question: When do you rise?, rubric: [a, b, c], outline: [Early.], skills: [night]}
papers:
  - id: resume
    name: Resume
    about: member
    intro: Fill it in.
    entry: training
    sections:
      - {id: you, heading: About you, prompts: [{id: name, label: Your name}]}
      - {id: work, heading: Work, prompts: [{id: jobs, label: Jobs, as_list: true}, {id: tools, label: Tools}]}
"""


def checking_folder(root: Path) -> Path:
    """The knowledge of the bakers' guide with a path, a ladder, skills and practice."""
    folder = bakers_folder(root)
    write_checks(folder)
    return folder


def write_checks(folder: Path, *, skills: str = SKILLS, practice: str = PRACTICE) -> None:
    """Writes the files that the checks and practising are made of, anew where they are there."""
    for name, text in (("ladder", LADDER), ("skills", skills), ("practice", practice)):
        (folder / "baker" / f"{name}.yaml").write_text(text, encoding="utf-8")


def change_checks(bot: Any, folder: Path, **texts: str) -> None:
    """Has the bot know other files from now on."""
    write_checks(folder, **texts)
    bot.coaches.base = Coach(load_knowledge(folder), bot.coaches.base.matcher)


async def run(who: Who, community: Community, command: str) -> ResponseMessage:
    """The answer to a command in the channel, or in a direct message for who is no member."""
    if isinstance(who, UserHandle):
        return answered(await who.slash(command))
    return answered(await who.slash(community.channel, command))


async def send_form(who: MemberActor | UserHandle, shown: InteractionResult, **values: Any) -> InteractionResult:
    """Sends a form with these values."""
    return await who.submit_modal(shown, values)


async def rate(
    who: Who,
    message: ResponseMessage,
    label: str,
    *,
    basic: tuple[str, ...] = (),
    solid: tuple[str, ...] = (),
    leading: tuple[str, ...] = (),
) -> ResponseMessage:
    """The message after the form behind a button was sent with these ticks."""
    ticks = {"rating-1": list(basic), "rating-2": list(solid), "rating-3": list(leading)}
    shown = await who.click(message, label=label)
    await who.submit_modal(shown, ticks)
    return message


async def rated(who: Who, community: Community) -> ResponseMessage:
    """The result of somebody who aims at the baker: dough basic, oven solid, rising early not yet."""
    message = await run(who, community, "skills")
    await pick(who, message, "Baker")
    await rate(who, message, "Rate: With your hands", basic=("dough",), solid=("oven",))
    return await rate(who, message, "Rate: With your head")


def assert_fits(view: ui.LayoutView) -> None:
    """Fails where a message is more than Discord takes."""
    ids = custom_ids(view)
    assert all(1 <= len(custom_id) <= 100 for custom_id in ids)
    assert len(set(ids)) == len(ids)
    assert view.total_children_count <= 40
    assert len(seen(view).text) <= TEXT_LIMIT + len(list(_texts(view)))
    assert "…" not in seen(view).text


def _texts(view: ui.LayoutView) -> Iterator[str]:
    return (item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))
