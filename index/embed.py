"""Texts in, vectors out: the seam between this project and whatever model makes the vectors.

Importing this file is cheap; torch and sentence-transformers are imported when a model is loaded. They must be
imported before faiss (with faiss first, macOS loads a second OpenMP and crashes): load the embedder before the vectors.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelDamagedError, ModelUnavailableError
from index.model import DEFAULT_MODEL_NAME, default_model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Not saved with the e5 models, asked for by their model cards (huggingface.co/intfloat/multilingual-e5-small).
E5_QUERY_PROMPT, E5_PASSAGE_PROMPT = "query: ", "passage: "
BATCH = 32
# A model reads its first max_seq_length tokens only, and SentencePiece's longest piece is 16 characters (its default),
# so characters after 16 x max_seq_length (8,192 for the default model) are not read; they are not tokenized either.
# (White space takes no tokens: a text that begins with pages of it would be cut too early.)
CHARACTERS_A_TOKEN = 16
_TOKENS_WHEN_UNSAID = 8_192  # for a model that names no limit

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # in a str that no file could hold; tokenizers take UTF-8 only


class Embedder(Protocol):
    """A model that turns questions and passages into vectors that can be compared by inner product.

    Equal texts in one call are embedded once. Both methods may be called from several threads at a time.
    """

    @property
    def name(self) -> str:
        """Identity of the model, stored with the vectors: another name means other vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, dimension), float32, rows of unit length (a zero vector stays zero), in the order of `texts`."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As `encode_queries`. progress: called after each batch with the texts done and the texts in all, equal texts
        counted once; it may raise to stop."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model. A vector can differ in its last bits (1e-7) with the passages it shares a batch
    with; questions are embedded one by one, so that a question gives the same vector to the bit in any company."""

    def __init__(
        self,
        model: SentenceTransformer,
        name: str,
        *,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        """query_prompt, passage_prompt: put before each text; None leaves it to the prompts saved with the model."""
        self.model = model
        self._prompts = (query_prompt, passage_prompt)
        self.name = name
        dimension = model.get_embedding_dimension()
        if dimension is None:  # a model whose last module does not say
            dimension = int(model.encode(["."]).shape[1])
        self.dimension: int = dimension
        self._longest = (model.max_seq_length or _TOKENS_WHEN_UNSAID) * CHARACTERS_A_TOKEN

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, dimension), float32, unit length."""
        return self._encode_distinct(texts, self.model.encode_query, self._prompts[0], 1, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Shape (n, dimension), float32, unit length."""
        return self._encode_distinct(texts, self.model.encode_document, self._prompts[1], BATCH, progress)

    def _encode_distinct(
        self,
        texts: Sequence[str],
        encode: Callable[..., NDArray[np.float32]],
        prompt: str | None,
        batch: int,
        progress: Callable[[int, int], None] | None,
    ) -> NDArray[np.float32]:
        rows: dict[str, int] = {}
        places = [rows.setdefault(self._readable(text), len(rows)) for text in texts]
        distinct = list(rows)
        vectors = np.zeros((len(distinct), self.dimension), np.float32)
        # Texts of one length share a batch, or the short ones are padded to the long. The longest come first: what
        # takes most memory fails at once if it fails, and the time that is left is never more than it seems.
        order = sorted(range(len(distinct)), key=lambda row: -len(distinct[row]))
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            vectors[chosen] = encode(
                [distinct[row] for row in chosen], prompt=prompt, batch_size=batch, show_progress_bar=False
            )
            if progress is not None:
                progress(first + len(chosen), len(order))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors[places]

    def _readable(self, text: str) -> str:
        """What the tokenizer is given in the place of `text`: cut where the model stops reading, sound UTF-8."""
        return _LONE_SURROGATE.sub("\ufffd", text[: self._longest])


def load_embedder(
    model: str | None = None, *, cache: Path | None = None, progress: Callable[[int, int], None] | None = None
) -> SentenceTransformerEmbedder:
    """Load a model: None (or "") for the default one that the wheel carries, else a folder or the name of a hub model.

    Only a name of the hub ever leads to the network, and only if that model is not on this machine yet. cache,
    progress: of the conversion that the first load of the default model needs (`index.model.default_model_folder`).

    Raises ModelUnavailableError when there is no such model, ModelDamagedError when a folder cannot be loaded, and what
    `default_model_folder` raises.
    """
    if not model:
        folder = default_model_folder(cache=cache, progress=progress)
        loaded = _load_folder(folder)
        return SentenceTransformerEmbedder(
            loaded, DEFAULT_MODEL_NAME, query_prompt=E5_QUERY_PROMPT, passage_prompt=E5_PASSAGE_PROMPT
        )
    folder = Path(model).expanduser()
    if folder.is_dir():
        folder = folder.resolve()
        # The last three parts, so that the hub's cache (models--owner--name/snapshots/commit) is known by its name too.
        loaded, name, known_as = _load_folder(folder), f"{folder.name} ({_fingerprint(folder)})", folder.parts[-3:]
    else:
        loaded, name, known_as = _load_from_hub(model), model, (model,)
    if not any(loaded.prompts.values()) and any(_is_e5(part) for part in known_as):
        return SentenceTransformerEmbedder(loaded, name, query_prompt=E5_QUERY_PROMPT, passage_prompt=E5_PASSAGE_PROMPT)
    return SentenceTransformerEmbedder(loaded, name)


def _is_e5(name: str) -> bool:
    # Not the instruct models: their queries begin with an instruction of their own.
    return re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", name.lower()) is not None and "instruct" not in name.lower()


def _load_folder(folder: Path) -> SentenceTransformer:
    try:
        return _load(str(folder), local_files_only=True)
    except Exception as error:  # whatever a broken folder makes three libraries raise
        raise ModelDamagedError(
            f"{folder} could not be loaded as a sentence-transformers model ({_first_line(error)}). It should hold "
            "what SentenceTransformer.save() writes; unset CLAUSES_MODEL to use the default model."
        ) from error


def _load_from_hub(name: str) -> SentenceTransformer:
    try:
        return _load(name, local_files_only=True)
    except Exception:  # not in the hub's cache on this machine, or only in part
        pass
    try:
        # "owner/name" or "name"; anything else is a path that does not exist, which is nobody's business but the user's
        if not re.fullmatch(r"[\w-][\w.-]*(/[\w.-]+)?", name):
            raise FileNotFoundError(f"there is no folder {name}")
        # One question with a limit first: without network, loading would try again and again for over a minute.
        from huggingface_hub import HfApi

        HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=15)
        return _load(name, local_files_only=False)
    except Exception as error:
        raise ModelUnavailableError(
            f"The model {name!r} is neither a folder nor in the local cache, and could not be fetched from the hub "
            f"({_first_line(error)}). Unset CLAUSES_MODEL to use the default model, which comes with the installation; "
            "or download the model on a machine with network and set CLAUSES_MODEL to its folder."
        ) from error


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}"


def _load(name: str, *, local_files_only: bool) -> SentenceTransformer:
    # Read once, when huggingface_hub is imported. A question must not be announced to anybody.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    with _quiet():
        from sentence_transformers import SentenceTransformer

        # 32 bits whatever the file has: half precision on a CPU is slow and its vectors differ between machines.
        loaded = SentenceTransformer(name, local_files_only=local_files_only, model_kwargs={"dtype": "float32"})
    # A tokenizer keeps the length to cut at as a setting, put right before each call: two threads that want different
    # lengths (a model may have one for queries, one for documents) silently cut each other's texts (seen: 110 of 480
    # calls). Only tokenizing waits, so a question does not wait for a batch of passages to be embedded.
    preprocess, lock = loaded.preprocess, threading.Lock()

    def preprocess_alone(*args: Any, **kwargs: Any) -> dict[str, Any]:
        with lock:
            return preprocess(*args, **kwargs)

    loaded.preprocess = preprocess_alone  # type: ignore[method-assign]
    return loaded


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the libraries' bars and warnings off the terminal while a model is loaded, then restores what was set."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars
        from huggingface_hub.utils import logging as hub_logging
        from transformers.utils import logging

        levels = (logging.get_verbosity(), hub_logging.get_verbosity())
        bars = (logging.is_progress_bar_enabled(), not are_progress_bars_disabled())
        logging.set_verbosity(logging.CRITICAL)
        hub_logging.set_verbosity(logging.CRITICAL)
        logging.disable_progress_bar()
        disable_progress_bars()
        try:
            yield
        finally:
            logging.set_verbosity(levels[0])
            hub_logging.set_verbosity(levels[1])
            if bars[0]:
                logging.enable_progress_bar()
            if bars[1]:
                enable_progress_bars()


def _fingerprint(folder: Path) -> str:
    """Twelve hex digits that change with the model's content, in milliseconds: every file that shapes a vector, the
    large ones by size and 64 samples of 4 KB, evenly spread (training changes all weights). Moving keeps it."""
    digest = hashlib.sha256()
    shaping = {".json", ".txt", ".model", ".safetensors", ".bin", ".py"}
    for path in sorted(path for path in folder.rglob("*") if path.suffix in shaping and path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            if size <= 1 << 20:
                digest.update(file.read())
            else:
                for sample in range(64):
                    file.seek(sample * (size - 4096) // 63)
                    digest.update(file.read(4096))
    return digest.hexdigest()[:12]
