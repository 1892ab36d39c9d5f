"""Where the knowledge that comes with the code stands."""

from pathlib import Path


def shipped_knowledge() -> Path:
    """The shipped knowledge folder: the checkout's own, or the copy inside an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "knowledge"
    return checkout if (checkout / "words.yaml").is_file() else package / "shipped_knowledge"
