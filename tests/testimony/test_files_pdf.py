"""PDFs that people add: the pages stay; actions, hidden files and names do not."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from firsthand.testimony.files import BadFile, checked
from firsthand.testimony.files.apart import clean_here
from tests.testimony import documents

SIGNS = (
    b"/JavaScript /JS /Launch /URI /OpenAction /AA /EmbeddedFile /Metadata /Info /PieceInfo "
    b"/XFA /AcroForm /Outlines /Thumb Exif 8BIM"
)


def opened(content: bytes) -> Pdf:
    return Pdf.open(BytesIO(content))


@pytest.fixture(scope="module")
def kept() -> bytes:
    return checked("letter.pdf", documents.pdf_with_everything()).content


def test_the_file_we_clean_is_full_of_planted_words():
    assert documents.unfolded(documents.pdf_with_everything()).count(documents.GRAM) > 15


def test_nothing_planted_is_left_folded_or_unfolded(kept):
    assert documents.GRAM not in kept
    everything = documents.unfolded(kept)
    assert documents.GRAM not in everything
    assert documents.PLANTED[:4].encode("utf-16-be") not in everything
    for sign in SIGNS.split():
        assert sign not in everything, sign


def test_the_words_and_fonts_of_a_page_stay(kept):
    with opened(kept) as document:
        page = document.pages[0]
        assert b"kept on the page" in b"".join(stream.read_bytes() for stream in _contents(page))
        assert page.Resources.Font.B.BaseFont == Name.Helvetica


def _contents(page):
    found = page.obj.Contents
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_a_photo_in_a_page_keeps_every_dot(kept):
    with opened(kept) as document:
        bare = document.pages[0].Resources.XObject.I.read_raw_bytes()
    before, after = Image.open(BytesIO(documents.jpeg())), Image.open(BytesIO(bare))
    assert before.tobytes() == after.tobytes()
    assert not after.getexif()


def test_notes_keep_their_words_and_lose_their_writer(kept):
    with opened(kept) as document:
        notes = list(document.pages[0].obj.Annots)
        assert sorted(str(note.Contents) for note in notes) == ["my own note", "see here"]
        assert all(
            set(note.keys()) == {"/Type", "/Subtype", "/Rect", "/Contents"} for note in notes
        )


def test_what_someone_typed_into_a_form_is_drawn_on_the_page():
    document = documents.page_with_words()
    box = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="answer",
            V="what I answered",
            Rect=[20, 20, 200, 50],
            DA="/Helv 12 Tf 0 g",
            F=4,
        )
    )
    document.pages[0].obj.Annots = pikepdf.Array([box])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.Root.AcroForm = Dictionary(
        Fields=[box],
        NeedAppearances=True,
        DR=Dictionary(Font=Dictionary(Helv=font)),
        DA="/Helv 0 Tf",
    )
    everything = documents.unfolded(clean_here("pdf", documents.pdf(document)))
    assert b"what I answered" in everything
    assert b"/Widget" not in everything


def test_a_glyph_a_colour_or_a_font_may_be_called_anything():
    document = documents.page_with_words()
    glyph = document.make_stream(b"0 0 9 9 re f")
    names = ["A", "AA", "B", "F", "Ref", "Next", "JS"]
    document.pages[0].Resources.Font.F = document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, CharProcs={f"/{name}": glyph for name in names}
        )
    )
    with opened(clean_here("pdf", documents.pdf(document))) as cleaned:
        assert len(cleaned.pages[0].Resources.Font.F.CharProcs.keys()) == len(names)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.4, 0.6, 0.8, 0.95, 0.99])
def test_a_pdf_cut_short_is_refused_wherever_it_is_cut(share):
    for whole in (documents.pdf_with_everything(), documents.pdf(linearize=True)):
        with pytest.raises(BadFile):
            clean_here("pdf", whole[: int(len(whole) * share)])


def test_a_wrong_index_is_mended_when_the_file_is_whole():
    made = documents.pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = made.rindex(b"startxref\n") + 10
    wrong = made[:at] + b"7" + made[at:]
    assert len(opened(clean_here("pdf", wrong)).pages) == 1


@pytest.mark.parametrize("words", [("open me", "owner"), ("", "owner")])
def test_a_locked_pdf_is_refused_with_what_to_do(words):
    user, owner = words
    locked = documents.pdf(encryption=pikepdf.Encryption(user=user, owner=owner))
    with pytest.raises(BadFile, match="without the password"):
        checked("letter.pdf", locked)


def test_a_form_that_draws_itself_is_refused():
    document = documents.page_with_words()
    document.Root.NeedsRendering = True
    with pytest.raises(BadFile, match="form"):
        clean_here("pdf", documents.pdf(document))


def test_too_many_pages_are_refused():
    document = documents.page_with_words()
    for _ in range(1000):
        document.pages.append(document.pages[0])
    with pytest.raises(BadFile, match="far more"):
        clean_here("pdf", documents.pdf(document))


def test_cleaning_twice_changes_nothing(kept):
    again = clean_here("pdf", kept)
    assert documents.unfolded(again).count(b"kept on the page") == 1
    assert clean_here("pdf", again) == again


def test_a_mark_that_only_the_structure_still_knows_tells_nothing():
    document = documents.page_with_words()
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Link, T=documents.PLANTED, Rect=[0, 0, 9, 9])
    known = Dictionary(Type=Name.OBJR, Obj=document.make_indirect(mark))
    part = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, K=known))
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=part)
    cleaned = clean_here("pdf", documents.pdf(document))
    assert documents.GRAM not in documents.unfolded(cleaned)
    assert "/StructTreeRoot" in opened(cleaned).Root
