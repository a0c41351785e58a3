"""What browsers send: files under their own names in a folder of their own, and nothing of them left behind."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MAX_MB = 200
"""Of one file; the sentences of the page name it."""
KEPT = 3600
"""Seconds after which an upload that nobody used is deleted."""


def private_folder() -> Path:
    """The folder that Gradio puts uploads into: one of this process alone, which is deleted when it ends. Gradio's own
    choice is one folder for all users of a machine."""
    if "GRADIO_TEMP_DIR" not in os.environ:
        made = tempfile.mkdtemp(prefix="clauses-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ["GRADIO_TEMP_DIR"] = made
    return Path(os.environ["GRADIO_TEMP_DIR"])


def received(sent: object, folder: Path) -> list[Path]:
    """Move what a browser has uploaded into a folder, each file under the name that it has there, and return the files.

    sent: [{"path": where Gradio put it, "name": the file's own name}, …], as the page's script says it; anybody may say
    anything, so what is of another form, or no upload, is passed over. A .toml file that describes another one of the same
    name lies beside it and is not a document.
    """
    found: list[Path] = []
    for row in sent if isinstance(sent, list) else []:
        upload = _upload(row)
        if upload is None:
            continue
        place = folder
        while (place / upload.name).exists() or (place / _own_name(row, upload)).exists():
            place = Path(tempfile.mkdtemp(dir=folder))  # another file of this name
        file = place / _own_name(row, upload)
        try:
            shutil.move(upload, file)
        except OSError:  # a name that this system's files cannot have
            file = place / upload.name
            shutil.move(upload, file)
        found.append(file)
    return [file for file in found if not _describes_another(file, found)]


def _upload(row: Any) -> Path | None:
    """The uploaded file that a row names; None where it names another file of this machine, or none."""
    try:
        path = Path(row["path"]).resolve(strict=True)
        return path if path.is_file() and path.parent.parent == private_folder().resolve() else None
    except (KeyError, TypeError, ValueError, OSError):
        return None


def _own_name(row: Any, upload: Path) -> str:
    name = str(row.get("name") or "").replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    sound = name.encode("utf-8", "replace").decode()
    return sound if sound.strip(". ") and len(sound.encode()) <= 240 else upload.name


def _describes_another(file: Path, files: Sequence[Path]) -> bool:
    return file.suffix == ".toml" and any(f != file and f.with_suffix(".toml") == file for f in files)
