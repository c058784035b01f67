"""A charting form out of a YAML file: a list of fields, each checked, all of them or none."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing.protocol import parsed
from firsthand.config.talk import Stop
from firsthand.methods.charting.values import KINDS, WITH_CHOICES, Field

if TYPE_CHECKING:
    from firsthand.evidence.models import Member


def publish(by: "Member", place: Path) -> None:
    """Publish the fields of a file as the next version of the form. Raises Stop."""
    from firsthand.evidence.actions import chart_forms

    told = parsed(place)
    if not isinstance(told, list) or not told:
        raise Stop(f"{place.name} has to be a list of fields. --help shows what each may have.")
    rows = [_checked(place, each) for each in told]
    for row in rows:
        _add(by, row)
    chart_forms.publish(by)


def _checked(place: Path, row: Any, *, part: bool = False) -> dict[str, Any]:
    """Return a field as it was told. Raises Stop when it cannot be one."""
    if not isinstance(row, dict) or not str(row.get("label", "")).strip():
        raise Stop(f"{place.name}: every field needs a label.")
    kinds = [each for each in KINDS if not (part and each == "group")]
    if row.get("kind") not in kinds:
        raise Stop(
            f"{place.name}: the kind of {row['label']!r} has to be one of {', '.join(kinds)}."
        )
    if (row["kind"] in WITH_CHOICES) != bool(row.get("choices")):
        raise Stop(
            f"{place.name}: {row['label']!r}: choices are for the kinds choice and many, which "
            "need them."
        )
    parts = [_checked(place, each, part=True) for each in row.get("parts", ())]
    return {**row, "parts": parts}


def _add(by: "Member", row: dict[str, Any], into: str = "") -> None:
    from firsthand.evidence.actions import chart_forms

    field = Field(
        "", row["kind"], str(row["label"]), str(row.get("help", "")), str(row.get("unit", "")),
        bool(row.get("required")),
    )  # fmt: skip
    made = chart_forms.add(by, field, [str(each) for each in row.get("choices", ())], into=into)
    for part in row["parts"]:
        _add(by, part, made.key)
