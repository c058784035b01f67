"""What formats with a name before each field have in common."""


def close(fields: list[tuple[str, str]], more: list[str]) -> None:
    """Put the further lines of the last field to it, without empty ones at its end."""
    while more and not more[-1].strip():
        more.pop()
    if more:
        name, value = fields[-1]
        fields[-1] = (name, "\n".join([value, *more]))
        more.clear()
