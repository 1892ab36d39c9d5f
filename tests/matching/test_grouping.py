"""What was asked in vain, put together with its like."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.knowledge import Knowledge
from bot.matching.coach import Coach
from bot.matching.embedding import Embedder
from bot.matching.grouping import ANEW, Group, groups, proposals
from bot.matching.likeness import Met
from bot.matching.vectors import VectorCache
from tests.matching.asked import COACH, ENTRIES, KNOWN, START, Asked, asked, numbers
from tests.matching.encoders import real_encoder, small_encoder
from tests.matching.made_up import texts

PARKING = ("Where can I park my car?", "car park for bakers?", "where do I park the car")
LUNCH = ("Is lunch free?", "free lunch?")


def together(found: Sequence[Group[Asked]]) -> list[list[int]]:
    """The numbers of each group, in the groups' order."""
    return [numbers(group.questions) for group in found]


def test_questions_that_ask_the_same_are_one_group() -> None:
    assert together(groups(COACH, asked(PARKING[0], LUNCH[0], *PARKING[1:], LUNCH[1]))) == [[1, 3, 4], [2, 5]]


def test_nothing_asked_makes_no_groups() -> None:
    assert groups(COACH, []) == ()


def test_what_has_no_words_is_left_out() -> None:
    assert groups(COACH, asked("😭", "...", "")) == ()


def test_a_group_holds_the_members_own_words_each_once() -> None:
    (group,) = groups(COACH, asked("free lunch?", "Free lunch", "Is lunch free?", "FREE LUNCH!!"))
    assert set(group.wordings) == {"FREE LUNCH!!", "Is lunch free?"}


def test_the_most_typical_wording_stands_first() -> None:
    (group,) = groups(COACH, asked("car park for bakers?", "where do I park the car", "where do I park my car"))
    assert group.wordings[0] != "car park for bakers?"


def test_people_are_counted_not_questions() -> None:
    every = [replace(question, member=7) for question in asked(*PARKING)]
    assert [group.people for group in groups(COACH, [*every, *asked(*LUNCH)])] == [2, 1]


def test_what_most_people_ask_comes_first_and_then_what_mentors_are_asked_for() -> None:
    every = asked(LUNCH[0], "which shoes do I wear", PARKING[0], LUNCH[1])
    every[1] = replace(every[1], asked_mentor=True)
    assert together(groups(COACH, every)) == [[1, 4], [2], [3]]


def test_of_groups_that_are_alike_the_last_asked_comes_first() -> None:
    assert together(groups(COACH, asked(LUNCH[0], PARKING[0]))) == [[2], [1]]


def test_a_group_tells_when_it_was_asked_and_how_many_wait() -> None:
    first, second = asked(*LUNCH)
    every = [replace(first, waiting=2, asked_mentor=True), replace(second, waiting=1)]
    (group,) = groups(COACH, every)
    assert (group.number, group.first, group.last) == (1, first.at, second.at)
    assert (group.people, group.mentor_asks, group.waiting, group.dismissed) == (2, 1, 3, 0)
    assert group.first > START


def test_the_entries_that_come_nearest_are_told() -> None:
    (group,) = groups(COACH, asked("what oven at night?"))
    assert len(group.nearest) == 3
    assert set(group.nearest[:2]) == {"oven", "night"}


def test_without_entries_questions_are_grouped_all_the_same() -> None:
    empty = Coach.knowing(Knowledge(words=KNOWN.words))
    assert together(groups(empty, asked(*LUNCH, "where do I park"))) == [[1, 2], [3]]
    assert {group.nearest for group in groups(empty, asked(*LUNCH))} == {()}


def test_the_same_wording_is_never_in_two_groups() -> None:
    found = groups(COACH, asked("free lunch?", "lunch free of charge", "free bread?", "free lunch?"))
    assert any({1, 4} <= set(one) for one in together(found))


def dismissed(*questions: Asked) -> list[Asked]:
    return [replace(question, dismissed=True) for question in questions]


def test_what_was_dismissed_is_out_of_sight() -> None:
    first, second, third = asked(*LUNCH, PARKING[0])
    assert together(groups(COACH, [*dismissed(first, second), third])) == [[3]]


def test_what_is_like_dismissed_ones_stays_out_of_sight() -> None:
    first, *others = asked(LUNCH[0], *[LUNCH[1]] * (ANEW - 1))
    assert groups(COACH, [*dismissed(first), *others]) == ()


def test_what_enough_people_ask_anew_comes_up_without_what_was_dismissed() -> None:
    first, *others = asked(LUNCH[0], *[LUNCH[1]] * ANEW)
    (group,) = groups(COACH, [*dismissed(first), *others])
    assert (numbers(group.questions), group.people, group.dismissed) == ([2, 3, 4], ANEW, 1)
    assert group.wordings == (LUNCH[1],)


def test_one_person_who_asks_again_and_again_is_not_enough() -> None:
    first, *others = asked(LUNCH[0], *[LUNCH[1]] * 9)
    assert groups(COACH, [*dismissed(first), *(replace(one, member=7) for one in others)]) == ()


def test_what_was_chosen_is_no_miss() -> None:
    first, second = asked(*LUNCH)
    assert together(groups(COACH, [replace(first, chosen="oven"), second])) == [[2]]


def chosen(text: str, entry_id: str, member: int = 1, number: int = 1) -> Asked:
    return Asked(number, text, member, chosen=entry_id)


def test_a_wording_whose_asker_chose_an_entry_is_proposed_for_it() -> None:
    (found,) = proposals(COACH, [chosen("take home after tax?", "pay"), *asked(*PARKING)])
    assert (found.entry_id, found.text, found.people) == ("pay", "take home after tax?", 1)
    assert numbers(found.questions) == [1]


def test_a_wording_that_the_entry_has_is_not_proposed() -> None:
    assert proposals(COACH, [chosen("Baker PAY!", "pay"), chosen("what is the salary of a baker", "pay")]) == ()


def test_a_wording_of_another_entry_may_be_proposed() -> None:
    assert [one.entry_id for one in proposals(COACH, [chosen("baker pay", "exam")])] == ["exam"]


def test_an_entry_that_is_gone_gets_no_proposals() -> None:
    assert proposals(COACH, [chosen("take home?", "gone")]) == ()


def test_the_same_wording_is_proposed_once_and_those_of_most_people_first() -> None:
    every = [
        chosen("money?", "pay", 1, 1), chosen("cash?", "pay", 1, 2), chosen("Cash", "pay", 2, 3),
        chosen("cash", "exam", 3, 4),
    ]  # fmt: skip
    found = [(one.entry_id, one.text, one.people) for one in proposals(COACH, every)]
    assert found == [("pay", "Cash", 2), ("exam", "cash", 1), ("pay", "money?", 1)]


def test_a_dismissed_proposal_comes_up_again_when_enough_people_choose_it_anew() -> None:
    first, *others = [chosen("cash?", "pay", number, number) for number in range(1, ANEW + 2)]
    assert proposals(COACH, [*dismissed(first), *others[:-1]]) == ()
    (found,) = proposals(COACH, [*dismissed(first), *others])
    assert numbers(found.questions) == [2, 3, 4]


def many(every: Sequence[str]) -> list[Asked]:
    return [Asked(number, text, member=number % 3) for number, text in enumerate(every, 1)]


asked_texts = st.lists(texts, min_size=1, max_size=8)


@given(asked_texts, st.data())
def test_a_later_question_changes_nothing_about_those_before(every: list[str], data: st.DataObject) -> None:
    later = data.draw(texts)
    before = {tuple(one) for one in together(groups(COACH, many(every)))}
    after = together(groups(COACH, many([*every, later])))
    new = len(every) + 1
    left = {tuple(number for number in one if number != new) for one in after}
    assert left - {()} == before


@given(asked_texts, st.randoms(use_true_random=False))
def test_the_order_in_which_questions_come_does_not_matter(every: list[str], chance: object) -> None:
    shuffled = sorted(many(every), key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert groups(COACH, shuffled) == groups(COACH, many(every))


@given(asked_texts)
def test_each_question_is_in_one_group(every: list[str]) -> None:
    found = [number for one in together(groups(COACH, many(every))) for number in one]
    words = [question.number for question in many(every) if any(letter.isalnum() for letter in question.text)]
    assert sorted(found) == words


@given(asked_texts)
def test_with_an_encoder_what_is_remembered_changes_nothing(every: list[str]) -> None:
    coach = Coach.knowing(KNOWN, Embedder(small_encoder, VectorCache(None)))
    met: Met = {}
    first = groups(coach, many(every), met)
    assert groups(coach, many(every), met) == first == groups(coach, many(every))


def test_what_members_asked_is_not_remembered_longer_than_it_is_asked() -> None:
    coach = Coach.knowing(KNOWN, Embedder(small_encoder, VectorCache(None)))
    met: Met = {}
    groups(coach, asked("do bakers work", "night pay"), met)
    assert set(met) == {"do bakers work", "night pay"}
    groups(coach, asked("night pay"), met)
    assert set(met) == {"night pay"}


@pytest.fixture(scope="module")
def reading_coach() -> Coach:
    """One that compares meanings with the real encoder."""
    encoder = real_encoder()
    return Coach.knowing(KNOWN, Embedder(lambda: encoder, VectorCache(None)))


def test_with_the_encoder_what_means_the_same_is_together_whatever_its_words(reading_coach: Coach) -> None:
    every = asked(
        "Where can I leave my car?", "is the canteen free", "is there any parking nearby", "do we get lunch for free",
        "parking spaces?", "my dog is ill",
    )  # fmt: skip
    assert together(groups(reading_coach, every)) == [[1, 3, 5], [2, 4], [6]]


def test_with_the_encoder_a_later_question_changes_nothing_about_those_before(reading_coach: Coach) -> None:
    every = asked(*PARKING, *LUNCH, "which shoes", "shoes for work", "can I bring my dog", "dogs?", "parking fee")
    before = {tuple(one) for one in together(groups(reading_coach, every[:-1]))}
    after = together(groups(reading_coach, every))
    assert {tuple(number for number in one if number != 10) for one in after} - {()} == before


def test_with_the_encoder_the_nearest_entries_are_told(reading_coach: Coach) -> None:
    (group,) = groups(reading_coach, asked("how much money will I make"))
    assert group.nearest[0] == "pay"


def test_the_entries_are_those_of_the_coach() -> None:
    (group,) = groups(COACH, asked("parking"))
    assert set(group.nearest) <= {entry.id for entry in ENTRIES}
