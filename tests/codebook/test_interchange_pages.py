"""The pages of bringing a project in and taking one out: who comes, what they say, what is kept."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from firsthand.codebook import queries
from firsthand.codebook.actions import bringing, interchange
from firsthand.codebook.models import Brought, Coder, Project
from firsthand.codebook.models.interchange import DONE, FAILED, LOOKED
from firsthand.people import rules as roles
from tests.codebook import kit
from tests.codebook.refi.kit import A, B, C, U, qde, qdpx
from tests.codebook.test_interchange import coded, out
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BRING = "codebook:bring_in"
FOREIGN = qdpx(
    qde(
        f"""<Users><User guid="{U}" name="Rosa Yarrow"/></Users>
        <CodeBook><Codes><Code guid="{A}" name="Harm" isCodable="true"/></Codes></CodeBook>
        <Sources><TextSource guid="{B}" name="A letter" plainTextPath="internal://l.txt">
        <PlainTextSelection guid="{C}" startPosition="0" endPosition="6" creatingUser="{U}">
        <Coding guid="{C}"><CodeRef targetGUID="{A}"/></Coding></PlainTextSelection>
        <PlainTextSelection guid="{U}" startPosition="90" endPosition="99"/></TextSource></Sources>
        <Sets><Set guid="{B}" name="Letters"/></Sets>"""
    ),
    l_txt=b"Nobody asked me.",
)


class Desk:
    """Someone with a browser."""

    def __init__(self, name: str = "Ada", role: str = roles.RESEARCHER) -> None:
        self.person = someone(role, name)
        self.user = self.person.user
        self.browser = self.person.browser()

    def get(self, at: str, status: int = 200) -> str:
        answer = self.browser.get(at)
        assert answer.status_code == status, answer.content.decode()
        body = b"".join(answer) if answer.streaming else answer.content
        return re.sub(r"\s+", " ", body.decode(errors="replace"))

    def post(self, at: str, status: int = 302, **sent: object) -> str:
        answer = self.browser.post(at, sent)
        assert answer.status_code == status, (answer.status_code, answer.content.decode())
        return re.sub(r"\s+", " ", answer.content.decode())

    def send(self, content: bytes, name: str = "study.qdpx", status: int = 302) -> str:
        return self.post(reverse(BRING), status, file=SimpleUploadedFile(name, content))

    def work(self) -> Brought:
        """Do what waits, as the worker does."""
        bringing.work.call(str(Brought.objects.get(user=self.user).id))
        return Brought.objects.get(user=self.user)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_file_is_looked_into_and_then_brought_in_once_they_say_so(desk):
    assert "Bring in a project of another program" in desk.get(reverse("codebook:projects"))
    desk.send(FOREIGN)
    assert "It is being looked into." in desk.get(reverse(BRING))
    assert desk.work().stage == LOOKED
    page = desk.get(reverse(BRING))
    for said in ("1 code, 1 text, 1 passage", "Rosa Yarrow (1 passage)", "Not brought in",
                 "lies beyond the text", "Sets.", "Letters"):  # fmt: skip
        assert said in page
    assert not Project.objects.exists()
    desk.post(reverse(BRING), me=f"is {U}", bring="1")
    assert "It is being brought in." in desk.get(reverse(BRING))
    row = desk.work()
    assert (row.stage, row.content) == (DONE, None)
    page = desk.get(reverse(BRING))
    assert "you are its owner" in page
    assert "lies beyond the text" in page
    coder = Coder.objects.get(user=desk.user)
    assert queries.visible_passages(coder).get().quote == "Nobody"
    desk.post(reverse(BRING), leave="1")
    assert "Choose such a file" in desk.get(reverse(BRING))


def test_a_file_may_be_left_and_nothing_of_it_stays(desk):
    desk.send(FOREIGN)
    desk.work()
    desk.post(reverse(BRING), leave="1")
    assert not Brought.objects.exists()
    assert not Project.objects.exists()


def test_who_one_is_in_the_file_has_to_be_chosen_from_the_list(desk):
    desk.send(FOREIGN)
    desk.work()
    assert "Choose one." in desk.post(reverse(BRING), status=422, me="is someone", bring="1")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"hello", "is not whole XML"), (qde("", space="urn:other"), "urn:other"),
     (qdpx(b""), "is empty")],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_another_can_be_chosen(desk, content, said):
    desk.send(content)
    row = desk.work()
    assert (row.stage, row.content) == (FAILED, None)
    page = desk.get(reverse(BRING))
    assert said in page
    assert "Choose another file" in page


@pytest.mark.parametrize(
    ("files", "said"), [([], "Choose one file."), ([b""], "there is nothing in it")]
)
def test_no_file_and_an_empty_one_are_told(desk, files, said):
    sent = {"file": [SimpleUploadedFile("a.qdpx", each) for each in files]}
    assert said in desk.post(reverse(BRING), status=422, **sent)


def test_a_file_too_large_for_a_page_is_told(desk, settings):
    settings.FIRSTHAND_LARGEST_FILE = 1024 * 1024
    assert "larger than 1 MB" in desk.send(b"x" * (1024 * 1024 + 1), status=422)


def test_a_file_that_does_not_fit_is_told_and_a_fault_of_ours_too(desk, monkeypatch):
    desk.send(FOREIGN)
    desk.work()
    desk.post(reverse(BRING), me="nobody", bring="1")
    monkeypatch.setattr("firsthand.codebook.rules.MOST_CODES", 0)
    assert "0 codes at most. Nothing of it was kept." in desk.work().why_failed
    assert not Project.objects.exists()
    desk.post(reverse(BRING), leave="1")
    desk.send(FOREIGN)
    monkeypatch.setattr(bringing, "look", None)
    assert "Something went wrong on this site" in desk.work().why_failed


def test_what_was_brought_twice_or_is_gone_is_not_made_twice(desk):
    desk.send(FOREIGN)
    desk.work()
    bringing.choose(desk.user, "not one of them")
    row = desk.work()
    bringing.work.call(str(row.id))
    bringing._bring(row, None)
    assert Project.objects.count() == 1
    gone = str(row.id)
    row.delete()
    bringing.work.call(gone)
    assert Project.objects.count() == 1


def test_the_worker_goes_on_after_a_kill_and_forgets_after_a_week(desk):
    desk.send(FOREIGN)
    rows = Brought.objects.all()
    rows.update(moved_at=timezone.now() - timedelta(minutes=6))
    bringing.pick_up()
    assert rows.get().moved_at > timezone.now() - timedelta(minutes=1)
    rows.update(moved_at=timezone.now() - timedelta(days=8))
    bringing.pick_up()
    assert not rows.exists()


def test_the_page_of_one_persons_file_is_theirs_alone(desk):
    desk.send(FOREIGN, name="yarrow.qdpx")
    other = Desk("Ben")
    assert "yarrow" not in other.get(reverse(BRING))
    Desk("Una", roles.RESPONDER).get(reverse(BRING), status=404)


# -- taking out --------------------------------------------------------------------------------


@pytest.fixture
def owned(desk):
    it = coded()
    Coder.objects.filter(id=it.ada.id).update(user=desk.user)
    return it


def test_the_page_says_what_is_in_the_file_and_the_files_are_there(desk, owned):
    at = [owned.ada.project_id]
    page = desk.get(reverse("codebook:take_out", args=at))
    assert "2 texts, 5 codes, 5 passages" in page
    assert "PK" in desk.get(reverse("codebook:qdpx", args=at) + "?names=1")
    assert "<CodeBook" in desk.get(reverse("codebook:qdc", args=at))
    assert owned.ada.project.trail.filter(did="codebook taken out").exists()


def test_strangers_and_staff_who_take_no_part_find_nothing(owned):
    other = Desk("Eve")
    for name in ("take_out", "qdpx", "qdc", "codebook_in"):
        other.get(reverse(f"codebook:{name}", args=[owned.ada.project_id]), status=404)
    assert not owned.ada.project.trail.filter(did="project taken out").exists()


def test_without_codes_no_codebook_is_offered_and_the_address_says_why(desk):
    coder = kit.projects.make(desk.user, kit.WANTED)
    assert "There are no codes yet" in desk.get(
        reverse("codebook:take_out", args=[coder.project_id])
    )
    assert "no codes yet" in desk.get(reverse("codebook:qdc", args=[coder.project_id]), status=409)


def test_a_codebook_is_added_on_its_page_and_what_cannot_be_read_is_told(desk, owned):
    coder = kit.projects.make(desk.user, {**kit.WANTED, "title": "Other"})
    at = reverse("codebook:codebook_in", args=[coder.project_id])
    content = interchange.take_out_codebook(owned.ada)
    desk.get(at)
    assert "is not whole XML" in desk.post(at, 422, file=SimpleUploadedFile("b.qdc", b"no"))
    desk.post(at, file=SimpleUploadedFile("b.qdc", content))
    assert "5 codes added; 0 were here already." in desk.get(
        reverse("codebook:codes", args=[coder.project_id])
    )


def test_more_codes_than_a_codebook_may_have_are_refused_whole(desk, owned, monkeypatch):
    coder = kit.projects.make(desk.user, {**kit.WANTED, "title": "Other"})
    content = out(owned.ada)
    monkeypatch.setattr("firsthand.codebook.rules.MOST_CODES", 3)
    at = reverse("codebook:codebook_in", args=[coder.project_id])
    page = desk.post(at, 422, file=SimpleUploadedFile("p.qdpx", io.BytesIO(content).read()))
    assert "3 codes at most. Nothing of it was kept." in page
    assert not coder.project.codes.exists()
