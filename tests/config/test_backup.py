"""A backup comes back whole, or not at all and with a clear word."""

import json
import shutil
import tarfile
from pathlib import Path

import pyrage
import pytest

from tests.config.site import TOLD, Site

PASSPHRASE = "correct horse battery staple"
PRIVATE = pyrage.x25519.Identity.generate()
COUNT = """
import django; django.setup()
from firsthand.access.models import LogLine
from firsthand.vault.models import Item, Sealed
print(Item.objects.count(), Sealed.objects.count(), LogLine.objects.count())
"""


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "private.txt"
    path.write_text(f"# created by hand\n{PRIVATE}\n")
    return path


@pytest.fixture(scope="session")
def filled(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the filled site: backing up leaves a mark that other tests must not meet."""
    data = tmp_path_factory.mktemp("backed-up") / "data"
    return Site(Path(shutil.copytree(filled.data, data)))


@pytest.fixture(scope="session")
def made(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a backup of each kind, made once."""
    place = tmp_path_factory.mktemp("made")
    to_key = ["backup", "--to", str(PRIVATE.to_public()), str(place / "key.age")]
    to_passphrase = ["backup", str(place / "passphrase.age")]
    for words in (to_key, to_passphrase):
        done = filled.firsthand(*words, FIRSTHAND_BACKUP_PASSPHRASE=PASSPHRASE)
        assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def to_key(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "key.age", tmp_path / "site.age"))


@pytest.fixture
def to_passphrase(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "passphrase.age", tmp_path / "site.age"))


def restore(backup: Path, into: Path, *more: str, passphrase: str = "") -> "tuple[int, str]":
    env = {"FIRSTHAND_BACKUP_PASSPHRASE": passphrase} if passphrase else {}
    done = Site(into).firsthand("restore", str(backup), "--into", str(into), *more, **env)
    return done.returncode, done.stderr + done.stdout


def test_what_was_kept_comes_back_with_the_private_key(filled, to_key, key_file, tmp_path):
    code, said = restore(to_key, tmp_path / "new", "--key", str(key_file))
    assert code == 0, said
    assert Site(tmp_path / "new").python(COUNT) == filled.python(COUNT)


def test_what_was_kept_comes_back_with_the_passphrase(filled, to_passphrase, tmp_path):
    code, said = restore(to_passphrase, tmp_path / "new", passphrase=PASSPHRASE)
    assert code == 0, said
    new = Site(tmp_path / "new")
    assert new.python(COUNT) == filled.python(COUNT)
    assert (new.data / "keys/server.key").read_bytes() == (
        filled.data / "keys/server.key"
    ).read_bytes()


def test_what_came_back_is_for_its_owner_alone(to_key, key_file, tmp_path):
    restore(to_key, tmp_path / "new", "--key", str(key_file))
    for path in [tmp_path / "new", *(tmp_path / "new").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_wrong_passphrase_opens_nothing_and_leaves_nothing(to_passphrase, tmp_path):
    code, said = restore(to_passphrase, tmp_path / "new", passphrase=PASSPHRASE + "r")
    assert code == 1
    assert "does not open" in said
    assert not (tmp_path / "new").exists()


def test_another_private_key_opens_nothing(to_key, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    code, said = restore(to_key, tmp_path / "new", "--key", str(other))
    assert code == 1
    assert "does not open" in said


@pytest.mark.parametrize("part", [0.001, 0.3, 0.6, 0.999, -1, -17, -2000])
def test_a_cut_off_backup_is_noticed(to_key, key_file, tmp_path, part):
    whole = to_key.read_bytes()
    to_key.write_bytes(whole[: int(len(whole) * part) if part > 0 else part])
    code, said = restore(to_key, tmp_path / "new", "--key", str(key_file))
    assert code == 1
    assert "Traceback" not in said
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.99])
def test_a_flipped_byte_is_noticed(to_key, key_file, tmp_path, part):
    raw = bytearray(to_key.read_bytes())
    raw[int(len(raw) * part)] ^= 1
    to_key.write_bytes(raw)
    code, said = restore(to_key, tmp_path / "new", "--key", str(key_file))
    assert code == 1
    assert "does not open" in said
    assert not (tmp_path / "new").exists()


def test_a_cut_off_or_changed_passphrase_backup_is_noticed(to_passphrase, tmp_path):
    whole = to_passphrase.read_bytes()
    for damaged in (whole[:2000], whole[: len(whole) // 2], whole[:1500] + b"x" + whole[1501:]):
        to_passphrase.write_bytes(damaged)
        code, said = restore(to_passphrase, tmp_path / "new", passphrase=PASSPHRASE)
        assert code == 1
        assert "Traceback" not in said
        assert not (tmp_path / "new").exists()


def test_restoring_never_writes_over_anything(filled, to_key, key_file, tmp_path):
    into = tmp_path / "new"
    into.mkdir()
    (into / "precious.txt").write_text("mine")
    code, said = restore(to_key, into, "--key", str(key_file))
    assert code == 1
    assert "not empty" in said
    assert [path.name for path in into.iterdir()] == ["precious.txt"]


def test_backing_up_never_writes_over_anything(filled, to_key):
    before = to_key.read_bytes()
    done = filled.firsthand("backup", "--to", str(PRIVATE.to_public()), str(to_key))
    assert done.returncode == 1
    assert to_key.read_bytes() == before


def test_nothing_that_was_told_can_be_read_from_an_opened_backup(to_key):
    plain = pyrage.decrypt(to_key.read_bytes(), [PRIVATE])
    for word in TOLD.split():
        assert word.encode() not in plain or word in {"under", "the"}


def test_a_passphrase_backup_is_a_tar_of_two_ordinary_age_files(to_passphrase, tmp_path):
    with tarfile.open(to_passphrase) as outer:
        key, content = (outer.extractfile(name) for name in ("key.age", "backup.age"))
        assert key
        assert content
        private = pyrage.passphrase.decrypt(key.read(), PASSPHRASE).decode()
        inner = pyrage.decrypt(content.read(), [pyrage.x25519.Identity.from_str(private)])
    (tmp_path / "inner.tar").write_bytes(inner)
    with tarfile.open(tmp_path / "inner.tar") as tar:
        held = tar.extractfile("manifest.json")
        assert held
        manifest = json.load(held)
    assert set(manifest["files"]) >= {"database.sqlite3", "server.key", "settings.json"}


def test_a_backup_that_says_something_else_than_it_holds_is_refused(to_key, key_file, tmp_path):
    plain = pyrage.decrypt(to_key.read_bytes(), [PRIVATE])
    place = plain.index(b'"server.key": "') + len(b'"server.key": "')
    changed = plain[:place] + (b"0" if plain[place : place + 1] != b"0" else b"1")
    changed += plain[place + 1 :]
    to_key.write_bytes(pyrage.encrypt(changed, [PRIVATE.to_public()]))
    code, said = restore(to_key, tmp_path / "new", "--key", str(key_file))
    assert code == 1
    assert "not whole" in said


def test_a_log_that_was_changed_before_the_backup_is_said_at_restoring(site, key_file, tmp_path):
    site.python(
        "import django; django.setup();"
        "from firsthand.access.models import LogLine;"
        "LogLine.objects.filter(place=2).update(refused=True)"
    )
    target = tmp_path / "changed.age"
    site.firsthand("backup", "--to", str(PRIVATE.to_public()), str(target))
    code, said = restore(target, tmp_path / "new", "--key", str(key_file))
    assert code == 1
    assert "its log was changed" in said


TEAM = """
import django; django.setup()
from firsthand.people.models import Organisation, Team
body = Organisation.objects.create(name="North Hub", kind="provider")
team = Team.objects.create(organisation=body, name="Duty team")
"""


def test_a_row_that_was_changed_before_the_backup_is_said_at_restoring(site, key_file, tmp_path):
    site.python(TEAM)
    sound, changed = tmp_path / "sound.age", tmp_path / "changed.age"
    site.firsthand("backup", "--to", str(PRIVATE.to_public()), str(sound))
    team = site.python(
        "import django; django.setup(); from firsthand.people.models import Team;"
        "Team._base_manager.update(name='Another'); print(Team._base_manager.values('pk')[0]['pk'])"
    )
    site.firsthand("backup", "--to", str(PRIVATE.to_public()), str(changed))
    code, said = restore(sound, tmp_path / "one", "--key", str(key_file))
    assert code == 0, said
    code, said = restore(changed, tmp_path / "two", "--key", str(key_file))
    assert code == 1
    assert f"team {team} (its row was changed)" in said


def test_a_full_disk_leaves_no_half_written_backup(filled, tmp_path):
    target = tmp_path / "site.age"
    words = ["backup", "--to", str(PRIVATE.to_public()), str(target)]
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from firsthand import cli; import firsthand.config.backup.databases as d;"
        "copy = d.copy\n"
        "def then_fill(*a):\n"
        "    made = copy(*a)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); return made\n"
        f"d.copy = then_fill; print(cli.main({words!r}))"
    )
    assert filled.python(code) != "0"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_short_passphrases_are_refused(filled, tmp_path):
    done = filled.firsthand("backup", str(tmp_path / "x"), FIRSTHAND_BACKUP_PASSPHRASE="short")
    assert done.returncode == 1
    assert "guessed" in done.stderr


def test_a_mistyped_public_key_is_refused(filled, tmp_path):
    done = filled.firsthand("backup", "--to", "age1nonsense", str(tmp_path / "x"))
    assert done.returncode == 1
    assert "age public key" in done.stderr
    assert not (tmp_path / "x").exists()


def test_keygen_makes_a_pair_that_works(filled):
    said = filled.firsthand("backup", "--keygen").stdout.split()
    private = next(word for word in said if word.startswith("AGE-SECRET-KEY-"))
    public = next(word for word in said if word.startswith("age1"))
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(public)])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(private)]) == b"x"


def test_anchors_kept_elsewhere_name_what_moved_on_after_the_backup(site, key_file, tmp_path):
    team = site.python(TEAM + "print(team.pk)")
    sound = tmp_path / "sound.age"
    site.firsthand("backup", "--to", str(PRIVATE.to_public()), str(sound))
    site.python(
        "import django; django.setup();"
        "from firsthand.access import anchors; from firsthand.people.models import Team;"
        "team = Team.objects.get(); team.name = 'Day team'; team.save(); anchors.write()"
    )
    code, said = restore(sound, tmp_path / "new", "--key", str(key_file))
    assert code == 0, said
    assert "after this backup was made is back" in said
    new = Site(tmp_path / "new")
    assert team not in new.firsthand("check").stdout
    shutil.copy(site.data / "log-anchors.jsonl", new.data / "log-anchors.jsonl")
    assert team in new.firsthand("check").stdout
