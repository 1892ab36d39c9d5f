"""The file with all that is held on a member: whole, readable, exact."""

import datetime as dt
import json

from bot.front.held import ABOUT, held_file
from bot.store.tables import PERSONS, Base

MEMBER, NOW = 123_456_789_012_345_678, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_every_table_that_names_a_person_is_explained() -> None:
    tables = {name for name, table in Base.metadata.tables.items() if PERSONS & set(table.c.keys())}
    assert tables <= ABOUT.keys()
    assert ABOUT.keys() - tables - {"mentor_relays", "in memory"} == set()


def test_the_file_says_what_it_is_and_what_each_part_is() -> None:
    file = json.loads(held_file(MEMBER, {"questions": [{"text": "grüß\ndich", "at": "2026-01-01"}]}, NOW))
    assert "/privacy forget" in file["about"]
    assert file["at"] == "2026-01-02T03:04:05+00:00"
    assert file["questions"] == {"about": ABOUT["questions"], "held": [{"text": "grüß\ndich", "at": "2026-01-01"}]}


def test_ids_are_text_so_that_no_program_rounds_them() -> None:
    file = json.loads(
        held_file(MEMBER, {"questions": [{"server": MEMBER, "number": 7, "tried": [[MEMBER, 0.5]]}]}, NOW)
    )
    assert file["member"] == str(MEMBER)
    assert file["questions"]["held"] == [{"server": str(MEMBER), "number": 7, "tried": [[str(MEMBER), 0.5]]}]


def test_words_that_are_no_text_break_nothing() -> None:
    assert b"?" in held_file(MEMBER, {"questions": [{"text": "\ud800"}]}, NOW)
