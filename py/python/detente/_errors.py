"""Exceptions and warnings."""

from __future__ import annotations


class DetenteError(Exception):
    """Base class of the package's errors; by itself an internal error."""


class ModelError(DetenteError):
    """A model is damaged, or is not the one that is needed."""


class DataError(DetenteError):
    """A record, file or article cannot be used.

    ``kind`` says what is wrong in a word or two, ``path``, ``line``, ``field`` and ``row`` say where, as far as they
    are known. ``row`` counts the given records from 0.
    """

    kind: str | None
    path: str | None
    line: int | None
    field: str | None
    row: int | None

    def __init__(
        self,
        message: str,
        *,
        kind: str | None = None,
        path: str | None = None,
        line: int | None = None,
        field: str | None = None,
        row: int | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.path = path
        self.line = line
        self.field = field
        self.row = row

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self),), self.__dict__


class DetenteWarning(UserWarning):
    """A doubt about the input, such as a date that cannot be read."""
