"""Embedding with the real default model; one fake model, whose vectors can be computed by hand, at our own seam."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embed import BATCH, SentenceTransformerEmbedder, load_embedder
from index.errors import ModelDamagedError
from index.model import default_model_folder

ROOT = Path(__file__).parents[2]
ZH = "移民应享有人权。"
EN = "Migrants should enjoy human rights."
OTHER = "The recipe needs two eggs and some butter."
ENGINE_QUERY = [0.06061937, -0.01904294, -0.06780501, -0.06192043]  # of ZH
ENGINE_PASSAGE = [0.06467231, -0.01628770, -0.03551463, -0.04574418]  # of EN


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return load_embedder()


class LengthModel:
    """Stands in for a SentenceTransformer: the vector of a text is (its length, 0), and every text it sees is kept."""

    max_seq_length = 10

    def __init__(self) -> None:
        self.prompts: dict[str, str] = {}
        self.batches: list[tuple[str | None, list[str]]] = []

    def get_embedding_dimension(self) -> int:
        return 2

    def encode_query(self, inputs: list[str], *, prompt: str | None, **_: Any) -> NDArray[np.float32]:
        self.batches.append((prompt, inputs))
        return np.array([[len(text), 0] for text in inputs], np.float32)

    encode_document = encode_query


def fake(**prompts: str) -> tuple[SentenceTransformerEmbedder, LengthModel]:
    model = LengthModel()
    return SentenceTransformerEmbedder(cast(Any, model), "lengths", **prompts), model


def test_equal_texts_are_embedded_once_and_come_back_in_order() -> None:
    embedder, model = fake(query_prompt="q: ", passage_prompt="p: ")
    texts = ["aaa", "", "b", "aaa", "b"]
    assert embedder.encode_passages(texts).tolist() == [[1, 0], [0, 0], [1, 0], [1, 0], [1, 0]]  # zero stays zero
    assert model.batches == [("p: ", ["aaa", "b", ""])]
    model.batches.clear()
    embedder.encode_queries(["b", "aaa", "b"])
    assert model.batches == [("q: ", ["aaa"]), ("q: ", ["b"])]  # one by one


def test_text_that_the_model_cannot_read_is_not_tokenized() -> None:
    embedder, model = fake()
    embedder.encode_queries(["x" * 1000])
    embedder.encode_queries(["x\ud800"])
    assert model.batches == [(None, ["x" * 160]), (None, ["x\ufffd"])]  # ten tokens of sixteen characters


def test_progress_counts_distinct_texts_and_can_stop_the_work() -> None:
    embedder, model = fake()
    texts = [str(number) for number in range(BATCH + 3)] * 2
    reports: list[tuple[int, int]] = []
    embedder.encode_passages(texts, progress=lambda done, total: reports.append((done, total)))
    assert reports == [(BATCH, BATCH + 3), (BATCH + 3, BATCH + 3)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    model.batches.clear()
    with pytest.raises(KeyboardInterrupt):
        embedder.encode_passages(texts, progress=stop)
    assert len(model.batches) == 1


def test_vectors_are_unit_float32_and_of_the_stated_dimension(embedder: SentenceTransformerEmbedder) -> None:
    for vectors in (embedder.encode_queries([ZH, EN]), embedder.encode_passages([ZH, EN])):
        assert vectors.shape == (2, embedder.dimension) == (2, 384)
        assert vectors.dtype == np.float32
        assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6
    for nothing in (embedder.encode_queries([]), embedder.encode_passages([])):
        assert nothing.shape == (0, 384) and nothing.dtype == np.float32


def test_a_translation_is_nearer_than_another_subject(embedder: SentenceTransformerEmbedder) -> None:
    question = embedder.encode_queries([ZH])[0]
    same, other = embedder.encode_passages([EN, OTHER]) @ question
    assert same > other + 0.1


def test_vectors_are_those_of_multilingual_e5_small(embedder: SentenceTransformerEmbedder) -> None:
    """First numbers of two vectors of the wheel's own engine, run with 32-bit activations (as it comes it rounds them
    to 8 bits, which turns a vector by some 0.015, cosine .9999)."""
    assert embedder.encode_queries([ZH])[0, :4] == pytest.approx(ENGINE_QUERY, abs=1e-4)
    assert embedder.encode_passages([EN])[0, :4] == pytest.approx(ENGINE_PASSAGE, abs=1e-4)


def test_prompts_are_in_force(embedder: SentenceTransformerEmbedder) -> None:
    as_query, as_passage = embedder.encode_queries([EN])[0], embedder.encode_passages([EN])[0]
    assert as_query @ as_passage < 0.999
    bare = SentenceTransformerEmbedder(embedder.model, "bare", query_prompt="", passage_prompt="")
    assert bare.encode_queries([f"query: {EN}"])[0] @ as_query > 0.99999
    assert bare.encode_passages([f"passage: {EN}"])[0] @ as_passage > 0.99999


def test_equal_letters_written_apart_give_equal_vectors(embedder: SentenceTransformerEmbedder) -> None:
    composed, apart = embedder.encode_queries(["d\u00e9veloppement", "de\u0301veloppement"])
    assert np.array_equal(composed, apart)


def test_texts_nobody_expects(embedder: SentenceTransformerEmbedder) -> None:
    vectors = embedder.encode_queries(["\ud800 lone", "", "\x00", " \n\t", "</s> <mask>", "\U0001f30d"])
    assert np.isfinite(vectors).all()
    long = EN * 3000
    began = time.perf_counter()
    vector = embedder.encode_queries([long[:100_000]])[0]
    assert time.perf_counter() - began < 5  # .2 seconds on two free cores
    assert vector @ embedder.encode_queries([long[:8_000]])[0] > 0.99999  # the same 512 tokens


def test_threads_get_the_vectors_they_would_get_alone(embedder: SentenceTransformerEmbedder) -> None:
    texts = [f"{number}: {EN}" for number in range(16)]
    alone = embedder.encode_queries(texts)
    together: dict[int, NDArray[np.float32]] = {}
    start = threading.Barrier(8)

    def ask(thread: int) -> None:
        start.wait()
        for number in range(thread, 16, 8):
            together[number] = embedder.encode_queries([texts[number]])[0]
            embedder.encode_passages([ZH, EN * (1 + thread)])  # batches of other lengths meanwhile

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(together) == list(range(16))  # no thread died
    assert np.abs(np.stack([together[number] for number in range(16)]) - alone).max() < 1e-6


NO_NETWORK = """
import socket, sys
def refuse(*arguments, **_):
    print("NETWORK", arguments, flush=True)
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from index.embed import load_embedder
assert "torch" not in sys.modules and "sentence_transformers" not in sys.modules
"""


SCRIPT = """
import os
os.environ["HF_HUB_CACHE"] = sys.argv[2]
from index.errors import ModelUnavailableError
for model in (None, sys.argv[1], "intfloat/multilingual-e5-small"):
    embedder = load_embedder(model)
    print("LOADED", embedder.name, embedder.encode_queries(["x"]).shape)
for model in ("/no/such/folder", "nobody/nothing"):
    try:
        load_embedder(model)
    except ModelUnavailableError as error:
        print("REFUSED", error)
"""


def test_only_an_unknown_name_of_the_hub_leads_to_the_network(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    """In one process that cannot connect: the default model, its folder, a model in the hub's cache, and two that are
    nowhere. `embedder` is asked for so that the model has been converted by then."""
    folder = default_model_folder()
    cached = tmp_path / "models--intfloat--multilingual-e5-small"  # the layout of the hub's cache
    (cached / "snapshots").mkdir(parents=True)
    (cached / "snapshots" / ("0" * 40)).symlink_to(folder, target_is_directory=True)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0" * 40)
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK + SCRIPT, str(folder), str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
        # The checks run with the hub switched off; here it must be ours to decide.
        env={name: value for name, value in os.environ.items() if not name.endswith("_OFFLINE")},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("LOADED")] == [
        "multilingual-e5-small", folder.name, "intfloat/multilingual-e5-small",
    ]  # fmt: skip
    refused = [line for line in lines if line.startswith("REFUSED")]
    assert len(refused) == 2 and all("Unset CLAUSES_MODEL" in line and "its folder" in line for line in refused)
    # Nothing before the last model asked for a connection, and that one did not ask for long.
    asked = [number for number, line in enumerate(lines) if line.startswith("NETWORK")]
    assert 1 <= len(asked) <= 4 and asked[0] > lines.index(refused[0])
    assert done.stderr == ""


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelDamagedError, match="could not be loaded"):
        load_embedder(str(tmp_path))
