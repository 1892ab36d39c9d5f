"""Trying out a text before it goes live."""

from bot.front.client import WaymarkBot
from bot.front.faq_trial import confirming, own_questions_tried, tried
from bot.matching.answer import Kind
from bot.matching.effects import Affected, Consequences, Fate, Named, NotFound, Outcome
from bot.store.drafts import Draft

HERE, ANN = 5, 7
PAY, NIGHT = Named("pay", "Pay?"), Named("night", "Night?")
PARKING = Draft("Where may I park my bike?", "Behind the oven.", ("bike rack",))


def misdirected(right: Named, *, own_question: bool) -> Affected:
    shown = Outcome(Kind.ANSWER, (NIGHT,))
    return Affected("pay", Fate.MISDIRECTED, shown, shown, right, own_question=own_question)


def effects(*affected: Affected, not_found: tuple[NotFound, ...] = ()) -> Consequences:
    return Consequences((), affected, not_found, unchanged=0, untouched=0, unasked=0)


async def test_a_new_entry_is_tried_under_the_id_it_will_get(bot: WaymarkBot) -> None:
    removed = await bot.store.entries.add(HERE, PARKING, ANN)
    await bot.store.entries.remove(HERE, removed.id, ANN)
    pending = await bot.store.pending.keep(HERE, PARKING, ANN)
    trial = await tried(bot, pending)
    assert trial.entry.id != removed.id
    assert (await bot.store.pending.publish(pending.key, ANN)).id == trial.entry.id


async def test_the_servers_own_coach_stays_as_it_is(bot: WaymarkBot) -> None:
    trial = await tried(bot, await bot.store.pending.keep(HERE, PARKING, ANN))
    assert trial.coach.ask("bike rack").matches[0].entry.answer == "Behind the oven."
    assert (await bot.coaches.of(HERE)).knowledge.entry(trial.entry.id) is None


async def test_progress_is_told(bot: WaymarkBot) -> None:
    told: list[tuple[int, int]] = []
    await tried(bot, await bot.store.pending.keep(HERE, PARKING, ANN), lambda *part: told.append(part))
    assert told[-1][0] == told[-1][1]


async def test_the_quick_trial_tells_the_same_of_own_questions(bot: WaymarkBot) -> None:
    stealing = Draft("Where do I park?", "Here.", ("Do bakers work at night?", "working hours"))
    pending = await bot.store.pending.keep(HERE, stealing, ANN)
    quick, full = await own_questions_tried(bot, pending), await tried(bot, pending)
    assert confirming(quick.consequences) == confirming(full.consequences) != ""


def test_nothing_is_to_confirm_where_no_entry_loses_its_own_question() -> None:
    assert confirming(effects()) == ""
    assert confirming(effects(misdirected(PAY, own_question=False))) == ""


def test_a_confirmation_is_of_the_entries_that_lose_their_question() -> None:
    lost = [
        effects(misdirected(PAY, own_question=True)), effects(not_found=(NotFound(PAY, NIGHT),)),
        effects(misdirected(PAY, own_question=True), misdirected(NIGHT, own_question=True)),
    ]  # fmt: skip
    first, same, more = map(confirming, lost)
    assert first == same != more
