"""What a change does to the answers that members get, found out before it goes live."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assembly import find_embedder, find_spaces
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.models import Entry
from bot.knowledge.shipped import shipped_knowledge
from bot.matching import consequences as consequences_module
from bot.matching.answer import Kind
from bot.matching.coach import Coach
from bot.matching.consequences import consequences
from bot.matching.effects import Affected, Consequences, Fate, Named, NotFound, Outcome
from bot.matching.embedding import Embedder
from bot.matching.normalise import plain
from bot.matching.vectors import VectorCache
from bot.settings import Settings
from tests.matching.conftest import WORDS
from tests.matching.encoders import real_encoder, small_encoder
from tests.matching.made_up import texts

ENTRIES = (
    Entry(id="pay", question="What is the salary of a baker?", phrasings=["baker pay", "hourly wage"], answer="Much."),
    Entry(id="night", question="Do bakers work at night?", phrasings=["working hours", "night shifts"], answer="Yes."),
    Entry(id="oven", question="Which oven do bakers use?", phrasings=["kinds of ovens", "stone oven"], answer="Big."),
    Entry(
        id="flour", question="Which flour is best for bread?", phrasings=["rye or wheat", "flour types"], answer="A."
    ),
    Entry(id="school", question="Where do I learn the trade?", phrasings=["vocational school"], answer="There."),
    Entry(id="exam", question="How hard is the final exam?", phrasings=["test at the end"], answer="Hard."),
    Entry(id="allergy", question="Can flour dust make me ill?", phrasings=["asthma from dust"], answer="Yes."),
)
KNOWN = Knowledge(entries=ENTRIES, words=WORDS)


def draft(question: str, *phrasings: str, entry_id: str = "draft", lookalikes: Sequence[str] = ()) -> Entry:
    entry = Entry(id=entry_id, question=question, phrasings=list(phrasings), answer="Ask Ann.")
    return entry.model_copy(update={"lookalikes": list(lookalikes)})


def without(*gone: str) -> Knowledge:
    return Knowledge(entries=tuple(entry for entry in ENTRIES if entry.id not in gone), words=WORDS)


def after(new: Knowledge, changed: str, *asked: str, old: Knowledge = KNOWN) -> Consequences:
    return consequences(Coach.knowing(old), Coach.knowing(new), [changed], asked)


def with_draft(entry: Entry, *asked: str) -> Consequences:
    return after(KNOWN.with_community([entry]), entry.id, *asked)


def fates(found: Consequences) -> dict[str, Fate]:
    return {one.question: one.fate for one in found.affected}


def test_a_change_of_the_answer_alone_changes_no_question() -> None:
    found = with_draft(ENTRIES[0].model_copy(update={"answer": "Little."}), "wage of bakers")
    assert (found.affected, found.near_duplicates, found.needs_confirmation) == ((), (), False)
    assert found.unchanged + found.untouched == 1 + sum(1 + len(entry.phrasings) for entry in ENTRIES)


def test_an_entry_that_answers_a_new_wording_today_is_a_near_duplicate() -> None:
    (near,) = with_draft(draft("What is a baker's salary here?", "free rolls")).near_duplicates
    assert (near.changed.id, near.entry) == ("draft", Named("pay", "What is the salary of a baker?"))
    assert (near.text, near.phrasing) == ("What is a baker's salary here?", "What is the salary of a baker?")
    assert near.confidence >= Coach.knowing(KNOWN).matcher.cutoffs.answer


def test_an_entry_with_the_very_wording_is_a_near_duplicate() -> None:
    near = with_draft(draft("What do you earn in this town?", "Baker pay!")).near_duplicates[0]
    assert (near.entry.id, near.text, near.phrasing, near.confidence) == ("pay", "Baker pay!", "Baker pay!", 0.99)


def test_an_entry_that_is_edited_is_no_near_duplicate_of_itself() -> None:
    edited = ENTRIES[0].model_copy(update={"question": "What is the salary of a good baker?"})
    assert with_draft(edited).near_duplicates == ()


def test_wordings_that_an_edited_entry_had_before_bring_no_near_duplicates() -> None:
    old = KNOWN.with_community([draft("What is a baker's salary here?")])
    new = old.with_community([draft("What is a baker's salary here?", "free rolls")])
    assert after(new, "draft", old=old).near_duplicates == ()


def test_an_entry_of_another_matter_has_no_near_duplicates() -> None:
    assert with_draft(draft("Who runs this server?", "list of moderators")).near_duplicates == ()


def test_a_wording_that_nothing_answered_is_gained() -> None:
    found = with_draft(draft("Who runs this server?", "list of moderators"))
    assert fates(found) == {"Who runs this server?": Fate.GAINED, "list of moderators": Fate.GAINED}


def test_a_wording_that_another_entry_answered_is_changed() -> None:
    found = with_draft(draft("What is a baker's salary here?"))
    (one,) = found.of(Fate.CHANGED)
    assert ([entry.id for entry in one.before.shown], [entry.id for entry in one.after.shown]) == (["pay"], ["draft"])
    assert one.right == Named("draft", "What is a baker's salary here?")


def test_a_question_of_members_that_another_entry_answers_then_is_changed() -> None:
    found = with_draft(
        draft("What wage do bakers get in our town?", "wage in our town"), "wage of bakers in our town??"
    )
    assert fates(found)["wage of bakers in our town??"] is Fate.CHANGED


def test_wordings_of_an_entry_that_goes_are_lost_when_nothing_else_is_near() -> None:
    found = after(without("allergy"), "allergy")
    assert fates(found)["asthma from dust"] is Fate.LOST
    assert {one.right for one in found.affected} == {None}


def test_an_answer_that_becomes_an_offer_is_unclear() -> None:
    unclear = after(without("flour"), "flour").of(Fate.UNCLEAR)
    assert {one.after.kind for one in unclear} <= {Kind.SUGGESTIONS}
    assert {one.before.kind for one in unclear} <= {Kind.ANSWER}


def test_a_wording_that_a_draft_takes_from_an_entry_is_misdirected() -> None:
    found = with_draft(draft("Who runs this server?", "working hours"))
    (one,) = found.of(Fate.MISDIRECTED)
    assert (one.question, one.right, one.own_question) == ("working hours", Named("night", ENTRIES[1].question), False)
    assert not found.needs_confirmation


def test_an_own_question_that_a_draft_takes_wants_a_confirmation() -> None:
    found = with_draft(draft("Who runs this server?", "do bakers work at NIGHT"))
    (one,) = found.of(Fate.MISDIRECTED)
    assert one.own_question
    assert found.not_found_by_own_question == ()
    assert found.needs_confirmation


def test_a_draft_whose_question_another_entry_has_is_not_found_by_it() -> None:
    first = KNOWN.with_community([draft("Who runs this server?", entry_id="mods")])
    both = KNOWN.with_community([first.entries[0], draft("Who runs this SERVER")])
    found = after(both, "draft", old=first)
    assert found.not_found_by_own_question == (
        NotFound(Named("draft", "Who runs this SERVER"), Named("mods", "Who runs this server?")),
    )
    assert found.needs_confirmation


def test_a_draft_whose_question_has_no_word_is_not_found_by_it() -> None:
    found = with_draft(draft("?!", "list of moderators"))
    assert found.not_found_by_own_question == (NotFound(Named("draft", "?!"), None),)


def test_a_lookalike_of_an_edit_changes_what_members_asked() -> None:
    edited = ENTRIES[0].model_copy(update={"lookalikes": ["hourly wages of nurses"]})
    assert fates(with_draft(edited, "hourly wages of nurses")) in (
        {"hourly wages of nurses": Fate.LOST},
        {"hourly wages of nurses": Fate.UNCLEAR},
    )


def test_what_members_asked_far_from_the_change_is_counted_as_untouched() -> None:
    found = with_draft(draft("Who runs this server?"), "hourly wages", "baker pay")
    assert found.untouched == 1


def test_a_question_that_was_asked_twice_is_counted_once() -> None:
    found = with_draft(draft("Who runs this server?"), "server runs", "Server runs!", "😭")
    assert found.unchanged + found.untouched + len(found.affected) == 2 + sum(1 + len(e.phrasings) for e in ENTRIES)


def test_the_first_knowledge_gains_all_its_wordings() -> None:
    found = consequences(Coach.knowing(Knowledge(words=WORDS)), Coach.knowing(KNOWN), [e.id for e in ENTRIES], ["hm"])
    assert {one.fate for one in found.affected} == {Fate.GAINED}
    assert found.needs_confirmation is False


def test_the_last_knowledge_loses_all_its_wordings() -> None:
    found = consequences(Coach.knowing(KNOWN), Coach.knowing(Knowledge(words=WORDS)), [e.id for e in ENTRIES], ["hm"])
    assert {one.fate for one in found.affected} == {Fate.LOST}


def test_where_there_are_too_many_questions_the_entries_own_come_first() -> None:
    new = KNOWN.with_community([draft("Who runs this server?", "list of moderators", "the mods")])
    found = consequences(Coach.knowing(KNOWN), Coach.knowing(new), ["draft"], ["server runs"], most=2)
    assert (next(iter(fates(found))), found.unasked) == ("Who runs this server?", 2)
    assert found.sentences()[-1] == "2 questions could not be tried, being too many."


def test_a_wording_that_is_taken_is_told_even_where_nothing_is_asked() -> None:
    new = KNOWN.with_community([draft("Who runs this server?", "working hours")])
    found = consequences(Coach.knowing(KNOWN), Coach.knowing(new), ["draft"], most=0)
    assert (fates(found), found.unasked) == ({"working hours": Fate.MISDIRECTED}, 1)


def test_progress_ends_with_all_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consequences_module, "TOGETHER", 2)
    told: list[tuple[int, int]] = []
    new = KNOWN.with_community([draft("Who runs this server?", "list of moderators", "the mods")])
    consequences(
        Coach.knowing(KNOWN), Coach.knowing(new), ["draft"], progress=lambda done, total: told.append((done, total))
    )
    assert told == [(2, 3), (3, 3)]


def outcome(coach: Coach, text: str) -> Outcome:
    answer = coach.ask(text)
    return Outcome(answer.kind, tuple(Named(match.entry.id, match.entry.question) for match in answer.matches))


def asked_in_full(before: Coach, later: Coach, asked: Sequence[str]) -> dict[str, tuple[Outcome, Outcome]]:
    """By exact wording, everything that gets another verdict: all of the test questions, asked of both coaches."""
    wordings = [
        text for coach in (before, later) for e in coach.knowledge.entries for text in (e.question, *e.phrasings)
    ]
    both = {plain(text): (outcome(before, text), outcome(later, text)) for text in (*wordings, *asked) if plain(text)}
    return {text: (old, new) for text, (old, new) in both.items() if _differ(old, new)}


def _differ(old: Outcome, new: Outcome) -> bool:
    kinds = [Kind.NONE if one.kind is Kind.SOCIAL else one.kind for one in (old, new)]
    return kinds[0] is not kinds[1] or (old.kind is Kind.ANSWER and _ids(old) != _ids(new))


def _ids(one: Outcome) -> set[str]:
    return {entry.id for entry in one.shown}


def told(found: Consequences) -> dict[str, tuple[Outcome, Outcome]]:
    return {plain(one.question): (one.before, one.after) for one in found.affected}


def involves(entry_id: str, *outcomes: Outcome) -> bool:
    return any(entry.id == entry_id for outcome in outcomes for entry in outcome.shown)


knowledges = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=6).map(
    lambda every: Knowledge(
        entries=tuple(draft(*found, entry_id=f"e{at}") for at, found in enumerate(every)), words=WORDS
    )
)
drafts = st.lists(texts, min_size=1, max_size=4)


@given(knowledges, drafts, st.lists(texts, max_size=4), st.sampled_from(["e0", "e2", "draft"]), st.booleans())
def test_nothing_is_missed_where_there_are_no_more_entries_than_near_ones(
    known: Knowledge, wordings: list[str], asked: list[str], entry_id: str, goes: bool
) -> None:
    new = known.with_community([draft(*wordings, entry_id=entry_id)])
    old, new = (new, known) if goes else (known, new)
    before, later = Coach.knowing(old), Coach.knowing(new)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(consequences_module, "NEAR", 7)
        assert told(consequences(before, later, [entry_id], asked)) == asked_in_full(before, later, asked)


@given(knowledges, drafts, st.lists(texts, max_size=4), st.sampled_from(["e0", "e2", "draft"]), st.booleans())
def test_no_change_that_shows_the_changed_entry_is_missed(
    known: Knowledge, wordings: list[str], asked: list[str], entry_id: str, goes: bool
) -> None:
    new = known.with_community([draft(*wordings, entry_id=entry_id)])
    old, new = (new, known) if goes else (known, new)
    before, later = Coach.knowing(old), Coach.knowing(new)
    found, full = told(consequences(before, later, [entry_id], asked)), asked_in_full(before, later, asked)
    assert found.items() <= full.items()
    assert not [text for text in full.keys() - found.keys() if involves(entry_id, *full[text])]


@given(knowledges, drafts, st.lists(texts, max_size=4), st.sampled_from(["e0", "e2", "draft"]))
def test_of_the_entries_own_wordings_none_is_missed_however_few_are_near(
    known: Knowledge, wordings: list[str], asked: list[str], entry_id: str
) -> None:
    new = known.with_community([draft(*wordings, entry_id=entry_id)])
    before, later = Coach.knowing(known), Coach.knowing(new)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(consequences_module, "NEAR", 0)
        found = told(consequences(before, later, [entry_id], asked))
    assert found == asked_in_full(before, later, [])


@given(knowledges, drafts, st.sampled_from(["e0", "draft"]))
def test_an_entry_is_found_by_its_own_question_or_said_not_to_be(
    known: Knowledge, wordings: list[str], entry_id: str
) -> None:
    later = Coach.knowing(known.with_community([draft(*wordings, entry_id=entry_id)]))
    found = consequences(Coach.knowing(known), later, [entry_id])
    shown = outcome(later, wordings[0]).shown
    assert bool(found.not_found_by_own_question) == (not shown or shown[0].id != entry_id)


def test_with_an_encoder_the_verdicts_are_those_of_the_coach() -> None:
    embedder = Embedder(small_encoder, VectorCache(None))
    before = Coach.knowing(KNOWN, embedder)
    later = Coach.knowing(KNOWN.with_community([draft("Who bakes at night?", "pay for the night")]), embedder)
    asked = ["night pay", "bakers do the night", "what is the pay? do bakers work the night?"]
    found = told(consequences(before, later, ["draft"], asked))
    assert found.items() <= asked_in_full(before, later, asked).items()


def test_the_vectors_of_what_members_asked_are_not_kept() -> None:
    embedder = Embedder(small_encoder, VectorCache(None))
    before, later = (Coach.knowing(known, embedder) for known in (without("oven"), KNOWN))
    consequences(before, later, ["oven"], ["oven for the night"])
    assert later.matcher.embedder is embedder


def test_on_the_shipped_guide_no_change_that_shows_the_changed_entry_is_missed(tmp_path: Path) -> None:
    real_encoder()
    settings = Settings(waymark_encoder=None, waymark_data=tmp_path)
    embedder, known = find_embedder(settings), load_knowledge(shipped_knowledge())
    before = Coach.knowing(known, embedder, find_spaces(settings))
    own = draft("How much do we pay our own school librarians?", "pay scale of this district")
    later = Coach.knowing(known.with_community([own]), embedder)
    asked = [
        "what does this district pay its librarians", "pay scale", "how much is the pay here", "do u need a masters",
        "can i do the degree online", "our district's salary for librarians?", "who pays for the praxis",
        "is AI gonna take this job", "what should I wear to the interview", "best pizza in town",
    ]  # fmt: skip
    found = told(consequences(before, later, ["draft"], asked))
    full = {plain(text): (outcome(before, text), outcome(later, text)) for text in asked}
    assert {text: both for text, both in full.items() if _differ(*both) and involves("draft", *both)}.items() <= (
        found.items()
    )


def affected(fate: Fate, *, right: str | None = None, old: str = "Old?", new: str = "New?") -> Affected:
    kind = Kind.SUGGESTIONS if fate is Fate.UNCLEAR else Kind.ANSWER
    named = Named("right", right) if right else None
    return Affected("x", fate, _shown(old), Outcome(kind, (Named(new, new),)), named, own_question=right is not None)


def _shown(title: str) -> Outcome:
    return Outcome(Kind.ANSWER, (Named(title, title),))


def sentences(*every: Affected) -> tuple[str, ...]:
    return Consequences((), every, (), 0, 0, 0).sentences()


def test_the_sentences_tell_which_entry_answers_instead() -> None:
    every = [affected(Fate.CHANGED, old="What does each level pay?")] * 3
    assert sentences(*every) == (
        "3 questions that members may ask are then answered by 'New?' instead of 'What does each level pay?'.",
    )


def test_the_sentences_put_the_worst_first() -> None:
    every = [affected(fate) for fate in reversed(Fate) if fate is not Fate.MISDIRECTED]
    assert sentences(*every, affected(Fate.MISDIRECTED, right="Mine?")) == (
        "'Mine?' is not found by its own question: 'New?' answers it.",
        "1 question that members may ask is not answered any more.",
        "1 question that members may ask is then only offered several entries.",
        "1 question that members may ask is then answered by 'New?' instead of 'Old?'.",
        "1 question that had no sure answer is then answered.",
        "1 question that found nothing is then offered something.",
    )


def test_the_sentences_are_a_handful_however_much_changes() -> None:
    every = [affected(fate, right=f"{fate}?") for fate in Fate] * 3
    assert len(Consequences((), tuple(every), (), 0, 0, unasked=1_234).sentences()) == 6


def test_the_sentences_ask_whether_to_correct_the_near_duplicate() -> None:
    assert (
        "'What is the salary of a baker?' answers 'What is a baker's salary here?' today. Correct that one instead?"
        in with_draft(draft("What is a baker's salary here?")).sentences()
    )


def test_the_sentences_say_when_nothing_changes() -> None:
    assert sentences() == ("No question that was tried gets another answer.",)
