"""Who may change a library that is served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ClausesError
from rag.leave import Leave, accounts_from, leave_for

HERE = {"host": "127.0.0.1:7860"}


@pytest.mark.parametrize(
    ("host", "wanted", "who"),
    [
        ("127.0.0.1", {}, "this machine"),
        ("localhost", {}, "this machine"),
        ("0.0.0.0", {}, "nobody"),
        ("::", {}, "nobody"),
        ("0.0.0.0", {"writable": True}, "everybody"),
        ("127.0.0.1", {"writable": True}, "everybody"),
        ("0.0.0.0", {"members": True}, "members"),
        ("127.0.0.1", {"members": True}, "members"),
        ("127.0.0.1", {"members": True, "writable": True}, "members"),
        ("127.0.0.1", {"read_only": True}, "nobody"),
        ("0.0.0.0", {"read_only": True, "members": True}, "nobody"),
    ],
)
def test_the_default_is_the_safe_one(host: str, wanted: dict[str, bool], who: str) -> None:
    assert leave_for(host, **wanted).who == who


def test_what_others_can_reach_is_said_at_the_start() -> None:
    assert leave_for("127.0.0.1").said == ""
    assert "--auth" in leave_for("0.0.0.0").said and "--writable" in leave_for("0.0.0.0").said
    assert "--read-only" in leave_for("0.0.0.0", read_only=True).said
    with pytest.raises(ClausesError, match="contradict"):
        leave_for("127.0.0.1", read_only=True, writable=True)


@pytest.mark.parametrize(
    ("headers", "given"),
    [
        (HERE, True),
        ({"host": "localhost:8080"}, True),
        ({"host": "[::1]:7860"}, True),
        ({"host": "localhost", "sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"host": "example.org"}, False),  # a name of somebody else's that leads here (DNS rebinding)
        ({"host": "127.0.0.1.example.org:7860"}, False),
        ({**HERE, "sec-fetch-site": "cross-site"}, False),  # sent by another site's page
        ({**HERE, "sec-fetch-site": "same-site"}, False),
        ({**HERE, "x-forwarded-for": "192.0.2.1"}, False),  # a proxy's visitor
        ({**HERE, "forwarded": "for=192.0.2.1"}, False),
    ],
)
def test_this_machine_is_known_by_what_the_browser_asked_for(headers: dict[str, str], given: bool) -> None:
    assert Leave("this machine").given(headers, None) is given


def test_members_and_nobody() -> None:
    far = {"host": "example.org", "x-forwarded-for": "192.0.2.1"}
    assert Leave("members").given(far, "ada") and not Leave("members").given(HERE, None)
    assert not Leave("members").given({**far, "sec-fetch-site": "cross-site"}, "ada")
    assert Leave("everybody").given(far, None)
    assert not Leave("nobody").given(HERE, "ada")


def test_accounts_are_read(file: Callable[[str, str | bytes], Path]) -> None:
    path = file("accounts.txt", "\ufeffada:pass:word\n\n  bob :hunter 2\n")
    assert accounts_from(["eve:x"], path) == (("eve", "x"), ("ada", "pass:word"), ("bob", "hunter 2"))
    assert accounts_from([], None) == ()


@pytest.mark.parametrize(
    ("named", "lines", "said"),
    [
        (["s3cret"], "a:b", "--auth no. 1 is not of the form"),
        ([":s3cret"], "a:b", "--auth no. 1 is not of the form"),
        ([], "a:b\ns3cret\n", "line 2 is not of the form"),
        ([], "a:b\na:s3cret\n", "line 2 names a a second time"),
        ([], "\n", "holds no account"),
        ([], b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_wrong_account_is_said_without_its_password(
    file: Callable[[str, str | bytes], Path], named: list[str], lines: str | bytes, said: str
) -> None:
    with pytest.raises(ClausesError) as refused:
        accounts_from(named, file("accounts.txt", lines))
    assert said in str(refused.value) and "s3cret" not in str(refused.value)


def test_a_file_of_accounts_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClausesError, match="cannot be read"):
        accounts_from([], tmp_path / "none.txt")
