"""Forms between filling in and publishing: published once, never over what others wrote, gone after a day."""

import asyncio
import datetime as dt

import pytest

from bot.errors import WaymarkError
from bot.store.drafts import Draft
from bot.store.pending import WAITING, Pending
from bot.store.store import Store
from bot.store.values import MissingEntryError, StaleEdit, StoredEntry
from tests.store.clocks import Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
ANN, BEN = 987_654_321_098_765_432, 11

RULES = Draft("What are the rules?", "Be kind.", ("house rules", "what may I do here"))
KINDER = Draft("What are the rules?", "Be kinder.", ("house rules",))
PAY = Draft("What does a baker earn?", "Ask in #jobs.")


async def edit_form(store: Store) -> Pending:
    """A form that edits an entry of the server, which stands at version 1."""
    added = await store.entries.add(HERE, RULES, ANN, entry_id="rules")
    return await store.pending.keep(HERE, KINDER, BEN, entry_id="rules", expected_version=added.version)


async def is_gone(store: Store, pending: Pending) -> bool:
    try:
        await store.pending.get(pending.key)
    except MissingEntryError:
        return True
    return False


async def test_a_form_waits_with_all_it_says(store: Store) -> None:
    await store.entries.add(HERE, RULES, ANN, entry_id="rules")
    kept = await store.pending.keep(HERE, KINDER, BEN, entry_id="rules", expected_version=1, reason=" kinder\n now ")
    assert await store.pending.get(kept.key) == kept
    assert kept == Pending(kept.key, HERE, "rules", 1, KINDER, BEN, "kinder now")


async def test_a_form_waits_over_a_restart(store: Store, address: str) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    async with Store.open(address, store.clock) as later:
        assert await later.pending.get(kept.key) == kept
        assert (await later.pending.publish(kept.key, ANN)).draft == RULES


async def test_a_key_fits_a_custom_id_and_is_not_to_be_guessed(store: Store) -> None:
    keys = {(await store.pending.keep(HERE, RULES, ANN)).key for _ in range(5)}
    assert (len(keys), {len(key) for key in keys}) == (5, {16})


async def test_what_waits_is_no_entry_yet(store: Store) -> None:
    await store.pending.keep(HERE, RULES, ANN)
    assert await store.entries.all(HERE) == ()
    assert await store.entries.audit(HERE) == ()


@pytest.mark.parametrize(("draft", "entry_id"), [(Draft("Why?", " "), None), (RULES, "Not An Id")])
async def test_what_is_no_entry_does_not_wait(store: Store, draft: Draft, entry_id: str | None) -> None:
    with pytest.raises(WaymarkError, match="cannot be"):
        await store.pending.keep(HERE, draft, ANN, entry_id=entry_id)
    assert await store.pending.forget(ANN) == 0


async def test_what_is_no_entry_waits_as_it_was_typed_but_is_not_published(store: Store) -> None:
    kept = await store.pending.keep(HERE, Draft(" ", "So.", ("x" * 300, "\x00")), ANN, as_typed=True)
    assert (await store.pending.get(kept.key)).draft == Draft("", "So.", ("x" * 300,))
    with pytest.raises(WaymarkError, match="cannot be saved"):
        await store.pending.publish(kept.key, ANN)
    assert await store.entries.all(HERE) == ()


async def test_a_published_form_is_an_entry_and_gone(store: Store) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN, reason="often asked")
    saved = await store.pending.publish(kept.key, BEN)
    assert await store.entries.get(HERE, saved.id) == saved
    assert (saved.draft, saved.version, saved.overrides) == (RULES, 1, False)
    assert (saved.current.author, saved.current.reason) == (BEN, "often asked")
    assert await is_gone(store, kept)


async def test_an_edit_is_published_as_the_next_version(store: Store) -> None:
    form = await edit_form(store)
    saved = await store.pending.publish(form.key, BEN)
    assert (saved.id, saved.draft, saved.version, saved.current.action) == ("rules", KINDER, 2, "edit")
    assert await is_gone(store, form)


async def test_an_edit_of_the_guides_entry_is_published_in_its_place(store: Store) -> None:
    kept = await store.pending.keep(HERE, PAY, ANN, entry_id="median-pay")
    saved = await store.pending.publish(kept.key, ANN, guide_ids=["median-pay"])
    assert (saved.id, saved.overrides, saved.version) == ("median-pay", True, 1)


async def test_an_edit_of_the_guides_entry_that_was_taken_back_once_goes_on_with_its_history(store: Store) -> None:
    await store.entries.add(HERE, PAY, ANN, entry_id="median-pay", overrides=True)
    await store.entries.take_back(HERE, "median-pay", ANN)
    kept = await store.pending.keep(HERE, PAY, ANN, entry_id="median-pay")
    saved = await store.pending.publish(kept.key, ANN)
    assert (saved.version, saved.overrides) == (3, True)


async def test_a_new_entry_never_takes_an_id_of_the_guide(store: Store) -> None:
    guide_ids = ["what-are-the-rules", "median-pay"]
    kept = await store.pending.keep(HERE, RULES, ANN)
    saved = await store.pending.publish(kept.key, ANN, guide_ids)
    assert saved.id not in guide_ids
    assert saved.id.startswith("what-are-the-rules")
    assert not saved.overrides


async def test_a_second_click_finds_nothing_to_publish(store: Store) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    await store.pending.publish(kept.key, ANN)
    with pytest.raises(MissingEntryError, match="published or cancelled already"):
        await store.pending.publish(kept.key, ANN)
    assert len(await store.entries.all(HERE)) == 1


@pytest.mark.parametrize("kind", ["new", "edit", "guide"])
async def test_of_clicks_at_the_same_time_exactly_one_publishes(store: Store, address: str, kind: str) -> None:
    if kind == "edit":
        form = await edit_form(store)
    else:
        form = await store.pending.keep(HERE, RULES, ANN, entry_id="guides" if kind == "guide" else None)
    async with Store.open(address, store.clock) as other:
        ended = await asyncio.gather(
            *(each.pending.publish(form.key, ANN) for each in (store, other) * 4), return_exceptions=True
        )
    assert sorted(type(end).__name__ for end in ended) == ["MissingEntryError"] * 7 + ["StoredEntry"]
    assert len(await store.entries.all(HERE)) == 1
    actions = [change.action for change in await store.entries.audit(HERE)]
    assert actions == (["edit", "add"] if kind == "edit" else ["add"])


async def test_new_entries_of_the_same_words_published_at_once_all_stand(store: Store, address: str) -> None:
    forms = [await store.pending.keep(HERE, RULES, ANN) for _ in range(6)]
    async with Store.open(address, store.clock) as other:
        saved = await asyncio.gather(
            *(each.pending.publish(form.key, ANN) for form, each in zip(forms, (store, other) * 3, strict=True))
        )
    assert {entry.id for entry in await store.entries.all(HERE)} == {entry.id for entry in saved}
    assert len({entry.id for entry in saved}) == 6


async def test_of_two_edits_of_one_entry_the_later_is_refused_with_both_texts_and_stays(store: Store) -> None:
    form = await edit_form(store)
    current = await store.entries.edit(HERE, "rules", Draft(RULES.question, "Be bold."), ANN, expected_version=1)
    with pytest.raises(StaleEdit, match="is at version 2, and you began from 1") as caught:
        await store.pending.publish(form.key, BEN)
    assert (caught.value.attempted, caught.value.current) == (KINDER, current)
    assert await store.entries.get(HERE, "rules") == current
    assert await store.pending.get(form.key) == form


async def test_of_two_first_edits_of_a_guides_entry_at_once_exactly_one_wins(store: Store, address: str) -> None:
    forms = [await store.pending.keep(HERE, Draft("Q?", f"{number}"), ANN, entry_id="guides") for number in range(6)]
    async with Store.open(address, store.clock) as other:
        ended = await asyncio.gather(
            *(each.pending.publish(form.key, ANN) for form, each in zip(forms, (store, other) * 3, strict=True)),
            return_exceptions=True,
        )
    (winner,) = (end for end in ended if isinstance(end, StoredEntry))
    losers = [end for end in ended if isinstance(end, StaleEdit)]
    assert [loser.current for loser in losers] == [winner] * 5
    assert len(await store.entries.history(HERE, "guides")) == 1


async def test_a_refused_edit_is_published_once_its_author_has_seen_the_other(store: Store) -> None:
    form = await edit_form(store)
    await store.entries.edit(HERE, "rules", Draft(RULES.question, "Be bold."), ANN, expected_version=1)
    await store.pending.rebase(form.key, 2)
    saved = await store.pending.publish(form.key, BEN)
    assert (saved.draft, saved.version) == (KINDER, 3)


async def test_a_first_edit_of_the_guides_entry_can_stand_on_somebody_elses(store: Store) -> None:
    form = await store.pending.keep(HERE, PAY, BEN, entry_id="median-pay")
    first = await store.entries.add(HERE, RULES, ANN, entry_id="median-pay", overrides=True)
    with pytest.raises(StaleEdit):
        await store.pending.publish(form.key, BEN)
    await store.pending.rebase(form.key, first.version)
    saved = await store.pending.publish(form.key, BEN)
    assert (saved.draft, saved.version, saved.overrides) == (PAY, 2, True)


async def test_an_edit_of_what_was_removed_meanwhile_is_refused_and_stays(store: Store) -> None:
    form = await edit_form(store)
    await store.entries.remove(HERE, "rules", ANN)
    with pytest.raises(MissingEntryError, match="removed meanwhile"):
        await store.pending.publish(form.key, BEN)
    assert await store.pending.get(form.key) == form


async def test_a_cancelled_form_is_gone_and_can_be_cancelled_again(store: Store) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    await store.pending.cancel(kept.key)
    await store.pending.cancel(kept.key)
    assert await is_gone(store, kept)
    with pytest.raises(MissingEntryError):
        await store.pending.publish(kept.key, ANN)


async def test_a_form_that_is_gone_is_not_rebased_back(store: Store) -> None:
    form = await edit_form(store)
    await store.pending.cancel(form.key)
    await store.pending.rebase(form.key, 2)
    assert await is_gone(store, form)


async def test_a_form_waits_for_a_day(store: Store, clock: Clock) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    clock.now += WAITING
    assert await store.pending.get(kept.key) == kept
    clock.now += dt.timedelta(microseconds=1)
    assert await is_gone(store, kept)


async def test_a_form_that_waited_too_long_is_not_published(store: Store, clock: Clock) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    clock.forward(days=1, seconds=1)
    with pytest.raises(MissingEntryError, match="waited longer than a day"):
        await store.pending.publish(kept.key, ANN)
    assert await store.entries.all(HERE) == ()


async def test_the_next_form_takes_those_that_waited_too_long_out_of_the_database(store: Store, clock: Clock) -> None:
    await store.pending.keep(HERE, RULES, ANN)
    clock.forward(days=1, seconds=1)
    await store.pending.keep(HERE, RULES, BEN)
    assert (await store.pending.forget(ANN), await store.pending.forget(BEN)) == (0, 1)


async def test_what_a_person_has_not_published_goes_when_they_are_forgotten(store: Store) -> None:
    mine = [await store.pending.keep(server, RULES, ANN) for server in (HERE, ELSEWHERE)]
    others = await store.pending.keep(HERE, KINDER, BEN)
    assert await store.pending.forget(ANN) == 2
    assert [await is_gone(store, form) for form in (*mine, others)] == [True, True, False]


async def test_forms_that_waited_too_long_are_let_go(store: Store, clock: Clock) -> None:
    kept = await store.pending.keep(HERE, RULES, ANN)
    clock.now += WAITING
    assert (await store.pending.purge(), await is_gone(store, kept)) == (0, False)
    clock.forward(seconds=1)
    assert (await store.pending.purge(), await is_gone(store, kept)) == (1, True)
