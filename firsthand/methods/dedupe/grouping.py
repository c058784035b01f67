"""Pairs become groups of any size, and a chain of likenesses never joins what contradicts itself.

Union-find with path halving and union by size (R. E. Tarjan and J. van Leeuwen, "Worst-case
analysis of set union algorithms", Journal of the ACM 31 (1984), 245-281).
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Member = TypeVar("Member", bound=Hashable)


class Unions(Generic[Member]):
    """Disjoint sets. Whoever was never joined is a set alone."""

    def __init__(self) -> None:
        self._up: dict[Member, Member] = {}
        self._members: dict[Member, list[Member]] = {}

    def root(self, member: Member) -> Member:
        """The member that stands for the set."""
        up = self._up
        while (above := up.get(member, member)) != member:
            up[member] = up.get(above, above)
            member = above
        return member

    def members(self, member: Member) -> list[Member]:
        """All of the set; not to be changed."""
        root = self.root(member)
        return self._members.get(root, [root])

    def join(self, one: Member, other: Member) -> Member:
        """Make two sets one; returns the member that stands for it."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return a
        if len(self.members(a)) < len(self.members(b)):
            a, b = b, a
        self._members[a] = (
            [*self._members.get(a, [a])] if a not in self._members else self._members[a]
        )
        self._members[a].extend(self._members.pop(b, [b]))
        self._up[b] = a
        return a


def components(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected components of two and more, members and components in the order of `ids`."""
    unions: Unions[str] = Unions()
    for one, other in links:
        unions.join(one, other)
    parts: dict[str, list[str]] = {}
    for each in ids:
        parts.setdefault(unions.root(each), []).append(each)
    return [part for part in parts.values() if len(part) > 1]
