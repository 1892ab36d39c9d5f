"""The files by which members are coached: each is read if it is there, with its faults, and stays under a community."""

from pathlib import Path

from bot.knowledge.coaching_files import CoachingFiles
from bot.knowledge.coaching_kinds import COACHING_KINDS
from bot.knowledge.loading import load_knowledge, read_folder
from bot.knowledge.models import Entry
from bot.knowledge.schema import schema_text
from tests.knowledge.folders import GUIDE, knowledge_folder
from tests.knowledge.paths import PATH, path_folder, write_path


def test_a_guide_without_such_files_has_none(tmp_path: Path) -> None:
    assert load_knowledge(knowledge_folder(tmp_path)).coaching == {}


def test_a_guides_path_is_found_by_the_guides_id(tmp_path: Path) -> None:
    files = load_knowledge(path_folder(tmp_path)).coaching["baker"]
    assert files.path is not None
    assert [step.id for step in files.path.steps] == ["school", "guild", "night"]
    assert (files.ladder, files.skills, files.practice) == (None, None, None)


def test_each_guide_has_its_own(tmp_path: Path) -> None:
    folder = path_folder(tmp_path)
    (folder / "miller").mkdir()
    (folder / "miller" / "guide.yaml").write_text(GUIDE.replace("baker", "miller"), encoding="utf-8")
    (folder / "miller" / "path.yaml").write_text(PATH.replace("a baker", "a miller"), encoding="utf-8")
    titles = {guide: files.path and files.path.title for guide, files in load_knowledge(folder).coaching.items()}
    assert titles == {"baker": "Becoming a baker", "miller": "Becoming a miller"}


def test_they_stay_under_the_entries_of_a_community(tmp_path: Path) -> None:
    knowledge = load_knowledge(path_folder(tmp_path))
    assert knowledge.with_community([Entry(id="x", question="X?", answer="Y.")]).coaching == knowledge.coaching


def test_one_guides_own_folder_is_read_with_its_path(tmp_path: Path) -> None:
    assert load_knowledge(path_folder(tmp_path) / "baker").coaching["baker"].path is not None


def test_a_broken_file_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    folder = path_folder(tmp_path)
    write_path(folder, "steps: [\n")
    reading = read_folder(folder)
    assert [(fault.file.name, fault.line) for fault in reading.faults] == [("path.yaml", 2)]
    assert [entry.id for entry in reading.knowledge().entries] == ["median-pay"]
    assert reading.coaching_files() == {}


def test_a_path_beside_a_broken_guide_is_read_for_its_faults(tmp_path: Path) -> None:
    folder = path_folder(tmp_path, PATH.replace("title: Becoming a baker\n", ""))
    (folder / "baker" / "guide.yaml").write_text("[", encoding="utf-8")
    assert "path.yaml:1: the file lacks the key `title`." in {
        f"{fault.file.name}:{fault.line}: {fault.message}" for fault in read_folder(folder).faults
    }


def test_every_field_has_its_row_in_the_table_and_its_shape_in_the_schema() -> None:
    assert [kind.name for kind in COACHING_KINDS] == [*CoachingFiles.__dataclass_fields__]
    assert len({kind.key for kind in COACHING_KINDS}) == len(COACHING_KINDS)
    assert all(f'"{kind.model.__name__}"' in schema_text() for kind in COACHING_KINDS)
