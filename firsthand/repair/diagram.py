"""The reference page of the stages, made from `rules.MOVES` alone. Pure.

python -m firsthand.repair.diagram > docs/reference/repair-stages.md
"""

from collections.abc import Iterator

from firsthand.repair.rules import ASKED, MOVES, PARTIES, STAGES, STEPS, Move

_INTRO = """\
# How a request for repair moves

This page is made from the table of moves in `firsthand/repair/rules.py` by
`python -m firsthand.repair.diagram`; a test fails when the two differ. Nothing else moves a
request. Only the person closes one, opens it again, or says how a promise went.
"""


def diagram() -> str:
    """Return the stages as a Mermaid state diagram. Steps that change nothing are left out."""
    lines = [f"    {stage} : {label}" for stage, label in STAGES.items()]
    lines += [f"    [*] --> {ASKED} : the person shares what they told"]
    lines += [
        f"    {stage} --> {to} : {_who(move)} {STEPS[step]}"
        for stage, step, move in _moves()
        for to in move.to
        if to != stage
    ]
    return "\n".join(["stateDiagram-v2", *lines])


def page() -> str:
    """Return the whole reference page, in Markdown."""
    head = "| at this stage | this step | by | leads to |\n|---|---|---|---|"
    rows = [
        f"| {STAGES[stage]} | {STEPS[step]} | {_who(move)} | {_named(move)} |"
        for stage, step, move in _moves()
    ]
    table = "\n".join([head, *rows])
    return f"{_INTRO}\n```mermaid\n{diagram()}\n```\n\n## Every move\n\n{table}\n"


def _moves() -> Iterator[tuple[str, str, Move]]:
    for stage, steps in MOVES.items():
        for step, move in steps.items():
            yield stage, step, move


def _who(move: Move) -> str:
    return " or ".join(PARTIES[party] for party in move.by)


def _named(move: Move) -> str:
    return " or ".join(STAGES[to] for to in move.to)


if __name__ == "__main__":
    print(page(), end="")
