"""What `firsthand coding` does with files of REFI-QDA."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import acting, beginning, tables
from firsthand.config.talk import Progress, Stop

if TYPE_CHECKING:
    from firsthand.codebook.models import Coder
    from firsthand.codebook.refi.reading import Found

_MOST_BESIDE = 2_000  # files of a folder beside a .qde
UNREADABLE = 2


def check(args: argparse.Namespace) -> int:
    """Say what is in a file; return 0 when it is as the standard asks, and 1 when it is not."""
    from firsthand.codebook.interchange.looking import look

    said = look(_read(args), args.file.name).as_data()
    tables.tell(said, _lines(said), args.json)
    return 0 if said["valid"] else 1


def bring_in(args: argparse.Namespace) -> int:
    """Make a project of a file, or add its codes to one."""
    with acting.site():
        found = _read(args)
        return _bring_codes(args, found) if args.into else _bring_project(args, found)


def _bring_project(args: argparse.Namespace, found: "Found") -> int:
    from firsthand.codebook.actions import interchange
    from firsthand.codebook.interchange.looking import look

    said = look(found, args.file.name).as_data()
    shown = Progress(f"Bringing in {args.file.name}", said["sources"])
    user = beginning.known(args.who, args.here)
    coder = interchange.bring_in(user, found, args.file.name, _me(args, said), shown.to)
    shown.end()
    project = coder.project
    told = {"project": project.id, **said}
    lines = [*_lines(said), f"Brought in: {project.title}", f"Its number is {project.id}."]
    tables.tell(told, lines, args.json)
    return 0


def _bring_codes(args: argparse.Namespace, found: "Found") -> int:
    from firsthand.codebook.actions import interchange

    coder = _coder(args.into, args.who)
    new, there = interchange.bring_codebook(coder, found, args.file.name)
    told = {"project": coder.project_id, "new": new, "there": there}
    tables.tell(told, [f"{new:,} codes added; {there:,} were there already."], args.json)
    return 0


def _me(args: argparse.Namespace, said: dict[str, Any]) -> str:
    """Return the GUID of who in the file one is. Raises Stop."""
    if not args.me:
        return ""
    meant = [each["guid"] for each in said["coders"] if args.me in (each["name"], each["guid"])]
    if len(meant) != 1:
        names = ", ".join(each["name"] for each in said["coders"]) or "nobody"
        raise Stop(f"Not one coder in the file is called {args.me}. Who coded in it: {names}.")
    return str(meant[0])


def take_out(args: argparse.Namespace) -> int:
    """Write a project or a codebook, beside its place first."""
    kind = args.file.suffix.lower()
    if kind not in (".qdpx", ".qdc"):
        raise Stop("The file has to end in .qdpx (the project) or .qdc (the codebook).", 2)
    with acting.site():
        from firsthand.codebook.actions import interchange

        coder = _coder(args.project, args.who)
        if kind == ".qdc":
            tables.keep(args.file, interchange.take_out_codebook(coder))
        else:
            _write(args.file, coder, args.names)
        size = args.file.stat().st_size
        told = {"project": coder.project_id, "written": str(args.file), "bytes": size}
        tables.tell(told, [f"Written: {args.file} ({size / 1_000_000:.1f} MB)"], args.json)
    return 0


def _write(place: Path, coder: "Coder", names: bool) -> None:
    from firsthand.codebook.actions import interchange

    beside = place.with_name(place.name + ".part")
    try:
        with beside.open("w+b") as out:
            interchange.take_out(coder, out, names=names)
        beside.replace(place)
    except OSError as why:
        raise Stop(f"{place} cannot be written: {why.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)


def _read(args: argparse.Namespace) -> "Found":
    from firsthand.codebook.refi.reading import read, read_bytes
    from firsthand.codebook.refi.telling import Unreadable

    place: Path = args.file
    try:
        beside = _beside(args.sources) if args.sources else None
        if beside is not None:
            return read_bytes(place.read_bytes(), place.name, beside)
        return read(place.open("rb"), place.name)
    except OSError as why:
        raise Stop(f"{why.filename} cannot be read: {why.strerror}.", UNREADABLE) from None
    except Unreadable as why:
        raise Stop(str(why), UNREADABLE) from None


def _beside(folder: Path) -> dict[str, bytes]:
    files = [each for each in sorted(folder.iterdir()) if each.is_file()][:_MOST_BESIDE]
    return {each.name: each.read_bytes() for each in files}


def _coder(project: str, who: str) -> "Coder":
    """Return someone's part in a project by the names said. Raises Stop."""
    from firsthand.codebook.models import Coder

    rows = Coder.objects.filter(left_on=None, user__is_active=True).select_related(
        "project", "user"
    )
    mine = [each for each in rows if who.strip().lower() in (each.user.name.lower(),
                                                             str(each.user_id))]  # fmt: skip
    if not mine:
        raise Stop(f"Nobody called {who} takes part in a coding project here.")
    meant = [each for each in mine if project in (each.project.title, str(each.project_id))]
    meant = meant or [each for each in mine if len(project) >= 4
                      and str(each.project_id).startswith(project.lower())]  # fmt: skip
    if len(meant) != 1:
        every = "".join(f"\n  {each.project_id}  {each.project.title}" for each in mine)
        raise Stop(f"Not one project of {who} is called {project}. There are:{every}")
    return meant[0]


def _lines(said: dict[str, Any]) -> Iterator[str]:
    """Yield it for a person."""
    from firsthand.codebook.refi.telling import KINDS

    by = f", written by {said['program']}" if said["program"] else ""
    yield f"{said['file']}: a {said['kind']}{by}. {said['title']}"
    yield (
        f"  {said['codes']:,} codes, {said['sources']:,} texts, {said['passages']:,} passages, "
        f"{said['codings']:,} codings"
    )
    for each in said["coders"]:
        yield f"  coded by {each['name']}: {each['passages']:,} passages"
    yield "  as REFI-QDA 1.5 asks" if said["valid"] else "  not all is as REFI-QDA 1.5 asks"
    for kind, words in KINDS:
        for each in said["told"]:
            if each["kind"] == kind:
                where = f" ({'; '.join(each['where'])})" if each["where"] else ""
                yield f"  {words}: {each['said']} {each['times']:,} times{where}"
