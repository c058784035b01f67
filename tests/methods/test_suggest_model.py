"""The packed sentence model is the published one, small, and gives what it should."""

import numpy as np
import pytest

from firsthand.methods.suggest import __main__ as packer
from firsthand.methods.suggest import minilm, packing


@pytest.fixture(scope="module")
def encoder():
    return minilm.encoder()


def likeness(encoder, one, other):
    first, second = encoder.vectors([one, other])
    return float(first @ second)


def test_like_meanings_are_nearer_than_unlike_ones(encoder):
    like = likeness(encoder, "The food was cold.", "Dinner was awful.")
    unlike = likeness(encoder, "The food was cold.", "My ambulance was late.")
    assert like > unlike + 0.15


def test_vectors_agree_with_those_of_the_published_weights(encoder):
    """Cosines of the unrounded weights, worked out once in 32 bits."""
    assert likeness(encoder, "The food was cold", "dinner was awful") == pytest.approx(
        0.424, abs=0.03
    )
    assert likeness(encoder, "nobody listened to me", "they ignored what I said") == pytest.approx(
        0.373, abs=0.03
    )


def test_together_or_alone_a_text_has_the_same_vector(encoder):
    texts = ["One.", "Two words", "Rather more than two words here", "", "Three"]
    together = encoder.vectors(texts)
    alone = np.stack([encoder.vectors([each])[0] for each in texts])
    assert together == pytest.approx(alone, abs=1e-4)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(5), abs=1e-4)


def test_the_shares_of_pieces_add_up_to_the_vector(encoder):
    (found,) = encoder.encode(["They changed my worker again"])
    assert found.shares.sum(axis=0) == pytest.approx(found.vector, abs=1e-4)
    assert len(found.shares) == len(found.pieces.numbers)


def test_the_packed_model_leaves_room_for_a_suggester_in_25_mb():
    assert packing.PLACE.stat().st_size < 20_000_000


def test_packing_again_gives_the_same_bytes(tmp_path, capsys):
    assert packer.main(tmp_path / "new" / "model.npz") == 0
    assert (tmp_path / "new" / "model.npz").read_bytes() == packing.PLACE.read_bytes()
    assert "packed" in capsys.readouterr().out


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(packing.NoModel, match="not the ones"):
        packing.pack(tmp_path, tmp_path / "out.npz")
    assert not (tmp_path / "out.npz").exists()


def test_without_the_model_or_its_package_the_message_says_what_to_make(
    tmp_path, capsys, monkeypatch
):
    with pytest.raises(packing.NoModel, match="make suggest-model"):
        packing.read(tmp_path / "none.npz")
    monkeypatch.setattr(packer, "SOURCE", "no_such_package_here")
    assert packer.main(tmp_path / "out.npz") == 1
    assert "make assets" in capsys.readouterr().err
