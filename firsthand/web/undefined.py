"""Strict about our own words, lenient about the kit's.

The component kit's macros are handed dictionaries and look for keys that are often not there, so
a missing key of a mapping is simply empty. A missing name, or a missing attribute of anything
that is not a mapping, is a mistake of ours and stops the page.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

import jinja2
from jinja2.utils import missing

# Jinja itself hands these over undefined: a macro called without `call`, and the kit's own word.
_MAY_BE_MISSING = {"caller", "undefined"}


def _forgivable(obj: Any, name: str | None) -> bool:
    if obj is missing:
        return name in _MAY_BE_MISSING
    return obj is None or isinstance(obj, Mapping | jinja2.Undefined)


class Careful(jinja2.ChainableUndefined):
    """Empty when a mapping lacks a key; raises UndefinedError in every other case."""

    __slots__ = ()

    def _check(self) -> None:
        if not _forgivable(self._undefined_obj, self._undefined_name):
            self._fail()

    def _fail(self) -> NoReturn:
        raise self._undefined_exception(self._undefined_message)

    def __str__(self) -> str:
        self._check()
        return super().__str__()

    def __iter__(self) -> Any:
        self._check()
        return super().__iter__()

    def __len__(self) -> int:
        self._check()
        return super().__len__()

    def __bool__(self) -> bool:
        self._check()
        return super().__bool__()

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("__"):
            self._check()
        return super().__getattr__(name)
