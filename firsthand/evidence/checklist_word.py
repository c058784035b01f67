"""The PRISMA-ScR checklist as a Word document: a table, an item a row."""

import io

from firsthand.evidence.checklist import Checklist, Line
from firsthand.evidence.word import plain, table

HEAD = ("Item", "What to tell", "Where")


def as_docx(found: Checklist, title: str) -> bytes:
    """Return the document."""
    from docx import Document  # slow to load

    document = Document()
    name = f"PRISMA-ScR checklist: {title}"
    document.core_properties.title, document.core_properties.author = plain(name), ""
    document.add_heading(plain(name), 1)
    document.add_paragraph(
        f"{found.met} of {found.essential} essential items are met. Items by Tricco and others, "
        "Annals of Internal Medicine 169 (2018), 467-473, in short words."
    )
    table(document, HEAD, (_row(each) for each in found.lines))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _row(each: Line) -> tuple[str, str, str]:
    optional = " (optional)" if each.item.optional else ""
    return (
        f"{each.item.number}. {each.item.section}: {each.item.topic}{optional}",
        each.item.tell,
        where(each),
    )


def where(each: Line) -> str:
    """Say where an item is met, or that it is not known."""
    if each.said and not each.said.applies:
        return f"Does not apply: {each.said.why}"
    parts = [each.said.where if each.said else "", *(held.words for held in each.held)]
    parts.append(each.said.note if each.said else "")
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part
    )
