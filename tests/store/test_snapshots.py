"""All entries at one moment: comparing them, laying a file over them, and keeping them as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import WaymarkError
from bot.store.drafts import Draft
from bot.store.snapshots import Snapshot, without_repeats
from bot.store.values import Replaced

RULES = Draft("What are the rules?", "Be kind.", ("house rules",))
KINDER = Draft("What are the rules?", "Be kinder.", ("house rules",))
MEETING = Draft("When do we meet?", "On Mondays.")

DRAFTS = st.builds(Draft, st.text(max_size=20), st.text(max_size=50), st.lists(st.text(max_size=20)).map(tuple))


def test_drafts_are_checked_and_put_in_order() -> None:
    found = Snapshot.checked({"b": Draft(" Why? ", "So."), "a": RULES}, guide_ids=["b", "c"])
    assert list(found.drafts.items()) == [("a", RULES), ("b", Draft("Why?", "So."))]
    assert found.overrides == {"b"}


@pytest.mark.parametrize("drafts", [{"a": Draft("Why?", " ")}, {"Not An Id": RULES}])
def test_what_is_no_entry_is_refused(drafts: dict[str, Draft]) -> None:
    with pytest.raises(WaymarkError):
        Snapshot.checked(drafts)


def test_what_is_new_changed_and_lost_is_told_by_id() -> None:
    before = Snapshot({"changed": RULES, "lost": MEETING, "same": RULES})
    after = Snapshot({"changed": KINDER, "new": MEETING, "same": RULES})
    assert before.replaced_by(after) == Replaced(("new",), ("changed",), ("lost",))


def test_a_file_takes_the_place_of_what_stands() -> None:
    standing = Snapshot({"meeting": MEETING, "rules": RULES})
    assert Snapshot({"rules": KINDER}).laid_over(standing, keep=False) == Snapshot({"rules": KINDER})


def test_what_a_file_lacks_may_be_kept() -> None:
    standing = Snapshot({"meeting": MEETING, "rules": RULES}, frozenset({"meeting"}))
    laid = Snapshot({"rules": KINDER}).laid_over(standing, keep=True)
    assert laid == Snapshot({"meeting": MEETING, "rules": KINDER}, frozenset({"meeting"}))


def test_a_question_that_stands_under_another_id_goes_on_under_that() -> None:
    standing = Snapshot({"house-rules": RULES})
    file = Snapshot({"what-are-the-rules": Draft("what are THE rules", "Be bold.")})
    assert file.laid_over(standing, keep=False) == Snapshot({"house-rules": Draft("what are THE rules", "Be bold.")})


def test_an_id_of_the_file_is_never_taken_by_another_of_its_entries() -> None:
    standing = Snapshot({"a": RULES})
    file = Snapshot({"a": MEETING, "b": RULES})
    assert file.laid_over(standing, keep=False) == file


def test_one_that_stands_in_place_of_the_guides_goes_on_doing_so() -> None:
    standing = Snapshot({"night": RULES}, frozenset({"night"}))
    assert Snapshot({"night": KINDER}).laid_over(standing, keep=False).overrides == {"night"}


def test_an_own_entry_does_not_become_the_guides_when_the_guide_gets_its_id_later() -> None:
    file = Snapshot({"night": KINDER}, frozenset({"night"}))
    assert file.laid_over(Snapshot({"night": RULES}), keep=False).overrides == frozenset()


def test_phrasings_that_repeat_words_make_no_change() -> None:
    stands = Draft("What are the rules?", "Be kind.", ("what are the RULES", "house rules", "House rules!"))
    standing = Snapshot({"rules": stands})
    assert Snapshot({"rules": RULES}).laid_over(standing, keep=False) == standing


def test_phrasings_that_repeat_words_are_left_out() -> None:
    draft = Draft("What are the rules?", "Be kind.", ("what are the RULES", "house rules", "House rules!"))
    assert without_repeats(draft) == RULES


def test_the_fingerprint_is_that_of_the_texts() -> None:
    assert Snapshot({"a": RULES}).fingerprint() == Snapshot({"a": RULES}).fingerprint()
    split = Draft(RULES.question, RULES.answer, ("house", "rules"))
    others = [Snapshot({"a": RULES}), Snapshot({"a": KINDER}), Snapshot({"b": RULES}), Snapshot({"a": split})]
    assert len({snapshot.fingerprint() for snapshot in (*others, Snapshot({}))}) == 5


@given(st.dictionaries(st.sampled_from("abcdef"), DRAFTS))
def test_any_texts_come_back_from_what_is_kept(drafts: dict[str, Draft]) -> None:
    snapshot = Snapshot(drafts, frozenset(sorted(drafts)[:1]))
    assert Snapshot.read(snapshot.text()) == snapshot
