"""Documents for tests, made here: small ones of every kind, and broken ones."""

import zipfile
from io import BytesIO

import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = " ".join(
    f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
    for each in ("office", "text", "table", "draw", "meta", "manifest")
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word(*lines: str, headings: tuple[str, ...] = (), title: str = "") -> bytes:
    """A document that python-docx wrote: headings first, then a paragraph for each line."""
    made, out = docx.Document(), BytesIO()
    made.core_properties.title = title
    for each in headings:
        made.add_heading(each, level=1)
    for each in lines:
        made.add_paragraph(each)
    made.save(out)
    return out.getvalue()


def word_body(body: str, **parts: str) -> bytes:
    """A document of a Word that wrote `body`."""
    return packed({
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{name.replace("__", "/") + ".xml": content for name, content in parts.items()},
    })  # fmt: skip


def open_document(body: str, **more: str | bytes) -> bytes:
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {OFFICE}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        **{name.replace("__", "/") + ".xml": content for name, content in more.items()},
    })  # fmt: skip


def book(*chapters: str, title: str = "A book (made up)", **more: str) -> bytes:
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
        "</rootfiles></container>",
        "OPS/book.opf": f"<package><metadata><title>{title}</title></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        **{f"OPS/text/c {n}.xhtml": each for n, each in enumerate(chapters) if each},
        **{name.replace("__", "/") + ".xml": content for name, content in more.items()},
    })  # fmt: skip
