"""Answers before they are sent, and people's own words afterwards: sealed, and how they open."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from firsthand.access.refused import not_now
from firsthand.consultation import survey_codes
from firsthand.consultation.models import Answer, Survey
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys, wrap_to
from firsthand.vault.rules import context
from firsthand.vault.seal import new_key, seal, unseal

Draft = dict[str, dict[str, Any]]  # {"chosen": {question: answer}, "words": {question: text}}


def sealed_draft(code: str, answer: uuid.UUID, draft: Draft) -> bytes:
    """Return a draft that only its code opens."""
    return seal(survey_codes.key(code), json.dumps(draft).encode(), _place("draft", answer))


def draft_of(code: str, answer: Answer) -> Draft:
    """Return what was kept so far. Raises Tampered."""
    if not answer.draft:
        return {"chosen": {}, "words": {}}
    place = _place("draft", answer.id)
    found: Draft = json.loads(unseal(survey_codes.key(code), bytes(answer.draft), place))
    return found


def sealed_words(survey: Survey, answer: uuid.UUID, words: Mapping[str, str]) -> dict[str, bytes]:
    """Return words sealed to those who run the survey: columns of Answer. Nothing for none."""
    if not words:
        return {"words": b"", "words_key": b""}
    key, place = new_key(), _place("words", answer)
    public = bytes(keyrings.check(survey.keyring).seal_public)
    body = seal(key, json.dumps(dict(words)).encode(), place)
    return {"words": body, "words_key": wrap_to(public, key, place)}


def opened(keys: Keys, answers: Iterable[Answer]) -> list[dict[str, str]]:
    """Return the words of each answer that has any, {question: text}. Raises Tampered."""
    return [_opened(keys, each) for each in answers if each.words]


def _opened(keys: Keys, answer: Answer) -> dict[str, str]:
    place = _place("words", answer.id)
    key = keys.unwrap(bytes(answer.words_key), place)
    found: dict[str, str] = json.loads(unseal(key, bytes(answer.words), place))
    return found


def keys_of(survey: Survey, hands: Mapping[uuid.UUID, Keys]) -> Keys:
    """Return the survey's keys. Raises Refused when they are not in hand."""
    keys = hands.get(survey.keyring_id)
    if keys is None:
        raise not_now(
            "Words of this survey open only with your keys, and they are not in your hands now. "
            "Sign out, and sign in again with your passphrase."
        )
    return keys


def _place(what: str, answer: uuid.UUID) -> bytes:
    return context("survey", what, answer)
