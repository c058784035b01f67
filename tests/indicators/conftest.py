"""Rows that may be counted, as telling leaves them, without any words beneath."""

import os
import uuid
from collections.abc import Callable
from datetime import date

import pytest

from firsthand.harms import actions as harms
from firsthand.testimony.coded import marked
from firsthand.testimony.models import Counted, Testimony
from firsthand.vault.models import Item, Keyring

Count = Callable[..., None]


@pytest.fixture
def model(db):
    return harms.load_published_models(by="a test")[0]


@pytest.fixture
def count(model) -> Count:
    """Add `many` accounts told in `month`, of these codes and this kind of service."""
    ring = Keyring.objects.create(
        holder="person", seal_public=os.urandom(32), sign_public=os.urandom(32), proof=b"p" * 32
    )

    def add(many: int, *codes: str, month: date, kind: str = "crisis") -> None:
        items = Item.objects.bulk_create(Item(id=uuid.uuid4(), owner=ring) for _ in range(many))
        told = Testimony.objects.bulk_create(
            Testimony(item=item, stage="kept", begun_on=month, told_on=month) for item in items
        )
        Counted.objects.bulk_create(
            marked(Counted(testimony=one, model_version=model.slug, codes=list(codes),
                           month=month, service_kind=kind))
            for one in told
        )  # fmt: skip

    return add
