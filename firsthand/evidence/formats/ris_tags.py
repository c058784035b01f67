"""Which lines of a RIS file begin a field.

The rule of the format (Research Information Systems, 2001): two letters or a letter and a digit,
two spaces, a hyphen, a space. Files in the wild also have one space, tabs, small letters, a line
set in, a dash. Such a line is a field only when it cannot be taken for text:

- The first line of a record (TY) shows how that record is spelt: small letters or set-in lines
  are fields only where TY is written so.
- One space ("AI - based"): a field if its name is known and no long text (abstract, notes) is
  open, or if TY is written so and the name is known.
"""

import re
from dataclasses import dataclass
from string import ascii_uppercase, digits

_NAMES = [first + second for first in ascii_uppercase for second in ascii_uppercase + digits]
# What an orderly line begins with, and its name: one look-up a line, and no pattern.
HEADS = {f"{name}  - ": name for name in _NAMES} | {f"{name}  -": name for name in _NAMES}

_KNOWN = (
    "TY ER ID A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DO DI "
    "DP DS DT ED EP ET FD H1 H2 ID IS J1 J2 JA JF JO K1 KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NO "
    "NV OL OP PA PB PI PM PP PU PY RD RI RN RP RS SE SL SN SP SR ST SV T1 T2 T3 TA TI TT U1 U2 U3 "
    "U4 U5 VL VO WE WP WT WV Y1 Y2 YR"
)
KNOWN = frozenset(_KNOWN.split())
LONG = frozenset({"AB", "N1", "N2", "NO", "T1", "TI", "AD", "M1", "KW"})  # may go on for lines

_LOOSE = re.compile(
    r"(?P<indent>[ \t\ufeff]*)(?P<name>[A-Za-z][A-Za-z0-9])(?P<gap>[ \t]*)[-\u2013\u2014]"
    r"(?P<after>[ \t]+|$)(?P<value>.*)"
)
# A further line of a value that is empty, or that `loosely` might take for a field.
MAY_BE_FIELD = re.compile(
    r"\n(?=\s*(?:\n|$)|[ \t\ufeff]*[A-Za-z][A-Za-z0-9][ \t]*[-\u2013\u2014])"
).search
_TIGHT = re.compile(r"(?P<name>[A-Z][A-Z0-9])  -(?P<value>\S.*)")


@dataclass(frozen=True)
class Style:
    """How a record's first line is written."""

    small: bool = False
    indented: bool = False
    loose: bool = False


ORDERLY = Style()


@dataclass(frozen=True)
class Found:
    """A line that may begin a field, although it is not spelt as the format says."""

    name: str
    value: str
    style: Style


def loosely(line: str) -> Found | None:
    """Return what a line that is not orderly may begin, or None: then it is text."""
    if tight := _TIGHT.fullmatch(line):
        return Found(tight["name"], tight["value"], ORDERLY)
    found = _LOOSE.fullmatch(line)
    if not found:
        return None
    name, gap = found["name"], found["gap"]
    style = Style(name != name.upper(), bool(found["indent"].strip("\ufeff")), len(gap) < 2)
    if "\t" in gap + found["after"]:
        style = Style(style.small, style.indented, False)
    return Found(name.upper(), found["value"], style)


def is_field(found: Found, record: Style, open_field: str) -> bool:
    """Say whether such a line is a field, in a record spelt so, after such a field."""
    if found.style.small and not record.small:
        return False
    if found.style.indented and not record.indented:
        return False
    if found.name in KNOWN and (record.loose or not found.style.loose):
        return True
    return open_field not in LONG and (found.name in KNOWN or not found.style.loose)
