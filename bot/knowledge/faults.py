"""What is wrong in a knowledge file, said so that its author can mend it."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import WaymarkError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One problem: the file, the line (from 1) and a sentence with the key, what stands there and what is wanted."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(WaymarkError):
    """Knowledge that cannot be used; `faults` has every problem found, sorted by file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        first = str(self.faults[0]).rstrip(".")
        super().__init__(f"The knowledge files have a fault: {first}{more}. `waymark check` lists all of them.")
