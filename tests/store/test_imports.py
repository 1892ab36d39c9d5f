"""Files between reading and importing: all or nothing, never over what was not seen, and back again."""

import asyncio

import pytest

from bot.store.drafts import Draft
from bot.store.imports import MOST, Done, Import, StaleImportError
from bot.store.snapshots import Snapshot
from bot.store.store import Store
from bot.store.values import MissingEntryError
from tests.store.clocks import Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
ANN, BEN = 987_654_321_098_765_432, 11

RULES = Draft("What are the rules?", "Be kind.", ("house rules", "¿reglas? \U0001f600"))
KINDER = Draft("What are the rules?", "Be kinder.")
MEETING = Draft("When do we meet?", "On Mondays.")
PARKING = Draft("Where may I park?", "Behind the oven.")


async def standing(store: Store) -> Snapshot:
    return Snapshot.of(await store.entries.all(HERE))


async def seen(store: Store) -> str:
    return (await standing(store)).fingerprint()


async def fill(store: Store) -> None:
    """Three entries, of which one stands in place of the guide's."""
    await store.entries.add(HERE, RULES, ANN, entry_id="rules")
    await store.entries.add(HERE, MEETING, ANN, entry_id="meeting")
    await store.entries.add(HERE, PARKING, ANN, entry_id="parking", overrides=True)


async def waiting(store: Store, *, keep: bool = False) -> Import:
    """A file that changes the rules, brings `new`, and lacks the others."""
    file = Snapshot({"new": Draft("Why?", "So."), "rules": KINDER})
    return await store.imports.keep(HERE, "Import of faq.yaml", file, BEN, keep=keep)


async def imported(store: Store, *, keep: bool = False) -> tuple[Import, Done]:
    found = await waiting(store, keep=keep)
    return found, await store.imports.carry_out(HERE, found.key, BEN, seen=await seen(store))


async def is_gone(store: Store, key: str) -> bool:
    try:
        await store.imports.get(HERE, key)
    except MissingEntryError:
        return True
    return False


async def test_a_file_waits_with_all_it_holds(store: Store) -> None:
    file = Snapshot({"a": RULES, "b": KINDER}, frozenset({"b"}))
    kept = await store.imports.keep(HERE, " Import of\n a.yaml ", file, BEN, keep=True)
    assert await store.imports.get(HERE, kept.key) == kept
    assert kept == Import(kept.key, HERE, "Import of a.yaml", file, keep=True)


async def test_a_file_waits_over_a_restart(store: Store, address: str) -> None:
    kept = await waiting(store)
    async with Store.open(address, store.clock) as later:
        done = await later.imports.carry_out(HERE, kept.key, BEN, seen=await seen(later))
        assert (done.new, done.total) == (2, 2)


async def test_what_waits_is_not_imported(store: Store) -> None:
    await waiting(store)
    assert await store.entries.all(HERE) == ()


async def test_an_import_makes_the_file_the_servers_entries_and_tells_how_many(store: Store) -> None:
    await fill(store)
    _, done = await imported(store)
    assert (await standing(store)).drafts == {"new": Draft("Why?", "So."), "rules": KINDER}
    assert (done.new, done.changed, done.lost, done.total) == (1, 1, 2, 2)
    assert done.after == await seen(store)


async def test_an_import_keeps_what_the_file_lacks_if_it_shall(store: Store) -> None:
    await fill(store)
    _, done = await imported(store, keep=True)
    assert list((await standing(store)).drafts) == ["meeting", "new", "parking", "rules"]
    assert (done.new, done.changed, done.lost, done.total) == (1, 1, 0, 4)


async def test_an_import_stands_in_the_history_with_the_file_and_who_agreed(store: Store) -> None:
    await fill(store)
    await imported(store)
    newest = (await store.entries.history(HERE, "rules"))[0]
    assert (newest.action, newest.author, newest.reason) == ("import", BEN, "Import of faq.yaml")


async def test_a_second_click_imports_nothing_and_tells_the_same(store: Store) -> None:
    await fill(store)
    found, done = await imported(store)
    log = await store.entries.audit(HERE)
    assert await store.imports.carry_out(HERE, found.key, ANN, seen="0" * 16) == done
    assert await store.entries.audit(HERE) == log


async def test_of_clicks_at_the_same_moment_one_imports(store: Store) -> None:
    await fill(store)
    found, now = await waiting(store), await seen(store)
    done = await asyncio.gather(*(store.imports.carry_out(HERE, found.key, BEN, seen=now) for _ in range(5)))
    assert set(done) == {done[0]}
    assert [(version.number, version.action) for version in await store.entries.history(HERE, "new")] == [(1, "import")]


async def test_an_import_into_other_entries_than_were_seen_changes_nothing(store: Store) -> None:
    await fill(store)
    found, before = await waiting(store), await seen(store)
    edited = await store.entries.edit(HERE, "meeting", Draft("When do we meet?", "Never."), ANN, expected_version=1)
    with pytest.raises(StaleImportError):
        await store.imports.carry_out(HERE, found.key, BEN, seen=before)
    assert await store.entries.get(HERE, "meeting") == edited
    assert await store.imports.get(HERE, found.key) == found


@pytest.mark.parametrize("filled", [True, False])
async def test_of_two_files_at_the_same_moment_the_second_is_stale(store: Store, *, filled: bool) -> None:
    if filled:
        await fill(store)
    sets = [{f"{name}-{n}": Draft(f"{name} {n}", name) for n in range(20)} for name in ("one", "two")]
    files = [await store.imports.keep(HERE, "Import", Snapshot(drafts), BEN) for drafts in sets]
    now = await seen(store)
    ended = await asyncio.gather(
        *(store.imports.carry_out(HERE, file.key, BEN, seen=now) for file in files), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ended) == ["Done", "StaleImportError"]
    assert (await standing(store)).drafts in sets


async def test_edits_during_an_import_are_not_lost(store: Store) -> None:
    await fill(store)
    found, now = await waiting(store, keep=True), await seen(store)
    changes = [
        store.entries.edit(HERE, "meeting", Draft("When?", "Never."), ANN, expected_version=1),
        store.entries.add(HERE, Draft("Added meanwhile?", "Yes."), ANN, entry_id="meanwhile"),
        store.entries.remove(HERE, "parking", ANN),
    ]
    # Whether the import came first or found itself stale, what the others did is there.
    await asyncio.gather(store.imports.carry_out(HERE, found.key, BEN, seen=now), *changes, return_exceptions=True)
    drafts = (await standing(store)).drafts
    assert (drafts["meeting"].answer, "meanwhile" in drafts, "parking" in drafts) == ("Never.", True, False)


async def test_another_server_does_not_find_the_file(store: Store) -> None:
    found = await waiting(store)
    with pytest.raises(MissingEntryError):
        await store.imports.get(ELSEWHERE, found.key)
    with pytest.raises(MissingEntryError):
        await store.imports.carry_out(ELSEWHERE, found.key, BEN, seen=await seen(store))
    with pytest.raises(MissingEntryError):
        await store.imports.cancel(ELSEWHERE, found.key)


async def test_what_was_cancelled_is_not_imported(store: Store) -> None:
    found = await waiting(store)
    assert await store.imports.cancel(HERE, found.key) == found
    with pytest.raises(MissingEntryError, match="cancelled"):
        await store.imports.carry_out(HERE, found.key, BEN, seen=await seen(store))


async def test_what_was_imported_is_no_longer_cancelled(store: Store) -> None:
    found, done = await imported(store)
    assert (await store.imports.cancel(HERE, found.key)).done == done
    assert not await is_gone(store, found.key)


async def test_an_undone_import_leaves_all_as_it_was_before(store: Store) -> None:
    await fill(store)
    before = await standing(store)
    found, done = await imported(store)
    undoing = await store.imports.undoing(HERE, found.key, ANN)
    undone = await store.imports.carry_out(HERE, undoing.key, ANN, seen=done.after)
    assert await standing(store) == before
    assert (undone.title, undone.undid) == ("Undo of import of faq.yaml", True)
    assert (undone.new, undone.changed, undone.lost) == (2, 1, 1)


async def test_an_import_into_an_empty_server_is_undone_to_an_empty_one(store: Store) -> None:
    found, done = await imported(store)
    undoing = await store.imports.undoing(HERE, found.key, ANN)
    await store.imports.carry_out(HERE, undoing.key, ANN, seen=done.after)
    assert await store.entries.all(HERE) == ()


async def test_an_undone_import_can_be_brought_back(store: Store) -> None:
    await fill(store)
    found, done = await imported(store)
    undoing = await store.imports.undoing(HERE, found.key, ANN)
    undone = await store.imports.carry_out(HERE, undoing.key, ANN, seen=done.after)
    again = await store.imports.undoing(HERE, undoing.key, ANN)
    await store.imports.carry_out(HERE, again.key, ANN, seen=undone.after)
    assert await seen(store) == done.after


async def test_what_was_changed_after_an_import_is_not_undone_unseen(store: Store) -> None:
    found, done = await imported(store)
    await store.entries.add(HERE, MEETING, ANN, entry_id="meeting")
    undoing = await store.imports.undoing(HERE, found.key, ANN)
    with pytest.raises(StaleImportError):
        await store.imports.carry_out(HERE, undoing.key, ANN, seen=done.after)
    assert await store.entries.get(HERE, "meeting") is not None


async def test_what_was_not_imported_is_not_undone(store: Store) -> None:
    found = await waiting(store)
    with pytest.raises(MissingEntryError, match="nothing to undo"):
        await store.imports.undoing(HERE, found.key, ANN)


async def test_a_file_waits_for_a_day(store: Store, clock: Clock) -> None:
    found = await waiting(store)
    clock.forward(days=1, microseconds=-1)
    assert not await is_gone(store, found.key)
    clock.forward(microseconds=1)
    assert await is_gone(store, found.key)
    assert await store.imports.purge() == 1


async def test_an_import_can_be_undone_for_thirty_days(store: Store, clock: Clock) -> None:
    clock.forward(hours=1)
    found, _ = await imported(store)
    clock.forward(days=30, microseconds=-1)
    assert (await is_gone(store, found.key), await store.imports.purge()) == (False, 0)
    clock.forward(microseconds=1)
    assert (await is_gone(store, found.key), await store.imports.purge()) == (True, 1)


async def test_the_day_begins_when_the_file_comes_and_the_thirty_when_it_is_imported(
    store: Store, clock: Clock
) -> None:
    found = await waiting(store)
    clock.forward(hours=23)
    await store.imports.carry_out(HERE, found.key, BEN, seen=await seen(store))
    clock.forward(days=29, hours=23)
    assert not await is_gone(store, found.key)


async def test_of_many_files_the_last_are_kept_for_each_server(store: Store, clock: Clock) -> None:
    file = Snapshot({"a": RULES})
    elsewhere = await store.imports.keep(ELSEWHERE, "Import", file, BEN)
    keys = []
    for _ in range(MOST + 2):
        clock.forward(seconds=1)
        keys.append((await store.imports.keep(HERE, "Import", file, BEN)).key)
    assert [await is_gone(store, key) for key in keys] == [True, True] + [False] * MOST
    assert await store.imports.get(ELSEWHERE, elsewhere.key) == elsewhere


async def test_what_a_forgotten_person_has_not_imported_goes(store: Store) -> None:
    theirs = await waiting(store)
    others = await store.imports.keep(HERE, "Import", Snapshot({"a": RULES}), ANN)
    assert await store.imports.forget(BEN) == 1
    assert (await is_gone(store, theirs.key), await is_gone(store, others.key)) == (True, False)


async def test_what_a_forgotten_person_has_imported_can_still_be_undone_and_names_nobody(store: Store) -> None:
    found, _ = await imported(store)
    assert await store.imports.forget(BEN) == 1
    assert await store.imports.forget(BEN) == 0
    assert (await store.imports.undoing(HERE, found.key, ANN)).file == Snapshot({})


async def test_an_import_larger_than_one_batch_is_whole(store: Store) -> None:
    await fill(store)
    before = await standing(store)
    file = Snapshot(dict(sorted((f"e-{n}", Draft(f"Question {n}?", f"Answer {n}.")) for n in range(1_200))))
    found = await store.imports.keep(HERE, "Import of large.csv", file, BEN)
    done = await store.imports.carry_out(HERE, found.key, BEN, seen=before.fingerprint())
    assert ((await standing(store)).drafts, done.new, done.lost) == (file.drafts, 1_200, 3)
    changed = Snapshot({entry_id: Draft(draft.question, "Other.") for entry_id, draft in file.drafts.items()})
    again = await store.imports.keep(HERE, "Import of large.csv", changed, BEN)
    await store.imports.carry_out(HERE, again.key, BEN, seen=done.after)
    assert [version.number for version in await store.entries.history(HERE, "e-1199")] == [2, 1]
