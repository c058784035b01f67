"""Studies by attribute: who reported what, and what no study reported at all.

The form is the characteristics table of a scoping review (A. C. Tricco et al., "PRISMA extension
for scoping reviews", Annals of Internal Medicine 169 (2018), 467-473, items 10 and 15), and its
gaps are what the review cannot speak about. Pure: values in, values out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MET, NOT_MET = "yes", ""


@dataclass(frozen=True)
class Attribute:
    """Something a study may have: a short name, how it is shown, the numbers that have it."""

    key: str
    label: str
    studies: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Attributes that answer one question, such as the kind of study."""

    name: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class StudyTable:
    """Studies numbered from 1 to `count`, and what each has.

    Raises ValueError for a number that is no study's, one given twice, or a key given twice.
    """

    count: int
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        wrong = [*self._numbers(), *self._keys()]
        if wrong:
            raise ValueError(" ".join(wrong))

    @property
    def studies(self) -> tuple[int, ...]:
        return tuple(range(1, self.count + 1))

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        return tuple(each for group in self.groups for each in group.attributes)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A heading, then a row for each study: its number, and yes or nothing by attribute."""
        head = ("Study", *(each.label for each in self.attributes))
        return (head, *(self._row(each) for each in self.studies))

    def by_attribute(self) -> tuple[tuple[str, str, int, str], ...]:
        """A row for each attribute: its group, its label, how many studies, and which."""
        return tuple(
            (group.name, each.label, len(each.studies), ", ".join(map(str, each.studies)))
            for group in self.groups
            for each in group.attributes
        )

    def gaps(self) -> tuple[str, ...]:
        """A sentence for each attribute that no study has, and for studies a group passes over."""
        return (*self._empty(), *self._unplaced())

    def _row(self, study: int) -> tuple[str, ...]:
        has = (MET if study in each.studies else NOT_MET for each in self.attributes)
        return (str(study), *has)

    def _empty(self) -> Iterator[str]:
        for each in self.attributes:
            if not each.studies:
                yield f"No study reported {each.label[0].lower()}{each.label[1:]}."

    def _unplaced(self) -> Iterator[str]:
        """Where all but a few studies have their place, those few are worth a look."""
        for group in self.groups:
            placed = {number for each in group.attributes for number in each.studies}
            left = [str(each) for each in self.studies if each not in placed]
            if 0 < len(left) <= self.count // 10:
                yield f"{group.name}: nothing is said of study {', '.join(left)}."

    def _numbers(self) -> Iterator[str]:
        for each in self.attributes:
            strange = sorted(set(each.studies) - set(self.studies))
            if strange:
                yield f"{each.label}: there is no study {', '.join(map(str, strange))}."
            if len(set(each.studies)) < len(each.studies):
                yield f"{each.label}: a study stands there twice."

    def _keys(self) -> Iterator[str]:
        keys = [each.key for each in self.attributes]
        for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
            yield f"{key} is the name of two attributes."
