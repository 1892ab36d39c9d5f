"""What speed is measured on and how."""

from benchmarks.made_up import made_up
from benchmarks.peers import Found, Method
from benchmarks.speed import FEWEST, WARM_UP, times_of


def test_made_up_entries_are_the_same_every_time() -> None:
    assert made_up(20, 5) == made_up(20, 5)


def test_each_entry_has_two_texts() -> None:
    entries, questions = made_up(20, 5)
    assert [len(entry.texts) for entry in entries] == [2] * 20
    assert len(questions) == 5


def test_half_of_a_question_are_words_of_one_text() -> None:
    entries, questions = made_up(50, 30)
    texts = [set(text.split()) for entry in entries for text in entry.texts]
    for question in questions:
        words = question.split()
        assert max(sum(word in text for word in words) for text in texts) >= len(words) / 2


def test_words_are_spread_as_in_a_language() -> None:
    entries, _ = made_up(2_000, 0)
    words = [word for entry in entries for text in entry.texts for word in text.split()]
    counts = sorted((words.count(word) for word in set(words)), reverse=True)
    assert sum(counts[:120]) > len(words) / 2
    assert sum(count == 1 for count in counts) > len(counts) / 2


class Counting(Method):
    """Finds nothing, and counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__("counting")
        self.asked = 0

    def ask(self, text: str) -> Found:
        self.asked += 1
        return Found(None, float(len(text)))


def test_the_first_questions_do_not_count() -> None:
    method = Counting()
    times = times_of([method], ["what"] * (WARM_UP + 7))
    assert (len(times["counting"]), method.asked) == (7, WARM_UP + 7)


def test_a_slow_method_is_asked_no_more_once_it_has_been_asked_often() -> None:
    assert len(times_of([Counting()], ["what"] * (FEWEST + 50), seconds=0.0)["counting"]) == FEWEST
