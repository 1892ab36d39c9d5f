"""The sentence encoder against figures of the library that published it."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.matching import encoder as module
from bot.matching.encoder import FILES, TOKENS_LIMIT, WEIGHTS, Encoder, EncoderError, find_encoder, verify
from tests.matching.encoders import real_encoder, small_encoder

TEXTS = ["", "pay", "do bakers work at night?", "the pay of a baker.", "night work", "pay", "a " * 300]


@pytest.fixture(scope="module")
def small() -> Encoder:
    return small_encoder()


@pytest.fixture(scope="module")
def real() -> Encoder:
    return real_encoder()


@pytest.fixture(scope="module")
def in_fractions() -> Encoder:
    """The real one as it was published, without whole numbers."""
    real_encoder()
    folder = find_encoder(None)
    assert folder is not None
    return Encoder.load(folder, in_fractions=True)


def test_a_vector_does_not_depend_on_what_is_asked_with_it(small: Encoder) -> None:
    alone = np.concatenate([small.encode([text]) for text in TEXTS])
    assert np.array_equal(small.encode(TEXTS), alone)
    assert np.array_equal(small.encode(TEXTS * 9)[-len(TEXTS) :], alone)


def test_vectors_have_length_one(small: Encoder) -> None:
    assert np.linalg.norm(small.encode(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors(small: Encoder) -> None:
    assert small.encode([]).shape == (0, small.width)


def test_threads_may_share_an_encoder(small: Encoder) -> None:
    alone = small.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(small.encode, [TEXTS] * 16):
            assert np.array_equal(found, alone)


def test_progress_is_told_to_the_end(small: Encoder) -> None:
    told: list[tuple[int, int]] = []
    small.encode(["pay"] * 70, lambda done, total: told.append((done, total)))
    assert told == [(32, 70), (64, 70), (70, 70)]


def test_the_layers_are_kept_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_encoder()
    folder = find_encoder(None)
    assert folder is not None
    kept = tmp_path / "data" / "encoder.onnx"
    first = Encoder.load(folder, kept)
    monkeypatch.setattr(module, "graph_for", pytest.fail)
    assert np.array_equal(Encoder.load(folder, kept).encode(TEXTS), first.encode(TEXTS))


# Cosines by transformers 5.24.0 with PyTorch 2.13.0 in double precision (mean of `last_hidden_state`), on the package's
# own weights and tokenizer.json.
@pytest.mark.parametrize(
    ("one", "other", "cosine"),
    [
        ("What does a school librarian earn?", "How much is the pay of a library media specialist?", 0.696089),
        ("What does a school librarian earn?", "My cat sleeps all day.", 0.082413),
        ("Do I need a master's degree?", "Is graduate school required?", 0.633695),
        ("naïve café", "naive cafe", 1.0),
        ("how", "", 0.487481),
    ],
)
def test_likeness_is_that_of_the_published_encoder(
    real: Encoder, in_fractions: Encoder, one: str, other: str, cosine: float
) -> None:
    first, second = in_fractions.encode([one, other])
    assert float(first @ second) == pytest.approx(cosine, abs=1e-4)
    first, second = real.encode([one, other])
    assert float(first @ second) == pytest.approx(cosine, abs=0.03)


def test_numbers_are_those_of_the_published_encoder(in_fractions: Encoder) -> None:
    found = in_fractions.encode(["What does a school librarian earn?"])[0]
    assert found[:4] == pytest.approx([-0.02151, 0.014132, 0.023235, 0.062326], abs=1e-5)


# Numbers by tokenizers 0.23.3 on the package's tokenizer.json.
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("What's the pay of a library media specialist?", "2054 1005 1055 1996 3477 1997 1037 3075 2865 8325 1029"),
        ("naïve café—日本 librarianship", "15743 7668 1517 1864 1876 13850 9650"),
        ("Zażółć \u200bgęślą 🙂 c++", "23564 6844 18818 2278 16216 14540 2050 100 1039 1009 1009"),
    ],
)
def test_tokens_are_those_of_the_published_tokenizer(real: Encoder, text: str, numbers: str) -> None:
    assert real._pieces.numbers(text, TOKENS_LIMIT) == [101, *map(int, numbers.split()), 102]  # noqa: SLF001


def test_the_real_encoder_knows_words_from_typos(real: Encoder) -> None:
    assert (real.width, real.is_word("librarian"), real.is_word("libarian")) == (384, True, False)


def test_fractions_are_not_kept(tmp_path: Path) -> None:
    real_encoder()
    folder = find_encoder(None)
    assert folder is not None
    Encoder.load(folder, tmp_path / "encoder.onnx", in_fractions=True)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=re.escape(f"{tmp_path / WEIGHTS} cannot be read: No such file")):
        Encoder.load(tmp_path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text("other")
    with pytest.raises(EncoderError, match="is not the file of all-MiniLM-L6-v2 that Waymark knows"):
        verify(tmp_path)


def _package(folder: Path) -> Path:
    """An importable package with weights in it, which breaks whatever imports it."""
    model = folder / "made_up_encoder" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").write_text("raise RuntimeError('imported')")
    (model / WEIGHTS).touch()
    return model


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "PACKAGE", "made_up_encoder")
    monkeypatch.syspath_prepend(tmp_path)
    return _package(tmp_path)


def test_the_installed_package_is_found_without_being_imported(package: Path) -> None:
    assert find_encoder(None) == package


def test_another_place_comes_before_the_package_if_there_is_an_encoder(package: Path, tmp_path: Path) -> None:
    assert find_encoder(None, tmp_path / "none") == package
    (tmp_path / WEIGHTS).touch()
    assert find_encoder(None, tmp_path / "none", tmp_path) == tmp_path


def test_the_named_folder_comes_first_whatever_it_holds(package: Path, tmp_path: Path) -> None:
    assert find_encoder(tmp_path / "none", package) == tmp_path / "none"


def test_without_any_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "PACKAGE", "made_up_encoder")
    assert find_encoder(None, tmp_path) is None
