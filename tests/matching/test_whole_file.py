"""Files that are put in place whole."""

from pathlib import Path
from typing import BinaryIO

from bot.matching.whole_file import put_in_place


def fail_halfway(file: BinaryIO) -> None:
    file.write(b"half")
    raise OSError(28, "No space left on device")


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        put_in_place(tmp_path / "new" / "file", lambda file, content=content: file.write(content))  # type: ignore[misc]
    assert (tmp_path / "new" / "file").read_bytes() == b"two"


def test_a_full_disk_leaves_the_file_as_it_was_and_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"one")
    put_in_place(tmp_path / "file", fail_halfway)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"one")]
