"""Reads files with one JSON object a line, naming the file and line of whatever is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.errors import WaymarkError


def read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Each object with its line number from 1; blank lines are skipped. Raises `WaymarkError` at the first bad line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise WaymarkError(f"{path} cannot be read: {reason}.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            raise WaymarkError(f"{path}:{number}: this is no JSON object.") from None
        if not isinstance(value, dict):
            raise WaymarkError(f"{path}:{number}: this is no JSON object.")
        yield number, value
