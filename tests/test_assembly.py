"""The coach as it is put together from the settings."""

from pathlib import Path

import pytest

from bot.assembly import SHIPPED_INDEX, Assembly, find_embedder, find_spaces, knowledge_folder
from bot.errors import WaymarkError
from bot.knowledge.shipped import shipped_knowledge
from bot.settings import Settings
from tests.knowledge.folders import ENTRY, write_entries
from tests.knowledge.folders import knowledge_folder as write_folder
from tests.matching.encoders import real_encoder


def test_without_a_name_it_is_the_shipped_knowledge() -> None:
    assert knowledge_folder(Settings()) == shipped_knowledge()


def test_a_named_folder_comes_before_that_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert knowledge_folder(Settings(waymark_knowledge=tmp_path / "a"), tmp_path / "b") == tmp_path / "b"


def test_a_folder_that_is_missing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WaymarkError, match="There is no folder"):
        knowledge_folder(Settings(), tmp_path / "none")


def test_the_encoder_can_be_off() -> None:
    assert find_embedder(Settings(waymark_encoder="off")) is None


def test_a_coach_is_made_of_the_files_as_they_stand(tmp_path: Path) -> None:
    assembly = Assembly(write_folder(tmp_path))
    assert assembly.coach().knowledge.entries[0].answer == "The median is {median_pay} a year."
    write_entries(assembly.folder, ENTRY.replace("The median is {median_pay} a year.", "Not much."))
    assert assembly.coach().knowledge.entries[0].answer == "Not much."


def test_the_shipped_vectors_are_those_of_the_shipped_phrasings() -> None:
    """`make index` brings them up to date."""
    real_encoder()
    computed: list[int] = []
    embedder = find_embedder(Settings(waymark_encoder=None), lambda done, _: computed.append(done))
    Assembly(shipped_knowledge(), embedder=embedder).coach()
    assert computed == []


def test_the_shipped_index_is_that_of_the_shipped_guide(tmp_path: Path) -> None:
    """`make index` brings it up to date."""
    real_encoder()
    settings = Settings(waymark_encoder=None, waymark_data=tmp_path)
    Assembly(shipped_knowledge(), embedder=find_embedder(settings), spaces=find_spaces(settings)).coach()
    assert not (tmp_path / SHIPPED_INDEX).exists()


def test_the_index_of_another_folder_is_kept_with_the_data(tmp_path: Path) -> None:
    settings = Settings(waymark_encoder="off", waymark_data=tmp_path / "data")
    Assembly(write_folder(tmp_path / "own"), spaces=find_spaces(settings)).coach()
    assert (tmp_path / "data" / SHIPPED_INDEX).exists()


def test_with_the_encoder_a_question_needs_no_word_of_its_entry(tmp_path: Path) -> None:
    real_encoder()
    coach = Assembly(write_folder(tmp_path), embedder=find_embedder(Settings(waymark_encoder=None))).coach()
    assert coach.matcher.rank("what are bread makers compensated")[0].id == "median-pay"
