"""The pages of a PDF, read by a process apart with limits (`evidence.pdfs`)."""

from firsthand.codebook.documents.document import Unreadable
from firsthand.evidence import pdfs
from firsthand.evidence.pdf_apart import BROKEN, LOCKED, TOO_LONG

_SENTENCES = {
    pdfs.WRONG[LOCKED]: "This PDF is locked with a password. Open it, print or save it as a new "
    "PDF without the password, and bring that.",
    pdfs.WRONG[BROKEN]: "Part of this PDF is missing or damaged. Check that it opens on your "
    "device, save it again, and bring the new one.",
    pdfs.WRONG[TOO_LONG]: "This PDF has more than 3,000 pages. Save the part that you want to "
    "code as a PDF of its own, and bring that.",
    pdfs.TOOK_TOO_MUCH: "This PDF takes too long to open safely. Print it to a new PDF, or save "
    "its text, and bring that.",
}
CUT_OFF = (
    "Reading it took too long: pages at its end are missing. Bring them as a file of their own."
)


def pages(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the text of each page, and sentences on what is missing. Raises Unreadable."""
    content = content[max(content.find(b"%PDF-", 0, 1024), 0) :]
    try:
        count = pdfs.check(content)
    except pdfs.BadPdf as error:
        raise Unreadable(_SENTENCES.get(str(error), str(error))) from error
    found = pdfs.texts(content, count)
    if not found.whole and not found.pages:
        raise Unreadable(_SENTENCES[pdfs.TOOK_TOO_MUCH])
    return found.pages, () if found.whole else (CUT_OFF,)
