"""Files that are only there to save time: each is put in place whole, or left as it was."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def put_in_place(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Puts what is written in place of the file, whose folder is made when it is missing; leaves the one that is there
    when the disk does not take another.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own, so that nothing is left behind when the disk is full.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
            written = Path(folder, path.name)
            with written.open("wb") as file:
                write(file)
            written.replace(path)
