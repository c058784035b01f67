"""The year in however a database writes a date: "2019//", "1948/07//", "c2004", "20180813"."""

import re

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?:[01]\d(?:[0-3]\d)?)?(?!\d)")


def year(value: str) -> int | None:
    """Return the first year from 1500 to 2100 in a value, or None when it says none."""
    begin = value[:4]
    if begin.isdecimal() and not value[4:5].isdecimal() and "1500" <= begin <= "2100":
        return int(begin)  # nearly every value there is
    found = _YEAR.search(value)
    return int(found[1]) if found else None
