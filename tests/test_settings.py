"""Settings from the environment and a `.env` file."""

from pathlib import Path

import pytest

from bot.errors import WaymarkError
from bot.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_anything_set_the_defaults_hold() -> None:
    settings = load_settings()
    assert (settings.discord_token, settings.discord_api_url, settings.waymark_knowledge) == (None, None, None)
    assert settings.waymark_log == "text"
    assert settings.waymark_data.name == "waymark"


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=secret\nSOMETHING_ELSE=1\n")
    token = load_settings().discord_token
    assert token is not None
    assert token.get_secret_value() == "secret"


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("WAYMARK_LOG=json\n")
    monkeypatch.setenv("WAYMARK_LOG", "text")
    assert load_settings().waymark_log == "text"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert load_settings().discord_token is None


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    assert "secret" not in repr(load_settings())


def test_the_database_is_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_DATA", "/somewhere")
    assert load_settings().database_address == "sqlite+aiosqlite:////somewhere/waymark.db"


def test_the_databases_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://me:secret@host/x")
    settings = load_settings()
    assert "secret" not in repr(settings)
    assert settings.database_address == "postgresql+asyncpg://me:secret@host/x"


def test_the_api_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_API_URL", "http://127.0.0.1:9000/api/")
    assert load_settings().discord_api_url == "http://127.0.0.1:9000/api"


def test_every_wrong_variable_is_named_with_what_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_API_URL", "localhost")
    monkeypatch.setenv("WAYMARK_LOG", "loud")
    with pytest.raises(WaymarkError) as caught:
        load_settings()
    assert "DISCORD_API_URL: wants an address that starts with http:// or https://" in str(caught.value)
    assert "WAYMARK_LOG: Input should be 'text' or 'json'" in str(caught.value)


def test_a_port_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_METRICS_PORT", "70000")
    with pytest.raises(WaymarkError, match="WAYMARK_METRICS_PORT: Input should be less than or equal to 65535"):
        load_settings()


def test_the_bot_listens_to_nothing_unless_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().waymark_listening == "off"
    monkeypatch.setenv("WAYMARK_LISTENING", "on")
    assert load_settings().waymark_listening == "on"


def test_listening_takes_on_and_off_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_LISTENING", "a bit")
    with pytest.raises(WaymarkError, match="WAYMARK_LISTENING: Input should be 'on' or 'off'"):
        load_settings()


def test_metrics_are_off_unless_a_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().waymark_metrics_port is None
    monkeypatch.setenv("WAYMARK_METRICS_PORT", "9100")
    assert load_settings().waymark_metrics_port == 9100
