"""The answers of a testimony, to and from the bytes that are sealed. One field a question."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

# The optional prompts, in our own words: what people often wish they had added.
PROMPTS = {
    "before": "What led up to it?",
    "since": "What has it been like since?",
    "needed": "What did you need instead?",
    "said": "Did you tell anyone at the service? What did they do?",
}


@dataclass(frozen=True)
class Answers:
    """Everything a person has answered so far; nothing but `happened` is ever needed."""

    happened: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    when_earliest: str = ""
    when_latest: str = ""
    organisation: str = ""
    service: str = ""
    service_kind: str = ""
    model_version: str = ""
    codes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    until: str = ""


# Which answers one step keeps, sealed together in the field of the step's name.
OF_STEP = {
    "happened": ("happened",),
    "more": ("more",),
    "when": ("when", "when_earliest", "when_latest"),
    "where": ("organisation", "service", "service_kind"),
    "fits": ("model_version", "codes", "offered"),
    "wishes": ("wishes",),
    "readers": ("teams", "until"),
}
_MANY = {each.name for each in fields(Answers) if each.default == ()}


def to_sealed(step: str, given: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what `step` seals of the answers `given`."""
    kept = {name: given[name] for name in OF_STEP[step] if name in given}
    return {step: json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass")}


def from_sealed(sealed: Mapping[str, bytes]) -> Answers:
    """Return the answers in an item's fields, passing over fields that are no step's."""
    found: dict[str, Any] = {}
    for step in OF_STEP:
        if step in sealed:
            found |= json.loads(sealed[step].decode("utf-8", "surrogatepass"))
    return with_given(Answers(), found)


def with_given(said: Answers, given: Mapping[str, Any]) -> Answers:
    """Return the answers as they stand once one step's are kept."""
    changed: dict[str, Any] = {k: tuple(v) if k in _MANY else v for k, v in given.items()}
    return replace(said, **changed)


def step_values(answers: Answers, step: str) -> dict[str, Any]:
    """Return the answers of one step, as its form shows them."""
    everything = asdict(answers)
    return {name: everything[name] for name in OF_STEP[step]}
