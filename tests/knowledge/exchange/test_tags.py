"""What other bots export as JSON."""

import json

from tests.knowledge.exchange.files import entries_of, faults_of, pairs_of


def test_reds_custom_commands_are_found_in_its_settings() -> None:
    command = {
        "author": {"id": 1, "name": "a"},
        "command": "rules",
        "cooldowns": {},
        "editors": [],
        "response": "Be kind.",
    }
    several = {**command, "command": "where", "response": ["Here.", "There."]}
    settings = {"414589031223512": {"GUILD": {"42": {"commands": {"rules": command, "where": several, "old": None}}}}}
    assert pairs_of("settings.json", json.dumps(settings, indent=4)) == [
        ("What should I know about rules?", "Be kind."),
        ("Where?", "Here.\n\nThere."),
    ]


def test_a_list_of_tags_is_read_without_its_numbers() -> None:
    text = '[{"id": 3, "name": "resume-tips", "owner_id": 9, "uses": 1, "content": "Short."}]'
    (entry,) = entries_of("tags.json", text)
    assert (entry.id, entry.phrasings, entry.answer) == (
        "what-should-i-know-about-resume-tips",
        ["resume-tips"],
        "Short.",
    )


def test_names_with_texts_are_tags() -> None:
    assert pairs_of("tags.json", '{"tags": {"rules": "Be kind.", "name": "Bot."}}') == [
        ("What should I know about rules?", "Be kind."),
        ("What should I know about name?", "Bot."),
    ]


def test_questions_with_answers_are_read() -> None:
    (entry,) = entries_of("faq.json", '[{"id": 7, "title": "Is it?", "response": "yes", "aliases": ["so", "or so"]}]')
    assert (entry.id, entry.question, entry.phrasings, entry.answer) == ("7", "Is it?", ["so", "or so"], "yes")


def test_json_lines_are_read() -> None:
    text = '{"question": "Is it?", "answer": "yes"}\n{"question": "Was it?", "answer": "no"}\n'
    assert pairs_of("faq.jsonl", text) == [("Is it?", "yes"), ("Was it?", "no")]


def test_the_shape_of_a_knowledge_file_is_taken_whole() -> None:
    text = '{"entries": [{"id": "a", "question": "A?", "answer": "x", "related": ["b"]}]}'
    assert [entry.related for entry in entries_of("faq.json", text)] == [["b"]]


def test_what_has_no_answer_is_a_fault_with_its_line() -> None:
    assert faults_of("faq.json", '[\n{"question": "Is it?", "answer": "yes"},\n{"question": "Was it?"},\n7]') == [
        "faq.json:3: this has no answer; it is wanted under `answer`, `content` or `response`.",
        'faq.json:4: a mapping such as {"question": …, "answer": …} is wanted here.',
    ]


def test_an_answer_that_is_no_text_is_a_fault() -> None:
    assert faults_of("faq.json", '[{"question": "Is it?",\n"answer": 7}]') == [
        "faq.json:2: `answer` must be text or a list of texts."
    ]


def test_json_that_holds_no_question_is_a_fault() -> None:
    assert faults_of("faq.json", '{"version": 3}') == ["faq.json:1: there is no question in this file."]
