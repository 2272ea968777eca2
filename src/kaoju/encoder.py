"""Texts to vectors, so that what means the same lies near in either language.

The shipped encoder runs on onnxruntime and tokenizers alone: no torch, no network, nothing
loaded before the first text. Any other sentence-transformers model takes its place by name
or path. This room knows nothing of passages or indexes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from kaoju.errors import EncoderError, MissingDependencyError
from kaoju.text import fold

# What the shipped encoder is called, whatever its weights: those are told apart by digest.
SHIPPED = "kaoju-bilingual"
MODEL_FOLDER = Path(__file__).parent / "model"
CARD_FILE = "kaoju_encoder.json"
WEIGHTS_FILE = "model.onnx"
WORDS_FILE = "words.bin"  # the table of words, which the weights name; older folders have none
TOKENIZER_FILE = "tokenizer.json"

# What onnxruntime does unasked to make a graph faster and that makes it slower: in 1.32 a sum and
# a norm of 241 tokens take 0.07 ms, the two as one step 0.46 ms.
SLOW_FUSIONS = ("SkipLayerNormFusion",)

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """A model that turns texts into unit vectors; safe to use from several threads."""

    @property
    def name(self) -> str:
        """What people call the model."""

    @property
    def digest(self) -> str:
        """Which weights and tokenizer these are; vectors of two digests are never mixed."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode passages, or any texts that are to be compared with each other.

        Args:
            texts: Any texts, empty ones included. What goes beyond the model's longest
                input is not read.

        Returns:
            (n, dimension) float32, a row of unit length for each text in the order given.
            A text has the same vector whatever else is encoded with it.
        """

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, for models that want to be told; otherwise as ``encode``."""


def open_encoder(name_or_path: str | None = None) -> Encoder:
    """Open the shipped encoder, or another one.

    Args:
        name_or_path: None or empty for the shipped one; a folder written by
            ``scripts/export_encoder.py``; or any sentence-transformers model, by the path of
            its folder or by a name that is in this machine's model cache. Nothing is
            downloaded.

    Raises:
        EncoderError: There is no such model here, or it cannot be loaded.
        MissingDependencyError: sentence-transformers is needed and not installed.
    """
    if not name_or_path or name_or_path == SHIPPED:
        return OnnxEncoder(MODEL_FOLDER)
    folder = Path(name_or_path).expanduser()
    if (folder / CARD_FILE).is_file():
        return OnnxEncoder(folder)
    return SentenceTransformersEncoder(name_or_path)


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What a folder says of the encoder in it: the part of its card that programs read.

    Attributes:
        name: What people call the model.
        digest: Of weights, tokenizer and the two fields below; see `content_digest`.
        dimension: Length of every vector.
        max_tokens: Longest input, special tokens included; what is longer is cut.
        folded: Whether texts are folded (`kaoju.text.fold`, case kept) before encoding.
    """

    name: str
    digest: str
    dimension: int
    max_tokens: int
    folded: bool

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the card of a folder.

        Raises:
            EncoderError: The file is missing or is no card.
        """
        path = folder / CARD_FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{name: found[name] for name in cls.__slots__})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"{path} does not describe an encoder ({error}); install kaoju again, or write"
                " the folder with scripts/export_encoder.py"
            ) from error


def content_digest(folder: Path, *, max_tokens: int, folded: bool) -> str:
    """Compute the digest of an exported encoder from everything that shapes its vectors.

    Returns:
        SHA-256, in hexadecimal, over the weights, the tokenizer, ``max_tokens`` and ``folded``.
    """
    digest = hashlib.sha256(json.dumps([max_tokens, folded]).encode())
    parts = (WEIGHTS_FILE, WORDS_FILE, TOKENIZER_FILE)
    for name in (part for part in parts if part != WORDS_FILE or (folder / part).is_file()):
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


class OnnxEncoder:
    """An exported encoder: weights in ONNX with pooling inside, and a tokenizer.

    Each text runs alone. The scale of int8 activations is taken over a whole batch, so
    neighbours and padding would change a text's vector; and on two cores, two texts at a
    time on one thread each were faster by two thirds than padded batches of 32 on two
    threads. As many texts run at a time as this process may use cores.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._card = EncoderCard.read(folder)
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def name(self) -> str:
        """What people call the model."""
        return self._card.name

    @property
    def digest(self) -> str:
        """Which weights and tokenizer these are."""
        return self._card.digest

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._card.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, see `Encoder.encode`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        session, tokenizer = self.load()

        def encode_one(position: int) -> None:
            text = readable_text(texts[position], folded=self._card.folded)
            vectors[position] = run_alone(session, tokenizer.encode(text).ids)

        def encode_next(_: int) -> None:
            for position in left:
                encode_one(position)

        # Longest first, so that no long text is left to one thread at the end. Each thread takes
        # the next one from a common list: of single words a job each would take a tenth longer.
        left = iter(sorted(range(len(texts)), key=lambda position: -len(texts[position])))
        threads = min(cores(), len(texts))
        if threads <= 1:
            encode_next(0)
        else:
            with ThreadPoolExecutor(threads, thread_name_prefix="encoder") as pool:
                list(pool.map(encode_next, range(threads)))
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: this model treats them as it treats passages."""
        return self.encode(texts)

    def load(self) -> tuple[Any, Any]:
        """The weights and the tokenizer, opened once.

        Raises:
            EncoderError: Either is missing or damaged.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = (
                    open_session(self.folder / WEIGHTS_FILE),
                    shared_tokenizer(self.folder, self._card.max_tokens),
                )
            return self._loaded


class Loadable(Protocol):
    """A model whose weights are opened when it is first used, or before."""

    def load(self) -> object:
        """Open the weights once; several threads may ask."""


def load_aside(*models: Loadable) -> threading.Thread:
    """Open models in a thread of its own, which is returned, while the caller goes on.

    onnxruntime opens weights without holding Python up. What is missing or damaged is told to
    whoever uses the model.
    """

    def load() -> None:
        with contextlib.suppress(EncoderError):
            for model in models:
                model.load()

    thread = threading.Thread(target=load, name="models")
    thread.start()
    return thread


_KEPT = 20_000  # texts of one process whose vectors are remembered, some 30 MB
_remembered: dict[tuple[str, str], Vectors] = {}


def encoded_once(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Encode texts, those that this process has read before from memory; see `Encoder.encode`.

    For words, and for sentences of drafts, which editors check again and again. Threads may ask
    at once: each holds the vectors that it found, whatever another forgets meanwhile.
    """
    own = encoder.digest
    found = {text: _remembered.get((own, text)) for text in texts}
    new = [text for text, vector in found.items() if vector is None]
    if new:
        found.update(zip(new, encoder.encode(new), strict=True))
        if len(_remembered) + len(new) > _KEPT:
            _remembered.clear()
        _remembered.update(((own, text), v) for text in new if (v := found[text]) is not None)
    every = [vector for text in texts if (vector := found[text]) is not None]
    return np.stack(every) if every else np.empty((0, encoder.dimension), dtype=np.float32)


def readable_text(text: str, *, folded: bool) -> str:
    """Prepare a text for a tokenizer: lone surrogates out, folded if the model wants it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return fold(text, lower=False).text if folded else text


def open_session(path: Path) -> Any:
    """Open exported weights with onnxruntime, one thread a run.

    Raises:
        EncoderError: The weights are missing or damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=list(SLOW_FUSIONS),
        )
    except Exception as error:
        raise EncoderError(
            f"{path} cannot be loaded ({error}); install kaoju again, or write the folder with"
            " scripts/export_encoder.py"
        ) from error


def run_alone(session: Any, ids: Sequence[int]) -> Vectors:
    """Run one text through an exported encoder: (dimension,) float32 of unit length."""
    row = np.array([ids], dtype=np.int64)
    feed = {each.name: np.ones_like(row) for each in session.get_inputs()}  # a mask, if it has one
    return np.asarray(session.run(None, {**feed, "input_ids": row})[0][0], dtype=np.float32)


@lru_cache(maxsize=8)
def shared_tokenizer(folder: Path, max_tokens: int) -> Any:
    """The tokenizer that `open_tokenizer` opens, once for all callers; not to be changed."""
    return open_tokenizer(folder, max_tokens)


def open_tokenizer(folder: Path, max_tokens: int) -> Any:
    """Open the tokenizer of an exported encoder, cutting at ``max_tokens``.

    Raises:
        EncoderError: The file is missing or damaged.
    """
    import tokenizers

    path = folder / TOKENIZER_FILE
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:
        raise EncoderError(
            f"{path} cannot be loaded ({error}); install kaoju again, or write the folder with"
            " scripts/export_encoder.py"
        ) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


class SentenceTransformersEncoder:
    """Any sentence-transformers model that is on this machine."""

    def __init__(self, name_or_path: str) -> None:
        self._name = name_or_path
        self._lock = threading.Lock()
        self._model = _load_sentence_transformer(name_or_path)
        self._digest = _parameters_digest(self._model)
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise EncoderError(f"{name_or_path} does not say how long its vectors are")
        self._dimension = int(dimension)

    @property
    def name(self) -> str:
        """The name or path that it was opened by."""
        return self._name

    @property
    def digest(self) -> str:
        """Which weights and tokenizer these are, wherever their folder lies."""
        return self._digest

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts as documents, with the model's own prompt for them."""
        return self._run(self._model.encode_document, texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode texts as questions, with the model's own prompt for them."""
        return self._run(self._model.encode_query, texts)

    def _run(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            found = encode(
                [readable_text(text, folded=False) for text in texts],
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(found, dtype=np.float32)


def _load_sentence_transformer(name_or_path: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingDependencyError(
            f"encoder {name_or_path!r} needs sentence-transformers, which is not installed:"
            " pip install sentence-transformers"
        ) from error
    try:
        return SentenceTransformer(name_or_path, device="cpu", local_files_only=True)
    except Exception as error:
        raise EncoderError(
            f"no encoder {name_or_path!r} can be loaded from this machine ({error}); name a"
            " sentence-transformers folder, or fetch the model beforehand:"
            f" hf download {name_or_path}"
        ) from error


def _parameters_digest(model: Any) -> str:
    """Digest of a torch model: all names and shapes, and a sample of every tensor's values.

    Reading 4,096 values of each tensor takes milliseconds where whole weights take seconds,
    and any training moves some value of some sample.
    """
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        flat = tensor.detach().flatten()
        sample = flat[:: max(1, len(flat) // 4096)].double().numpy()
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
        digest.update(sample.tobytes())
    tokenizer = getattr(model, "tokenizer", None)
    inner: Any = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if hasattr(inner, "to_str"):
        digest.update(inner.to_str().encode())
    digest.update(repr((model.max_seq_length, sorted(model.prompts.items()))).encode())
    return digest.hexdigest()


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
