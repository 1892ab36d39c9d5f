"""`/faq try`: what members would be answered to a question, and why, with what a moderator can do about it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from discord import ui

from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import EntryButton
from bot.front.faq_waiting import ChangeButton, CorrectButton
from bot.front.layout import ANSWER, MISS, OFFER, Item, heading, layout, small
from bot.front.nearest import percent
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import QUESTION_LIMIT
from bot.matching.answer import Answer, Kind
from bot.matching.explaining import Considered, Explanation
from bot.matching.matcher import EXACT
from bot.matching.meetings import How, Meeting
from bot.matching.normalise import plain
from bot.store.database import StoreUnavailableError
from bot.store.drafts import Draft

#: Most characters of all that is told: what a person reads on a phone without scrolling much.
ROOM = 1_500
#: Most characters of a title, of a phrasing and of a word that met, before special ones are escaped.
TITLE_LIMIT, PHRASING_LIMIT, WORD_LIMIT = 70, 50, 20
#: Most words that are named of an entry, and the least that one counts for which it is named: "the" counts less.
WORDS, TELLING = 5, 0.1
#: How many of the likeliest entries are offered to take the question as a phrasing.
CORRECTED = 3
#: Blocks of a full bar.
BAR = 10

_VERDICTS = {
    Kind.ANSWER: (ANSWER, "I would answer"),
    Kind.SUGGESTIONS: (OFFER, "I would ask which of these is meant"),
    Kind.NONE: (MISS, "I would say that I do not know"),
    Kind.SOCIAL: (ANSWER, "I would answer with a friendly word"),
}


async def try_question(interaction: Interaction, question: str) -> None:
    """Shows a moderator the verdict on a question, the likeliest entries with their confidence, and why so."""
    server = await require_moderator(interaction)
    client = interaction.client
    async with in_time(interaction, private=True):
        coach = await client.coach_of(interaction)
        answer, why = await client.coaches.work(lambda: (coach.ask(question), coach.explain(question)))
        key = await _kept(client, server, interaction.user.id, question, why)
    await reply(interaction, try_view(question, answer, why, key), private=True)


async def _kept(client: WaymarkBot, server: int, author: int, question: str, why: Explanation) -> str | None:
    """The key under which the question waits to be put into a form; None where it could not become a wording."""
    is_known = bool(why.entries) and why.entries[0].confidence >= EXACT
    if why.kind is Kind.SOCIAL or is_known or len(question) > QUESTION_LIMIT or not plain(question):
        return None
    # Without the database the verdict is still worth a look.
    with suppress(StoreUnavailableError):
        return (await client.store.pending.keep(server, Draft(question, ""), author, as_typed=True)).key
    return None


def try_view(question: str, answer: Answer, why: Explanation, key: str | None = None) -> ui.LayoutView:
    """The verdict, the entries and why; `key`: under which the question waits, for the buttons that do with it."""
    tone, verdict = _VERDICTS[answer.kind]
    speaks = "I would speak up" if answer.interject else "I would keep silent"
    head = [heading(verdict), f"In a channel where I only listen, {speaks}.", *map(small, _reasons(why))]
    texts = [small(f"tried: {quoted(question)}"), "\n".join(head)]
    shown = {match.entry.id for match in answer.matches}
    told = list(_told(why.entries, shown, ROOM - sum(map(len, texts))))
    # The titles stand above, by their numbers.
    opening = [EntryButton(key_of(one.id), f"Open {at}") for at, one in enumerate(why.entries[: len(told)], 1)]
    return layout(tone, *texts, *told, opening, _mending(why.entries[: len(told)], key) if key else [])


def _reasons(why: Explanation) -> Iterator[str]:
    """What decided, with what was mended before and how the message was cut."""
    yield quoted(why.why, 300)
    for number, part in enumerate(why.parts, 1):
        yield f"Question {number}: {quoted(part.text, TITLE_LIMIT)}"
    if why.mended:
        taken = [f"{quoted(one.word, WORD_LIMIT)} → {quoted(one.meant, WORD_LIMIT)}" for one in why.mended[:WORDS]]
        yield f"Taken for: {', '.join(taken)}"
    near = why.out_of_scope
    if near is not None and near.nearness >= near.entry_nearness:
        yield f"Nearer than any entry is a message that I must not answer: “{quoted(near.text, PHRASING_LIMIT)}”"


def _told(entries: Sequence[Considered], shown: set[str], room: int) -> Iterator[str]:
    """A text for each entry, the likeliest first; where room runs short the reasons go first, then entries."""
    for at, one in enumerate(entries, 1):
        seen = " (members would see it)" if one.id in shown else ""
        text = f"**{at}. {quoted(one.title, TITLE_LIMIT)}**{seen}\n{_bar(one.confidence)}"
        reasons = "\n".join(small(line) for line in _words(one))
        text = f"{text}\n{reasons}" if len(text) + len(reasons) < room else text
        room -= len(text)
        if room < 0:
            return
        yield text


def _bar(confidence: float) -> str:
    full = round(confidence * BAR)
    return f"`{'█' * full}{'░' * (BAR - full)}` {percent(confidence)}"


def _words(one: Considered) -> Iterator[str]:
    """Which words met which of the nearest phrasing, those that count most first, and what speaks against the entry."""
    met = sorted(one.meetings, key=lambda meeting: -meeting.weight)
    words = [_meeting(meeting) for meeting in met if meeting.weight >= TELLING][:WORDS]
    told = f": {', '.join(words)}" if words else ""
    yield f"nearest phrasing “{quoted(one.phrasing, PHRASING_LIMIT)}”{told}"
    unmet = [quoted(word.word, WORD_LIMIT) for word in one.met_nothing if word.weight >= TELLING]
    if unmet:
        yield f"met nothing: {', '.join(unmet[:WORDS])}"
    if one.phrasing_meant not in {None, one.phrasing}:
        yield f"nearest by meaning “{quoted(str(one.phrasing_meant), PHRASING_LIMIT)}”"
    if one.alike:
        yield "nearer to what this entry does not answer than to its phrasings"
    if one.other_trade:
        yield "the question names an occupation that this entry does not"


def _meeting(meeting: Meeting) -> str:
    word = quoted(meeting.word, WORD_LIMIT)
    met = "" if meeting.word == meeting.met else f" → {quoted(meeting.met, WORD_LIMIT)}"
    return f"{word}{met}" if meeting.how is How.SAME else f"{word}{met} ({meeting.how})"


def _mending(entries: Sequence[Considered], key: str) -> list[Item]:
    """Buttons that put the question into a form: that of a new entry, or as a phrasing into that of a likely one."""
    likely = enumerate(entries[:CORRECTED], 1)
    return [
        ChangeButton(key, "Add it as a new entry"),
        *(CorrectButton(key, key_of(one.id), 0, f"Make it a phrasing of {at}") for at, one in likely),
    ]
