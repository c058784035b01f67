"""PDFs for tests, written by hand: some pages of text, or of nothing, or locked."""

from io import BytesIO

import pikepdf


def pdf(*pages: str) -> bytes:
    """Return a PDF with these pages; of a page, each line is one line of text (Latin-1)."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, text in enumerate(pages):
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode(),
            _stream(text),
        ]
    return _file(parts)


def _stream(text: str) -> bytes:
    lines = [each.translate({40: r"\(", 41: r"\)", 92: r"\\"}) for each in text.split("\n")]
    shown = "".join(f"({each}) Tj T* " for each in lines if each)
    drawn = f"BT /F 11 Tf 14 TL 60 780 Td {shown}ET".encode("cp1252")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)


def _file(parts: list[bytes]) -> bytes:
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    begin = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n" % (len(parts) + 1))
    out.write(b"%d\n%%%%EOF\n" % begin)
    return out.getvalue()


def locked(password: str = "heather") -> bytes:
    made = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf("Locked away"))) as document:
        document.save(made, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return made.getvalue()


SCAN = pdf("")
PAPER = pdf(
    "Being moved without being asked\nWe asked 31 people about perma-\nnent homes in the caf\xe9.",
    "A second page: what (they) said <b>&amp; more</b>.\nA caf\xe9 again.",
)
