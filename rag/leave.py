"""Who may change a library while it is served: adding and removing need leave, asking does not."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from index.errors import ClausesError

Account = tuple[str, str]
"""Name and password."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Who may add and remove documents on the page."""

    who: Literal["nobody", "this machine", "members", "everybody"]
    """Members: those who have logged in."""
    said: str = ""
    """A sentence to the one who starts the server; empty where there is nothing to say."""

    def given(self, headers: Mapping[str, str], member: str | None) -> bool:
        """Whether a request with these headers, of this logged-in member or of nobody known, may change the library.

        Never where another site's page sent it (Sec-Fetch-Site). For this machine alone: only where the browser asked for
        this machine by a name that no foreign site can take (Host), and no proxy says that it speaks for somebody else.
        """
        if self.who == "nobody" or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        if self.who == "members":
            return member is not None
        if self.who == "this machine":
            proxied = any(name in headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
            return not proxied and _is_loopback(urlsplit(f"//{headers.get('host', '')}").hostname or "")
        return True


def leave_for(host: str, *, read_only: bool = False, writable: bool = False, members: bool = False) -> Leave:
    """The leave that a server gives which listens on `host`. members: whether people must log in.

    The default is the safe one: on an address that others reach, nobody may, unless they log in or `writable` says so.
    Raises ClausesError where both read_only and writable are wanted.
    """
    if read_only and writable:
        raise ClausesError("--read-only and --writable contradict each other; give one of them.")
    if read_only:
        return Leave("nobody", "Nobody can add or remove documents on the page (--read-only).")
    if members:
        return Leave("members", "Who logs in can add and remove documents; --read-only forbids it.")
    if writable:
        return Leave("everybody", "Everybody who reaches the page can add and remove documents (--writable).")
    if _is_this_machine(host):
        return Leave("this machine")
    return Leave(
        "nobody",
        "Others can reach the page, so nobody can add or remove documents on it; --auth or --auth-file gives leave to those "
        "who log in, --writable to everybody.",
    )


def accounts_from(named: Sequence[str], file: Path | None) -> tuple[Account, ...]:
    """Accounts given as "name:password" and in a file of such lines; empty lines do not count.

    Raises ClausesError, without showing what may be a password, for a file that cannot be read or holds none, for a line
    of another form and for a name that is there twice.
    """
    lines = [(f"--auth no. {number}", line) for number, line in enumerate(named, 1)]
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise ClausesError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
        of_file = [(f"{file}, line {n}", line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if not of_file:
            raise ClausesError(f"{file} holds no account; write one name:password a line.")
        lines += of_file
    found: dict[str, str] = {}
    for place, line in lines:
        name, _, password = line.partition(":")
        if not name.strip() or not password:
            raise ClausesError(f"{place} is not of the form name:password.")
        if name.strip() in found:
            raise ClausesError(f"{place} names {name.strip()} a second time; give each name once.")
        found[name.strip()] = password
    return tuple(found.items())


def _is_this_machine(host: str) -> bool:
    """Whether only this machine reaches an address that a server listens on."""
    try:
        return all(_is_loopback(str(found[4][0])) for found in socket.getaddrinfo(host, None))
    except OSError:  # no address: the server will say so
        return False


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
