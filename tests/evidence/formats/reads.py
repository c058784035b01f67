"""Short ways to read, for tests."""

import io

from firsthand.evidence.formats.reading import Problem, Reference, read


def found(data: bytes | str, name="file.txt", **more) -> list[Reference | Problem]:
    """Everything that reading gives."""
    data = data.encode() if isinstance(data, str) else data
    return list(read(io.BytesIO(data), name, **more))


def references(data, name="file.txt", **more) -> list[Reference]:
    return [each for each in found(data, name, **more) if isinstance(each, Reference)]


def problems(data, name="file.txt", **more) -> list[Problem]:
    return [each for each in found(data, name, **more) if isinstance(each, Problem)]


def titles(data, name="file.txt", **more) -> list[str]:
    return [each.title for each in references(data, name, **more)]


def one(data, name="file.txt", **more) -> Reference:
    (only,) = references(data, name, **more)
    return only
