"""The `waymark` command, run as a person runs it: arguments in, lines and an exit code out."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import main
from tests.knowledge.folders import ENTRY, knowledge_folder, write_entries
from tests.matching.encoders import real_encoder


class Waymark:
    """Runs the command in this process and keeps what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["waymark", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err


@pytest.fixture
def waymark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Waymark:
    monkeypatch.chdir(tmp_path)
    return Waymark(monkeypatch, capsys)


def test_a_question_in_json_gets_the_answer_object(waymark: Waymark) -> None:
    code, out, _ = waymark("ask", "--json", "How long does it take to become a certified library media specialist?")
    answer = json.loads(out)
    assert (code, set(answer), set(answer["entries"][0])) == (
        0, {"kind", "interject", "entries", "encoder"}, {"id", "title", "text", "confidence"},
    )  # fmt: skip
    assert answer["kind"] == "answer"
    assert answer["entries"][0]["id"] == "faq-timeline"
    assert "2-5 years" in answer["entries"][0]["text"]


def test_a_question_on_the_terminal_gets_text_and_source(waymark: Waymark, tmp_path: Path) -> None:
    code, out, _ = waymark("ask", "--knowledge", knowledge_folder(tmp_path), "baker salary")
    assert code == 0
    assert "The median is $30,000 a year." in out
    assert "Source: Bakers' union: Pay survey (as of 2024)" in out


def test_another_knowledge_folder_answers_from_itself(waymark: Waymark, tmp_path: Path) -> None:
    _, out, _ = waymark("ask", "--json", "--knowledge", knowledge_folder(tmp_path), "What does a baker earn?")
    assert json.loads(out)["entries"][0]["text"] == "The median is $30,000 a year."


def test_a_communitys_entries_lie_over_the_base(waymark: Waymark, tmp_path: Path) -> None:
    community = tmp_path / "community.yaml"
    community.write_text("entries:\n  - {id: rules, question: What are the rules here?, answer: Be kind.}\n")
    _, out, _ = waymark("ask", "--json", "--community", community, "what are the rules here")
    assert json.loads(out)["entries"][0]["text"] == "Be kind."


def test_what_nobody_knows_is_none_with_no_entries(waymark: Waymark) -> None:
    _, out, _ = waymark("ask", "--json", "xylophone zeppelins")
    assert json.loads(out) == {"kind": "none", "interject": False, "entries": [], "encoder": None}


def test_an_answer_on_the_terminal_begins_with_what_the_question_names(waymark: Waymark, tmp_path: Path) -> None:
    lead = "  leads:\n  - {when: [head baker], text: 'A head baker: more.'}\n"
    folder = knowledge_folder(tmp_path, entries=ENTRY + lead)
    _, out, _ = waymark("ask", "--knowledge", folder, "the salary of a head baker")
    assert out.index("A head baker: more.") < out.index("The median is $30,000 a year.")


def test_a_miss_on_the_terminal_offers_the_nearest_themes(waymark: Waymark) -> None:
    _, out, _ = waymark("ask", "xylophone zeppelins")
    assert "I don't know that one." in out
    assert "The career at a glance" in out


def test_an_explanation_stands_after_the_answer_on_the_terminal(waymark: Waymark, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, words="synonyms: [[salary, wage]]\n")
    _, out, _ = waymark("ask", "--explain", "--knowledge", folder, "the wage of a baker")
    assert out.index("$30,000 a year") < out.index("Why: Answer: ")
    assert "median-pay" in out
    assert "“baker salary”" in out
    assert "wage → salary (synonym)" in out


def test_without_being_asked_nothing_is_explained(waymark: Waymark, tmp_path: Path) -> None:
    _, out, _ = waymark("ask", "--knowledge", knowledge_folder(tmp_path), "baker salary")
    assert "Why:" not in out


def test_an_explanation_in_json_is_one_more_key(waymark: Waymark, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    plain = json.loads(waymark("ask", "--json", "--knowledge", folder, "the salary of a baker")[1])
    explained = json.loads(waymark("ask", "--json", "--explain", "--knowledge", folder, "the salary of a baker")[1])
    explanation = explained.pop("explanation")
    assert explained == plain
    assert explanation["entries"][0]["id"] == "median-pay"
    assert {"word": "baker", "met": "baker", "how": "same word"}.items() <= explanation["entries"][0]["meetings"][
        1
    ].items()


def test_each_question_of_a_batch_can_be_explained(waymark: Waymark, tmp_path: Path) -> None:
    lines = '{"text": "baker salary"}\n{"text": "zebra"}\n'
    _, out, _ = waymark(
        "ask", "--json", "--explain", "--knowledge", knowledge_folder(tmp_path), "--batch", "-", stdin=lines
    )
    first, second = [json.loads(line)["explanation"]["why"] for line in out.splitlines()]
    assert first == "Answer: this is word for word a phrasing of median-pay."
    assert second.startswith("Not known: ")


def test_thanks_get_a_friendly_line(waymark: Waymark) -> None:
    _, out, _ = waymark("ask", "thank you!")
    assert "Glad to help" in out


def test_a_batch_answers_line_by_line_in_order(waymark: Waymark, tmp_path: Path) -> None:
    lines = '{"text": "thanks", "conversation": "a"}\n\n{"text": "baker salary"}\n'
    folder = knowledge_folder(tmp_path, words="social: [thanks]\n")
    code, out, _ = waymark("ask", "--json", "--knowledge", folder, "--batch", "-", stdin=lines)
    assert code == 0
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["social", "answer"]


def test_a_batch_can_come_from_a_file(waymark: Waymark, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "thanks"}\n')
    _, out, _ = waymark("ask", "--json", "--batch", tmp_path / "in.jsonl")
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize("line", ["no json", "[]", '{"question": "x"}', '{"text": 3}'])
def test_a_bad_line_of_a_batch_is_told_and_the_others_are_answered(waymark: Waymark, line: str) -> None:
    code, out, err = waymark("ask", "--json", "--batch", "-", stdin=f'{line}\n{{"text": "thanks"}}\n')
    first, second = map(json.loads, out.splitlines())
    assert code == 1
    assert first["error"] == 'line 1 is no question: it must be a JSON object with a "text"'
    assert second["kind"] == "social"
    assert "line 1 is no question" in err


def test_a_chat_answers_opens_numbers_and_ends_on_an_empty_line(waymark: Waymark, tmp_path: Path) -> None:
    more = ENTRY.replace("[]", "[night]") + ENTRY.replace("median-pay", "night").replace(
        "What does a baker earn?", "Do bakers work at night?"
    ).replace("[baker salary, pay of bakers]", "[]").replace("The median is {median_pay} a year.", "Often.")
    code, out, _ = waymark(
        "ask", "--knowledge", knowledge_folder(tmp_path, entries=more), stdin="baker salary\n1\n9\n\n"
    )
    assert code == 0
    assert out.index("$30,000") < out.index("Do bakers work at night?") < out.index("Often.")


def test_a_chat_says_first_that_words_alone_decide(waymark: Waymark, tmp_path: Path) -> None:
    _, out, _ = waymark("ask", "--knowledge", knowledge_folder(tmp_path), stdin="")
    assert "Matching by words alone." in " ".join(out.split())


def test_a_chat_says_first_which_encoder_is_in_use(
    waymark: Waymark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_encoder()
    monkeypatch.delenv("WAYMARK_ENCODER")
    _, out, _ = waymark("ask", "--knowledge", knowledge_folder(tmp_path), stdin="")
    assert "Matching with all-MiniLM-L6-v2." in " ".join(out.split())


def test_a_chat_can_explain_each_answer(waymark: Waymark, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    _, out, _ = waymark("ask", "--explain", "--knowledge", folder, stdin="baker salary\nzebra\n\n")
    assert out.count("Why: ") == 2


def test_a_chat_ends_with_its_input(waymark: Waymark) -> None:
    assert waymark("ask", stdin="")[0] == 0


def test_a_folder_that_is_not_there_is_one_line_and_exit_code_2(waymark: Waymark, tmp_path: Path) -> None:
    code, out, err = waymark("ask", "--knowledge", tmp_path / "none", "hello")
    assert (code, out) == (2, "")
    assert err == f"waymark: There is no folder {tmp_path / 'none'}. Name one that holds knowledge files.\n"


def test_broken_knowledge_is_one_line_and_exit_code_2(waymark: Waymark, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    path = write_entries(folder, "[")
    code, _, err = waymark("ask", "--knowledge", folder, "hello")
    assert code == 2
    assert err.startswith(f"waymark: The knowledge files have a fault: {path}:3: this is not valid YAML")
    assert err.count("\n") == 1


def test_check_is_silent_on_sound_files(waymark: Waymark, tmp_path: Path) -> None:
    assert waymark("check", knowledge_folder(tmp_path))[:2] == (0, "")


def test_check_prints_every_fault_and_exits_with_1(waymark: Waymark, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path, entries=ENTRY.replace("[]", "[nowhere]").replace("[survey]", "[rumour]"))
    code, out, _ = waymark("check", folder)
    path = folder / "baker" / "entries" / "pay.yaml"
    assert code == 1
    assert out == (
        f"{path}:7: `related` names `nowhere`, and there is no such entry.\n"
        f"{path}:8: `sources` names `rumour`, which guide.yaml does not define.\n"
    )


def test_check_prints_every_fault_of_a_communitys_file(waymark: Waymark, tmp_path: Path) -> None:
    path = tmp_path / "export.yaml"
    entry = "  - id: rules\n    question: Rules?\n    answer: Be kind.\n"
    path.write_text(f"entries:\n{entry}{entry}", encoding="utf-8")
    code, out, _ = waymark("check", path)
    assert (code, out) == (1, f"{path}:5: the id `rules` is taken already (export.yaml:2); ids must differ.\n")


def test_check_says_when_there_is_no_such_folder_or_file(waymark: Waymark, tmp_path: Path) -> None:
    code, _, err = waymark("check", tmp_path / "nowhere.yaml")
    assert (code, err.count("\n")) == (2, 1)
    assert "There is no folder" in err


def test_schema_prints_what_the_models_make(waymark: Waymark) -> None:
    _, out, _ = waymark("schema")
    assert "EntriesFile" in json.loads(out)["$defs"]


def faq(folder: Path) -> tuple[Path, Path]:
    entries, queries = folder / "entries.jsonl", folder / "queries.jsonl"
    rows = [
        {"id": "Pay?", "question": "What is the pay?", "phrasings": ["salary of bakers"], "answer": "30"},
        {"id": "night", "question": "Is there work at night?", "phrasings": [], "answer": "yes"},
    ]
    entries.write_text("".join(json.dumps(row) + "\n" for row in rows))
    asked = [
        {"text": "salary of bakers", "expected": ["Pay?"], "id": "q1"},
        {"text": "zebras", "expected": []},
        {"text": "thanks", "expected": []},
    ]
    queries.write_text("".join(json.dumps(row) + "\n" for row in asked))
    return entries, queries


def test_evaluate_measures_any_set_of_questions(waymark: Waymark, tmp_path: Path) -> None:
    entries, queries = faq(tmp_path)
    code, out, _ = waymark("evaluate", "--entries", entries, "--queries", queries, "--json")
    figures = json.loads(out)
    assert code == 0
    assert (figures["in_scope"], figures["out_of_scope"], figures["top_1"], figures["right"]) == (1, 2, 1.0, 1.0)


def test_evaluate_writes_one_prediction_a_query_in_order(waymark: Waymark, tmp_path: Path) -> None:
    entries, queries = faq(tmp_path)
    waymark("evaluate", "--entries", entries, "--queries", queries, "--predictions", tmp_path / "out.jsonl")
    first, second, third = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert (first["id"], first["kind"], first["ranked"][0]) == ("q1", "answer", ["Pay?", 0.99])
    assert (second["id"], second["kind"]) == (2, "none")
    assert third == {"id": 3, "kind": "social", "ranked": []}


def test_evaluate_shows_figures_as_a_table(waymark: Waymark, tmp_path: Path) -> None:
    entries, queries = faq(tmp_path)
    _, out, _ = waymark("evaluate", "--entries", entries, "--queries", queries)
    assert "right or offered" in out


@pytest.mark.parametrize(
    ("name", "line", "fault"),
    [
        ("entries.jsonl", "nonsense", "this is no JSON object."),
        ("entries.jsonl", '{"id": 3}', "an entry needs an `id`"),
        ("entries.jsonl", '{"id": "a", "phrasings": []}', "has neither a question nor a phrasing"),
        ("queries.jsonl", '{"text": "a"}', "a query needs a `text` and a list `expected`."),
    ],
)
def test_evaluate_names_file_and_line_of_a_bad_row(
    waymark: Waymark, tmp_path: Path, name: str, line: str, fault: str
) -> None:
    entries, queries = faq(tmp_path)
    with (tmp_path / name).open("a") as file:
        file.write(line + "\n")
    code, _, err = waymark("evaluate", "--entries", entries, "--queries", queries)
    assert code == 2
    assert f"{name}:" in err
    assert fault in err


def test_evaluate_without_entries_has_nothing_to_measure(waymark: Waymark, tmp_path: Path) -> None:
    _, queries = faq(tmp_path)
    (tmp_path / "none.jsonl").write_text("")
    code, _, err = waymark("evaluate", "--entries", tmp_path / "none.jsonl", "--queries", queries)
    assert code == 2
    assert "holds no entries" in err


def test_run_without_a_token_is_one_line_and_exit_code_2(waymark: Waymark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    code, out, err = waymark("run")
    assert (code, out) == (2, "")
    assert err.startswith("waymark: DISCORD_TOKEN is not set")
    assert err.count("\n") == 1


def test_a_wrong_setting_is_one_line_and_exit_code_2(waymark: Waymark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_LOG", "loud")
    code, _, err = waymark("run")
    assert code == 2
    assert "WAYMARK_LOG: Input should be 'text' or 'json'" in err
    assert err.count("\n") == 1
