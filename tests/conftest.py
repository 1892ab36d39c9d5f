"""What holds for all tests: a data folder of their own, and matching by words alone unless a test asks for more."""

from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy for a moment fails no test.
settings.register_profile("waymark", settings(), deadline=None)
settings.load_profile("waymark")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keeps the tests off the person's own data, token and folders, and spares them the encoder's start."""
    for name in ("DATABASE_URL", "DISCORD_TOKEN", "DISCORD_API_URL", "WAYMARK_KNOWLEDGE", "WAYMARK_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WAYMARK_ENCODER", "off")
