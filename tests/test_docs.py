"""What the README and the packaging say is so: files, commands, versions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import typer.main
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def listing(readme: str) -> list[str]:
    """The paths of the README's listing, each relative to the root; a folder ends in "/", a name may hold `*`."""
    block = re.search(r"<!-- listing:start -->\s*```\n(.*?)```\s*<!-- listing:end -->", readme, re.DOTALL)
    assert block, "README.md has no listing between <!-- listing:start --> and <!-- listing:end -->"
    paths: list[str] = []
    folders: list[tuple[int, str]] = []  # (indentation, path) of the folders we are in
    for line in block[1].splitlines():
        if not line.strip():
            continue
        indentation = len(line) - len(line.lstrip())
        name = line.split()[0]
        while folders and folders[-1][0] >= indentation:
            folders.pop()
        path = (folders[-1][1] if folders else "") + name
        paths.append(path)
        if name.endswith("/"):
            folders.append((indentation, path))
    return paths


def covers(entry: str, file: str) -> bool:
    """Whether an entry stands for a file: a folder for all that is in it, `*` for one name."""
    if entry.endswith("/"):
        return file.startswith(entry)
    wanted, parts = entry.split("/"), file.split("/")
    return len(wanted) == len(parts) and all(map(fnmatchcase, parts, wanted))


def closed(entries: list[str]) -> list[str]:
    """The entries that stand for files: all but folders whose content is listed below them."""
    return [e for e in entries if not (e.endswith("/") and any(o != e and o.startswith(e) for o in entries))]


def files() -> list[str]:
    """Every file that belongs to the project: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    return sorted({name for name in found if name and (ROOT / name).exists()})


def test_every_file_is_in_the_listing() -> None:
    entries = closed(listing(README))
    missing = [file for file in files() if not any(covers(entry, file) for entry in entries)]
    assert missing == [], "list them in README.md, or name them in .gitignore"


def test_everything_in_the_listing_exists() -> None:
    present = files()
    assert [entry for entry in listing(README) if not any(covers(entry, file) for file in present)] == []


def test_nothing_is_listed_twice() -> None:
    entries = listing(README)
    assert sorted(set(entries)) == sorted(entries)


def test_a_listing_is_read_with_its_folders() -> None:
    lines = ["a.py   first", "b/   second", "  c/   third", "    d.py", "  *.txt", "", "e/"]
    entries = listing("\n".join(["<!-- listing:start -->", "```", *lines, "```", "<!-- listing:end -->"]))
    assert entries == ["a.py", "b/", "b/c/", "b/c/d.py", "b/*.txt", "e/"]
    assert closed(entries) == ["a.py", "b/c/d.py", "b/*.txt", "e/"]
    assert covers("b/*.txt", "b/x.txt") and not covers("b/*.txt", "b/c/x.txt")
    assert covers("e/", "e/f/g.py") and not covers("a.py", "b/a.py")


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z][a-z-]*)", README, re.MULTILINE))
    assert {"chat", "test", "install"} <= named
    assert named - targets == set()


def test_every_command_in_the_readme_exists_and_the_other_way_round() -> None:
    from rag import cli

    commands = set(getattr(typer.main.get_command(cli.app), "commands"))  # noqa: B009 - click's Group, not typed here
    named = set(re.findall(r"(?:`|^|\| )clauses (?:--library \S+ )?([a-z]+)", README, re.MULTILINE))
    assert named - commands == set(), "in the README, not in the program"
    assert commands - named == set(), "in the program, not in the README"


def test_every_image_and_file_linked_from_the_readme_exists() -> None:
    linked = re.findall(r"\]\((?!https?://|#)([^)\s]+)\)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_the_licence_is_there_and_is_the_one_that_is_declared() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert PROJECT["project"]["license"] == "MIT"


def test_the_changelog_names_the_version() -> None:
    assert f"\n## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, Version]:
    """Name to version of every line of a lock. A line that is not an exact pin fails."""
    found: dict[str, Version] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement = Requirement(line)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==" and requirement.url is None, line
        found[canonicalize_name(requirement.name)] = Version(specifier.version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_satisfies_the_project(lock: str) -> None:
    wanted = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    if "dev" in lock:
        wanted += PROJECT["project"]["optional-dependencies"]["dev"]
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_the_lock_of_the_checks_has_the_versions_of_the_other() -> None:
    runtime, dev = map(pins, LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "torch==2.13.0\n" in text
    assert re.findall(r"://|^-.*|\+cpu|\s@\s", text, re.MULTILINE) == []


def test_every_package_is_packaged() -> None:
    declared = set(PROJECT["tool"]["setuptools"]["packages"])
    folders = [Path(file).parent for file in files() if file.endswith("/__init__.py")]
    assert {".".join(folder.parts) for folder in folders if folder.parts[0] != "tests"} - declared == set()
    assert [name for name in declared if not (ROOT / name.replace(".", "/")).is_dir()] == []


def test_everything_imported_is_declared() -> None:
    own = {file.split("/")[0].removesuffix(".py") for file in files() if file.endswith(".py")}
    runtime = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
    dev = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["optional-dependencies"]["dev"]}
    makers = packages_distributions()
    undeclared: list[str] = []
    for file in (name for name in files() if name.endswith(".py")):
        allowed = runtime | dev if file.startswith(("tests/", "rag/evaluate/")) else runtime
        for module in sorted(imported(ROOT / file) - own - sys.stdlib_module_names):
            if not {canonicalize_name(name) for name in makers.get(module, [module])} & allowed:
                undeclared.append(f"{file}: {module}")
    assert undeclared == [], "name the package in pyproject.toml, with its reason, and run `make lock`"


def imported(file: Path) -> set[str]:
    """The top-level modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


def test_every_data_file_is_packaged() -> None:
    declared = PROJECT["tool"]["setuptools"]["package-data"]
    patterns = [f"{package}/{pattern}" for package, names in declared.items() for pattern in names]
    packages = {name.split(".")[0] for name in PROJECT["tool"]["setuptools"]["packages"]}
    data = [f for f in files() if f.split("/")[0] in packages and not f.endswith((".py", ".md"))]
    assert data
    assert [file for file in data if not any(covers(pattern, file) for pattern in patterns)] == []
