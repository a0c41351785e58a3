"""What can go wrong, each in a sentence that a person can act on."""

from __future__ import annotations


class ClausesError(Exception):
    """One sentence to the user: what was found, what was expected, what to do. Shown without a traceback."""


class FileRefusedError(ClausesError):
    """A file that cannot be read as a document: missing, empty, binary, too large, of an unknown kind."""


class LibraryError(ClausesError):
    """A library folder that cannot be used: broken, foreign, full, not writable."""


class WrongModelError(LibraryError):
    """A library whose vectors were made with another model; names both and the command that rebuilds."""


class NotFoundError(ClausesError):
    """A label, clause or document that the library does not hold."""


class ModelUnavailableError(ClausesError):
    """An embedding model that is neither on this machine nor to be had; names the two ways to get one."""


class ModelDamagedError(ClausesError):
    """A model file whose content is not what it should be; names both hashes, or the file and the fault."""


class CacheUnwritableError(ClausesError):
    """A cache folder that cannot be written: no right, no room, not a folder."""
