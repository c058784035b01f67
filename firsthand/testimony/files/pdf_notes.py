"""Sticky notes and comments on a PDF's pages: the words stay, the writer and the time do not."""

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

# Marks whose words show only when opened; those of the others are drawn on the page.
_WITH_WORDS = {
    "/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Square", "/Circle",
    "/Ink", "/Line", "/Polygon", "/PolyLine", "/Caret", "/Stamp",
}  # fmt: skip
_LONGEST = 10_000  # characters
_MOST = 500  # on one page


@dataclass(frozen=True)
class Note:
    """A note on a page: where (left, bottom, right, top, in points), and its words."""

    box: tuple[float, ...]
    words: str


def taken(page: Page) -> list[Note]:
    """Return the notes on a page, and take the sticky ones off it."""
    found = page.obj.get("/Annots")
    if not isinstance(found, Array):
        return []
    marks = [mark for mark in found if isinstance(mark, Dictionary)]
    page.obj["/Annots"] = Array(mark for mark in marks if mark.get("/Subtype") != Name.Text)
    return [note for note in map(_note, marks[:_MOST]) if note]


def _note(mark: Object) -> Note | None:
    words, box = mark.get("/Contents"), mark.get("/Rect")
    if str(mark.get("/Subtype", "")) not in _WITH_WORDS or not isinstance(box, Array):
        return None
    if not isinstance(words, String) or not str(words).strip() or len(box) != 4:
        return None
    return Note(tuple(float(side) for side in box), str(words)[:_LONGEST])


def put(document: Pdf, page: Page, notes: list[Note]) -> None:
    """Put `notes` on the page, as the only things there that are not drawn."""
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    if notes:
        page.obj["/Annots"] = Array(document.make_indirect(_made(note)) for note in notes)


def _made(note: Note) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array(note.box), Contents=String(note.words)
    )
