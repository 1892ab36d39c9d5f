"""The entries of a server: adding, editing, removing, taking back, and what is kept of it."""

import asyncio
import datetime as dt

import pytest

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.entries import CommunityEntries
from bot.store.values import MissingEntryError, Replaced, StaleEdit, StoredEntry, TakenIdError
from tests.store.clocks import START, Clock

#: A Discord id, which needs more than 32 bits.
HERE = 1_234_567_890_123_456_789
ELSEWHERE = 2
ANN, BEN = 987_654_321_098_765_432, 11

RULES = Draft("What are the rules?", "Be kind.", ("house rules", "what may I do here"))
KINDER = Draft("What are the rules?", "Be kinder.", ("house rules",))
OTHER = Draft("When do we meet?", "On Mondays.")


async def test_an_added_entry_is_found_with_all_it_says(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN, reason="often asked")
    assert await entries.get(HERE, added.id) == added
    assert (added.draft, added.version, added.overrides) == (RULES, 1, False)
    assert (added.current.author, added.current.at, added.current.reason) == (ANN, START, "often asked")


async def test_an_id_is_made_of_the_questions_words(entries: CommunityEntries) -> None:
    assert (await entries.add(HERE, RULES, ANN)).id == "what-are-the-rules"


async def test_the_same_question_twice_gets_two_ids(entries: CommunityEntries) -> None:
    made = {(await entries.add(HERE, RULES, ANN)).id for _ in range(3)}
    assert len(made) == 3
    assert all(one.startswith("what-are-the-rules") for one in made)


async def test_a_made_id_is_never_that_of_an_entry_in_the_bin(entries: CommunityEntries) -> None:
    removed = (await entries.add(HERE, RULES, ANN)).id
    await entries.remove(HERE, removed, ANN)
    assert (await entries.add(HERE, RULES, ANN)).id != removed


async def test_an_id_that_is_there_is_not_added_again(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="rules")
    with pytest.raises(TakenIdError):
        await entries.add(HERE, OTHER, BEN, entry_id="rules")
    assert [entry.draft for entry in await entries.all(HERE)] == [RULES]


async def test_what_is_no_id_is_refused(entries: CommunityEntries) -> None:
    with pytest.raises(WaymarkError, match="cannot be an id"):
        await entries.add(HERE, RULES, ANN, entry_id="Not An Id")


async def test_servers_do_not_see_each_others_entries(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="rules")
    await entries.add(ELSEWHERE, OTHER, ANN, entry_id="rules")
    assert [entry.draft for entry in await entries.all(HERE)] == [RULES]
    assert [entry.draft for entry in await entries.all(ELSEWHERE)] == [OTHER]


async def test_only_servers_with_entries_are_named(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN)
    gone = await entries.add(ELSEWHERE, RULES, ANN)
    assert await entries.servers() == (ELSEWHERE, HERE)
    await entries.remove(ELSEWHERE, gone.id, ANN)
    assert await entries.servers() == (HERE,)


async def test_entries_are_listed_by_id(entries: CommunityEntries) -> None:
    for entry_id in ("b", "a-b", "a", "ab"):
        await entries.add(HERE, RULES, ANN, entry_id=entry_id)
    assert [entry.id for entry in await entries.all(HERE)] == ["a", "a-b", "ab", "b"]


async def test_an_edit_makes_the_next_version(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    clock.forward(hours=1)
    edited = await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1, reason="kinder")
    assert (edited.draft, edited.version) == (KINDER, 2)
    assert await entries.get(HERE, added.id) == edited


async def test_every_version_is_kept_with_who_when_and_why(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    clock.forward(hours=1)
    await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1, reason="kinder")
    clock.forward(hours=1)
    await entries.remove(HERE, added.id, ANN, reason="old")
    history = await entries.history(HERE, added.id)
    assert [(v.number, v.action, v.author, v.at, v.reason, v.draft) for v in history] == [
        (3, "remove", ANN, START + dt.timedelta(hours=2), "old", KINDER),
        (2, "edit", BEN, START + dt.timedelta(hours=1), "kinder", KINDER),
        (1, "add", ANN, START, None, RULES),
    ]


async def test_an_edit_that_says_the_same_makes_no_version(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    assert await entries.edit(HERE, added.id, RULES, BEN, expected_version=1) == added
    assert len(await entries.history(HERE, added.id)) == 1


async def test_a_stale_edit_is_refused_with_both_texts(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    current = await entries.edit(HERE, added.id, KINDER, ANN, expected_version=1)
    mine = Draft("What are the rules?", "Be bold.")
    with pytest.raises(StaleEdit, match="is at version 2, and you began from 1") as caught:
        await entries.edit(HERE, added.id, mine, BEN, expected_version=1)
    assert (caught.value.attempted, caught.value.current) == (mine, current)
    assert await entries.get(HERE, added.id) == current


async def test_an_edit_of_what_is_not_there_is_refused(entries: CommunityEntries) -> None:
    with pytest.raises(MissingEntryError):
        await entries.edit(HERE, "rules", RULES, ANN, expected_version=1)


async def test_an_edit_of_what_was_removed_meanwhile_is_refused(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.remove(HERE, added.id, ANN)
    with pytest.raises(MissingEntryError, match="removed meanwhile"):
        await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1)


async def test_of_edits_at_the_same_time_exactly_one_wins(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    drafts = [Draft(RULES.question, f"Answer {number}.") for number in range(20)]
    ended = await asyncio.gather(
        *(entries.edit(HERE, added.id, draft, ANN, expected_version=1) for draft in drafts), return_exceptions=True
    )
    (winner,) = (end for end in ended if isinstance(end, StoredEntry))
    losers = [end for end in ended if isinstance(end, StaleEdit)]
    assert len(losers) == len(drafts) - 1
    assert {loser.current for loser in losers} == {winner}
    assert [version.draft for version in await entries.history(HERE, added.id)] == [winner.draft, RULES]


async def test_edits_from_two_connections_to_the_database_have_one_winner(database: Database, address: str) -> None:
    added = await CommunityEntries(database).add(HERE, RULES, ANN)
    async with Database.open(address) as second:
        ended = await asyncio.gather(
            *(
                CommunityEntries(each).edit(HERE, added.id, Draft("q", f"{number}"), ANN, expected_version=1)
                for number, each in enumerate((database, second) * 5)
            ),
            return_exceptions=True,
        )
    assert sorted(type(end).__name__ for end in ended) == ["StaleEdit"] * 9 + ["StoredEntry"]


async def test_entries_added_at_the_same_time_all_get_ids_of_their_own(entries: CommunityEntries) -> None:
    added = await asyncio.gather(*(entries.add(HERE, RULES, ANN) for _ in range(8)))
    assert len({entry.id for entry in added}) == 8


async def test_of_adds_of_one_id_at_the_same_time_exactly_one_wins(entries: CommunityEntries) -> None:
    ended = await asyncio.gather(
        *(entries.add(HERE, RULES, ANN, entry_id="rules") for _ in range(8)), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ended) == ["StoredEntry"] + ["TakenIdError"] * 7


async def test_a_removed_entry_is_no_longer_there(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.remove(HERE, added.id, BEN)
    assert await entries.get(HERE, added.id) is None
    assert await entries.all(HERE) == ()


async def test_a_removed_entry_lies_in_the_bin(entries: CommunityEntries, clock: Clock) -> None:
    removed = await entries.remove(HERE, (await entries.add(HERE, RULES, ANN)).id, BEN, reason="old")
    (binned,) = await entries.bin(HERE, clock.now)
    assert (binned.entry, binned.until) == (removed, START + dt.timedelta(days=30))
    assert (binned.entry.current.author, binned.entry.current.reason) == (BEN, "old")


async def test_a_removal_of_what_is_not_there_is_refused(entries: CommunityEntries) -> None:
    with pytest.raises(MissingEntryError):
        await entries.remove(HERE, "rules", ANN)


async def test_the_bin_keeps_an_entry_for_thirty_days(entries: CommunityEntries, clock: Clock) -> None:
    await entries.remove(HERE, (await entries.add(HERE, RULES, ANN)).id, ANN)
    clock.forward(days=30, microseconds=-1)
    assert (len(await entries.bin(HERE, clock.now)), await entries.purge(clock.now)) == (1, 0)
    clock.forward(microseconds=1)
    assert (len(await entries.bin(HERE, clock.now)), await entries.purge(clock.now)) == (0, 1)


async def test_a_purged_entry_leaves_no_version(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.remove(HERE, added.id, ANN)
    clock.forward(days=31)
    await entries.purge(clock.now)
    assert await entries.history(HERE, added.id) == ()


async def test_purging_leaves_what_is_not_in_the_bin(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    clock.forward(days=400)
    assert await entries.purge(clock.now) == 0
    assert await entries.get(HERE, added.id) == added


async def test_an_earlier_version_comes_back_as_a_new_one(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1)
    restored = await entries.restore(HERE, added.id, 1, BEN)
    assert (restored.draft, restored.version, restored.current.action) == (RULES, 3, "restore")


async def test_restoring_takes_an_entry_out_of_the_bin(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.remove(HERE, added.id, ANN)
    restored = await entries.restore(HERE, added.id, 1, ANN)
    assert await entries.get(HERE, added.id) == restored
    assert await entries.bin(HERE, clock.now) == ()


@pytest.mark.parametrize("version", [0, 2])
async def test_a_version_that_never_was_is_not_restored(entries: CommunityEntries, version: int) -> None:
    added = await entries.add(HERE, RULES, ANN)
    with pytest.raises(MissingEntryError, match="no version"):
        await entries.restore(HERE, added.id, version, ANN)


async def test_adding_under_an_id_in_the_bin_goes_on_with_its_history(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="rules")
    await entries.remove(HERE, "rules", ANN)
    again = await entries.add(HERE, KINDER, BEN, entry_id="rules")
    assert (again.version, again.draft, len(await entries.history(HERE, "rules"))) == (3, KINDER, 3)


async def test_an_edit_of_the_guides_entry_is_marked_as_such(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="faq-salary", overrides=True)
    (entry,) = await entries.all(HERE)
    assert entry.overrides


async def test_an_edit_of_the_guides_entry_can_be_taken_back(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="faq-salary", overrides=True)
    taken = await entries.take_back(HERE, "faq-salary", BEN)
    assert (taken.current.action, taken.current.author) == ("remove", BEN)
    assert await entries.get(HERE, "faq-salary") is None


async def test_the_communitys_own_entry_is_not_taken_back(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    with pytest.raises(MissingEntryError, match="community's own"):
        await entries.take_back(HERE, added.id, ANN)
    assert await entries.get(HERE, added.id) == added


async def test_an_import_tells_what_is_new_changed_and_lost(entries: CommunityEntries) -> None:
    for entry_id in ("changed", "lost", "same"):
        await entries.add(HERE, RULES, ANN, entry_id=entry_id)
    done = await entries.replace(HERE, {"changed": KINDER, "new": OTHER, "same": RULES}, BEN, "from a file")
    assert done == Replaced(new=("new",), changed=("changed",), lost=("lost",))
    assert {entry.id: entry.draft for entry in await entries.all(HERE)} == {
        "changed": KINDER, "new": OTHER, "same": RULES,
    }  # fmt: skip


async def test_what_an_import_loses_lies_in_the_bin(entries: CommunityEntries, clock: Clock) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="lost")
    await entries.replace(HERE, {}, BEN, "from a file")
    assert [binned.entry.id for binned in await entries.bin(HERE, clock.now)] == ["lost"]


async def test_an_import_takes_an_entry_out_of_the_bin(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="rules")
    await entries.remove(HERE, "rules", ANN)
    assert await entries.replace(HERE, {"rules": RULES}, BEN) == Replaced(new=("rules",))
    assert [version.action for version in await entries.history(HERE, "rules")] == ["import", "remove", "add"]


async def test_an_import_marks_what_stands_in_place_of_the_guides_entries(entries: CommunityEntries) -> None:
    await entries.replace(HERE, {"faq-salary": RULES, "own": OTHER}, ANN, guide_ids=["faq-salary"])
    assert {entry.id: entry.overrides for entry in await entries.all(HERE)} == {"faq-salary": True, "own": False}


async def test_an_import_leaves_other_servers_alone(entries: CommunityEntries) -> None:
    added = await entries.add(ELSEWHERE, RULES, ANN)
    await entries.replace(HERE, {}, ANN)
    assert await entries.all(ELSEWHERE) == (added,)


async def test_an_import_with_one_wrong_entry_changes_nothing(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    with pytest.raises(WaymarkError, match="answer cannot be saved"):
        await entries.replace(HERE, {"a": OTHER, "b": Draft("Why?", " ")}, ANN)
    assert await entries.all(HERE) == (added,)


async def test_imports_at_the_same_time_end_as_if_one_came_after_the_other(entries: CommunityEntries) -> None:
    await entries.add(HERE, RULES, ANN, entry_id="old")
    sets = [{f"{name}-{n}": Draft(name, f"{n}") for n in range(5)} | {"old": Draft("q", name)} for name in "abcd"]
    await asyncio.gather(*(entries.replace(HERE, drafts, ANN) for drafts in sets))
    assert {entry.id: entry.draft for entry in await entries.all(HERE)} in sets


async def test_the_audit_log_tells_the_last_things_first(entries: CommunityEntries, clock: Clock) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1, reason="kinder")
    await entries.remove(HERE, added.id, ANN)
    clock.forward(days=31)
    await entries.purge(clock.now)
    assert [(c.action, c.version, c.author, c.reason) for c in await entries.audit(HERE)] == [
        ("purge", 3, None, None), ("remove", 3, ANN, None), ("edit", 2, BEN, "kinder"), ("add", 1, ANN, None),
    ]  # fmt: skip


async def test_the_audit_log_gives_no_more_than_is_asked_for(entries: CommunityEntries) -> None:
    added = [(await entries.add(HERE, RULES, ANN)).id for _ in range(3)]
    await entries.add(ELSEWHERE, RULES, ANN)
    assert [change.entry_id for change in await entries.audit(HERE, 2)] == [added[2], added[1]]


async def test_a_forgotten_person_is_named_nowhere_and_the_texts_stay(entries: CommunityEntries) -> None:
    added = await entries.add(HERE, RULES, ANN)
    await entries.edit(HERE, added.id, KINDER, BEN, expected_version=1)
    assert await entries.forget(ANN) == 2
    assert [version.author for version in await entries.history(HERE, added.id)] == [BEN, None]
    assert [change.author for change in await entries.audit(HERE)] == [BEN, None]
    assert [version.draft for version in await entries.history(HERE, added.id)] == [KINDER, RULES]


async def test_any_text_comes_back_as_it_was(entries: CommunityEntries) -> None:
    draft = Draft("¿Qué? 日本 \U0001f600", "one\n\n  two\ttabs \\ 'quotes\" {figure} 100% :name $1", ("naïve", "ß"))
    added = await entries.add(HERE, draft, ANN)
    found = await entries.get(HERE, added.id)
    assert found is not None
    assert found.draft == draft
