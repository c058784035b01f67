"""What it costs to take a coding project out as REFI-QDA and to bring it in; is it valid, stable?

    FIRSTHAND_SHARED=../shared .venv/bin/python bench/refi.py --documents 1000

Makes a corpus of made-up documents with letters of one, two and four bytes, Windows line ends and
byte-order marks, marked by five coders with 200 codes; brings it into a database of its own, takes
it out, brings that in and takes it out again. At their place: every passage is where it was drawn,
and its text is what was written. Valid: by the schemas of the standard, where they lie
in the shared folder. CPU time of this process; the highest memory it had so far.
"""

# ruff: noqa: E402 - Django is set up before what needs it is imported
import argparse
import io
import os
import resource
import tempfile
import time
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-refi-")

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from firsthand.codebook.actions import interchange
from firsthand.codebook.refi.decoding import encode
from firsthand.codebook.refi.reading import Found, read
from firsthand.codebook.refi.texts import Coding, Text, TextSelection
from firsthand.codebook.refi.values import Code, Project, User
from firsthand.codebook.refi.writing import write_project
from firsthand.people.actions.local import here

WORDS = (
    "nobody", "asked", "me", "caf\u0065\u0301", "\U0001f622", "\u0642\u0627\u0644", "then", "they",
    "left\r\n", "door\n", "\U0001f3f3\ufe0f", "\ufeff", "<so>", "&", "told",
)  # fmt: skip

ODD = ("\u0301", "\U0001f622", "\u0642", "\r\n", "\ufe0f", "\ufeff", "<so>")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=20, help="of each document")
    args = parser.parse_args()
    settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True)
    made = corpus(Random(2026), args.documents, args.passages)
    foreign = held(lambda out: write_project(*made, out))
    corpus_read = tell("read", lambda: read(foreign, "corpus.qdpx"))
    ada = tell("brought in", lambda: interchange.bring_in(here("Ada"), corpus_read, "corpus.qdpx"))
    first = tell("taken out", lambda: held(lambda out: interchange.take_out(ada, out)))
    found = tell("read again", lambda: read(first, "first.qdpx"))
    ben = tell("brought in again", lambda: interchange.bring_in(here("Ben"), found, "first.qdpx"))
    second = tell("taken out again", lambda: held(lambda out: interchange.take_out(ben, out)))
    print(f"{args.documents:,} documents, {args.documents * args.passages:,} passages: "
          f"{len(first.getvalue()) / 1e6:.1f} MB")  # fmt: skip
    print("the same bytes again:", first.getvalue() == second.getvalue())
    print("at their place:", places(found) == drawn(*made))
    print("with each kind of letter:", {each: sum(each in text for text in found.texts.values())
                                        for each in ODD})  # fmt: skip
    book = interchange.take_out_codebook(ben)
    print("the same codebook again:", book == interchange.take_out_codebook(ada))
    print("valid:", valid(zipfile.ZipFile(first).read("project.qde"), "Project"))
    print("codebook valid:", valid(book, "Codebook"))


def corpus(dice: Random, documents: int, passages: int):
    """Return a project and its files."""
    users = [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(5)]
    codes = [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(200)]
    sources, files = [], []
    for at in range(documents):
        guid = str(uuid.UUID(int=dice.getrandbits(128)))
        text = " ".join(dice.choices(WORDS, k=400)) + " the end."
        text = "\ufeff" * (at % 3 == 0) + text  # to the reader, a second mark belongs to the text
        marked = tuple(selection(dice, text, users, codes) for _ in range(passages))
        sources.append(
            Text(guid, f"Document {at}", plain=f"internal://{guid}.txt", selections=marked)
        )
        files.append((f"{guid}.txt", encode(text)))
    book = tuple(
        Code(codes[at], f"Code {at}", True, "#336699", children=tuple(
            Code(codes[at + more], f"Code {at + more}", True) for more in range(1, 10)
        ))
        for at in range(0, 200, 10)
    )  # fmt: skip
    named = tuple(User(each, f"Coder of file {at}") for at, each in enumerate(users))
    return Project("Made up", "Elsewhere", users=named, codes=book, sources=tuple(sources)), files


def selection(dice: Random, text: str, users: list[str], codes: list[str]) -> TextSelection:
    start = dice.randrange(len(text) - 60)
    user = dice.choice(users)
    return TextSelection(
        str(uuid.UUID(int=dice.getrandbits(128))), start, start + dice.randrange(5, 60),
        user=user, made="2026-03-02T10:20:30Z",
        codings=tuple(
            Coding(str(uuid.UUID(int=dice.getrandbits(128))), user, code=each)
            for each in dice.sample(codes, dice.choice((1, 1, 2)))
        ),
    )  # fmt: skip


def held(write) -> io.BytesIO:
    out = io.BytesIO()
    write(out)
    out.seek(0)
    return out


Place = tuple[str, str, int, str]


def drawn(project: Project, files: list[tuple[str, bytes]]) -> set[Place]:
    """Return the passages as they were drawn: of which source, by whom, where, which words."""
    texts = {name: content.decode().removeprefix("\ufeff") for name, content in files}
    return _places(project, {each.guid: texts[f"{each.guid}.txt"] for each in project.sources})


def places(found: Found) -> set[Place]:
    """Return the same of what was read."""
    return _places(found.project, found.texts)


def _places(project: Project, texts: Mapping[str, str]) -> set[Place]:
    return {
        (each.guid, one.user, one.start, texts[each.guid][one.start : one.end])
        for each in project.sources for one in each.selections
    }  # fmt: skip


def valid(content: bytes, name: str) -> str:
    from lxml import etree

    schema = Path(os.environ.get("FIRSTHAND_SHARED", "../shared")) / f"data/refi/{name}.xsd"
    if not schema.is_file():
        return "not asked: the schemas are not here"
    rules = etree.XMLSchema(etree.parse(schema))
    tree = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    return str(rules.validate(tree))


def tell(what: str, do):
    begun = time.process_time()
    found = do()
    spent = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {spent:.2f} CPU s, {most:.0f} MB", flush=True)
    return found


if __name__ == "__main__":
    main()
