"""All settings, read from the environment or a `.env` file; nothing is read before `Settings()` is called."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import WaymarkError


class Settings(BaseSettings):
    """Waymark's settings; `.env.example` lists each with its default."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    #: None stands for a SQLite file in `waymark_data` (`database_address`). Secret, as it may hold a password.
    database_url: SecretStr | None = None
    waymark_data: Path = Field(default_factory=lambda: user_data_path("waymark", appauthor=False))
    #: None stands for the knowledge that came with this code (`bot.knowledge.shipped`).
    waymark_knowledge: Path | None = None
    #: None stands for the encoder that is installed, if one is (`bot.matching.encoder.find_encoder`); "off" for none.
    waymark_encoder: Literal["off"] | Path | None = None
    #: Whether the bot asks Discord for what members write to each other, which listening channels need; privileged.
    waymark_listening: Literal["on", "off"] = "off"
    waymark_log: Literal["text", "json"] = "text"
    #: None stands for no metrics and no health address (`bot.health`).
    waymark_metrics_port: int | None = Field(default=None, ge=1, le=65535)

    @property
    def encoder_folder(self) -> Path:
        """Where `waymark encoder` puts a sentence encoder."""
        return self.waymark_data / "encoder"

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.waymark_data / 'waymark.db'}"

    @field_validator("discord_api_url")
    @classmethod
    def _http_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("wants an address that starts with http:// or https://")
        return value.rstrip("/") if value is not None else None


def load_settings() -> Settings:
    """The settings as they stand now; raises `WaymarkError` naming each variable that is wrong and what it wants."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        )
        raise WaymarkError(f"Settings are wrong, nothing was started. {wrong}") from None
