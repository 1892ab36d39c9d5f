"""The sentence encoder against a slow and obvious one, and against figures of the library that published it."""

import math
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching import encoder as module
from bot.matching.encoder import FILES, TOKENS_LIMIT, WEIGHTS, Encoder, EncoderError, find_encoder, verify
from bot.matching.wordpiece import WordPieces
from tests.matching.encoders import LAYERS, PIECES, WIDTH, real_encoder, small_encoder, small_weights

Doubles = npt.NDArray[np.float64]

TEXTS = ["", "pay", "do bakers work at night?", "the pay of a baker.", "night work", "pay", "a " * 300]


@pytest.fixture(scope="module")
def small() -> Encoder:
    return small_encoder()


@pytest.fixture(scope="module")
def real() -> Encoder:
    return real_encoder()


class Obvious:
    """The network of the paper (Devlin et al. 2019), one text at a time, in double precision."""

    def __init__(self) -> None:
        self._weights = {name: values.astype(np.float64) for name, values in small_weights().items()}

    def vector(self, text: str) -> Doubles:
        tokens = WordPieces(PIECES).numbers(text, TOKENS_LIMIT)
        x = self._weights["embeddings.word_embeddings.weight"][tokens]
        x = x + self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
        x = x + self._weights["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        for number in range(LAYERS):
            name = f"encoder.layer.{number}"
            x = self._norm(
                self._linear(self._attended(x, name), f"{name}.attention.output.dense") + x,
                f"{name}.attention.output.LayerNorm",
            )
            wide = self._linear(x, f"{name}.intermediate.dense")
            wide = np.vectorize(lambda value: value * (1 + math.erf(value / math.sqrt(2))) / 2)(wide)
            x = self._norm(self._linear(wide, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
        mean: Doubles = x.mean(axis=0)
        return mean / float(np.linalg.norm(mean))

    def _attended(self, x: Doubles, name: str) -> Doubles:
        queries, keys, values = (self._linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        result = np.zeros_like(x)
        for start in range(0, WIDTH, 32):
            head = slice(start, start + 32)
            shares = np.exp(queries[:, head] @ keys[:, head].T / math.sqrt(32))
            result[:, head] = shares / shares.sum(axis=1, keepdims=True) @ values[:, head]
        return result

    def _linear(self, x: Doubles, name: str) -> Doubles:
        result: Doubles = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _norm(self, x: Doubles, name: str) -> Doubles:
        even = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
        result: Doubles = even * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def test_vectors_are_those_of_the_obvious_network(small: Encoder) -> None:
    expected = np.stack([Obvious().vector(text) for text in TEXTS])
    assert small.encode(TEXTS) == pytest.approx(expected, abs=1e-5)


def test_the_approximated_gelu_is_exact_to_five_digits() -> None:
    x = np.linspace(-60, 60, 120_001, dtype=np.float32)
    exact = np.array([value * (1 + math.erf(value / math.sqrt(2))) / 2 for value in x.tolist()])
    assert module._gelu(x[:, np.newaxis].copy())[:, 0] == pytest.approx(exact, abs=1e-5)  # noqa: SLF001


def test_a_vector_does_not_depend_on_what_is_asked_with_it(small: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = np.concatenate([small.encode([text]) for text in TEXTS])
    for tokens in (TOKENS_LIMIT, 200, 512):
        monkeypatch.setattr(module, "BATCH_TOKENS", tokens)
        assert small.encode(TEXTS) == pytest.approx(alone, abs=1e-5)


def test_vectors_have_length_one(small: Encoder) -> None:
    assert np.linalg.norm(small.encode(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors(small: Encoder) -> None:
    assert small.encode([]).shape == (0, small.width)


def test_threads_may_share_an_encoder(small: Encoder) -> None:
    alone = small.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(small.encode, [TEXTS] * 16):
            assert found == pytest.approx(alone, abs=1e-5)


def test_progress_is_told_batch_by_batch_to_the_end(small: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_TOKENS", TOKENS_LIMIT)
    told: list[tuple[int, int]] = []
    small.encode(["pay"] * 100, lambda done, total: told.append((done, total)))
    assert told == [(42, 100), (84, 100), (100, 100)]


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
def test_likeness_is_that_of_the_published_encoder(real: Encoder, one: str, other: str, cosine: float) -> None:
    first, second = real.encode([one, other])
    assert float(first @ second) == pytest.approx(cosine, abs=1e-4)


def test_numbers_are_those_of_the_published_encoder(real: Encoder) -> None:
    found = real.encode(["What does a school librarian earn?"])[0]
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
