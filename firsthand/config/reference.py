"""The pages of docs/reference that are made from code, so that they cannot tell another story."""

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from firsthand.access.permissions import PERMISSIONS
from firsthand.config.commands import found

_MADE = "<!-- Made by `make docs` from {source}. Change that, not this. -->\n"
PLACE = Path(settings.BASE_DIR) / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return each page's file name and what is on it."""
    return {"permissions.md": permissions(), "commands.md": commands()}


def write() -> list[str]:
    """Write every page; return the names of those that were stale."""
    stale = []
    for name, text in pages().items():
        path = PLACE / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            stale.append(name)
    return stale


def permissions() -> str:
    """Return the permission table as a page."""
    lines = [
        "# Who may come to which page\n",
        _MADE.format(source="firsthand/access/permissions.py"),
        "First the table is asked whether someone may come to the page at all. Then the page asks "
        "whose the thing there is. Everyone else is told, in the same words, that there is nothing "
        "to show, whether there is or not.\n",
    ]
    addresses = dict(_addresses(get_resolver()))
    rows = [(name, addresses[name]) for name in PERMISSIONS if name in addresses]
    for app, group in groupby(sorted(rows, key=_place), key=lambda row: _app(row[0])):
        lines += [
            f"## {app}\n",
            "| page | address | who may come | whose it must be | checked by |",
        ]
        lines += ["|---|---|---|---|---|", *(_permission(*row) for row in group), ""]
    return "\n".join(lines)


def commands() -> str:
    """Return every command, what it does and what it takes, as a page."""
    lines = ["# The `firsthand` command\n", _MADE.format(source="firsthand/config/commands")]
    for name, module in found():
        parser = argparse.ArgumentParser(prog=f"firsthand {name}")
        module.add_arguments(parser)
        lines += [f"## {name}\n", _indented(module.__doc__ or ""), *_arguments(parser)]
        lines += [line for step in _steps(parser) for line in _step(name, *step)]
    return "\n".join(lines).rstrip() + "\n"


def _app(name: str) -> str:
    """The capability a page belongs to; allauth's names say none."""
    return name.partition(":")[0] if ":" in name else "signing in, and machines"


def _place(row: tuple[str, str]) -> tuple[str, str]:
    return _app(row[0]), row[0]


def _permission(name: str, address: str) -> str:
    row = PERMISSIONS[name]
    checked = row.then.replace("|", "/")
    return f"| `{name}` | `/{address}` | {row.who.words} | {row.whose.value} | {checked} |"


def _addresses(
    resolver: URLResolver, space: str = "", so_far: str = ""
) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _addresses(entry, inner, so_far + str(entry.pattern))
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}", so_far + str(entry.pattern)


def _indented(doc: str) -> str:
    """A docstring as Markdown: lines that were set in become code."""
    parts = doc.strip().splitlines()
    return "\n".join(f"  {line}" if line.startswith("  ") else line for line in parts) + "\n"


def _arguments(parser: argparse.ArgumentParser) -> list[str]:
    rows = [action for action in parser._actions if _is_said(action)]
    if not rows:
        return []
    head = ["| | |", "|---|---|"]
    return [*head, *(f"| `{_spelt(each)}` | {_help(each)} |" for each in rows), ""]


def _steps(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """The steps a command is made of, where each explains itself."""
    rows = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    return [step for row in rows for step in row.choices.items() if step[1].description]


def _step(command: str, name: str, parser: argparse.ArgumentParser) -> list[str]:
    return [f"### {command} {name}\n", _indented(parser.description or ""), *_arguments(parser)]


def _is_said(action: argparse.Action) -> bool:
    hidden = isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    return not hidden and action.help != argparse.SUPPRESS


def _spelt(action: argparse.Action) -> str:
    name = ", ".join(action.option_strings) or action.dest
    takes = action.option_strings and action.nargs != 0
    return f"{name} {action.metavar or action.dest.upper()}" if takes else name


def _help(action: argparse.Action) -> str:
    """An argument's help without its default, which may depend on the machine."""
    return (action.help or "").replace(" (default: %(default)s)", "").replace("|", "/")
