"""Readers of formats that a hostile file can harm run in a process of their own, with limits on time and memory.

The process gets {"format", "name", "options", "seconds"} as a line and the file's bytes on standard input, and writes the
Parts as JSON.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from index.errors import FileRefusedError
from index.readers.parts import LeftOut, Paragraph, Parts
from index.structure.marks import Mark

SECONDS = 300
"""Time that reading one file may take."""
MEMORY = 3 * 2**30
"""Bytes of address space; only where the system can limit it (not on Windows, not on macOS)."""
READERS = {
    "pdf": ("index.readers.pdf", "parts"), "docx": ("index.readers.docx", "parts"), "xml": ("index.readers.xml", "parts"),
    "html": ("index.readers.html", "parts"), "markdown": ("index.readers.markdown", "parts"),
}  # fmt: skip
"""Module and function by format."""


def isolated_parts(
    format: str, data: bytes, name: str, *, seconds: float = SECONDS, **options: str | bool | None
) -> Parts:
    """Take a file apart in a process of its own; options are those of the format's reader. Raises FileRefusedError, also
    where that process is ended by a limit or by a defect of a library."""
    head = json.dumps({"format": format, "name": name, "options": options, "seconds": seconds}).encode() + b"\n"
    command = [sys.executable, "-m", "index.readers.isolated"]
    try:
        done = subprocess.run(command, input=head + data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise FileRefusedError(
            f"{name} took more than {seconds:.0f} seconds to read and was given up; bring it in parts or as text."
        ) from error
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise FileRefusedError(
            f"{name} could not be read as {format}: the reader stopped (status {done.returncode}). The file is damaged or needs "
            "more memory than a document should; bring it as text or save it anew."
        ) from error
    if "refused" in said:
        raise FileRefusedError(" ".join(said["refused"].split()))
    return Parts(
        tuple(_paragraph(row) for row in said.pop("paragraphs")), tuple(LeftOut(**row) for row in said.pop("left_out")),
        tuple(said.pop("notes")), date=datetime.date.fromisoformat(date) if (date := said.pop("date")) else None, **said,
    )  # fmt: skip


def _paragraph(row: dict[str, Any]) -> Paragraph:
    mark = row.pop("mark")
    return Paragraph(**row, mark=Mark(**mark) if mark else None)


def main() -> None:
    """Read one file from standard input."""
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    _limit(int(asked["seconds"]))
    module, function = READERS[asked["format"]]
    try:
        found: Parts = getattr(import_module(module), function)(data, asked["name"], **asked["options"])
        said = asdict(found) | {"date": found.date.isoformat() if found.date else None}
    except FileRefusedError as error:
        said = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(said).encode())


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a reader writes no file


if __name__ == "__main__":
    main()
