"""Two who do the same at the same moment: nothing is there twice, and nothing is half done."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from firsthand.access.refused import Refused
from firsthand.codebook import queries
from firsthand.codebook.actions import codes, passages, vivo
from firsthand.codebook.models import Code, CodeChange, Coding, Passage
from firsthand.harms import drafts
from firsthand.harms import queries as harms
from firsthand.harms.actions import publishing
from firsthand.harms.models import ModelVersion, Trail, VersionMap
from tests.codebook import kit
from tests.harms import drafting_kit

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKED = "Nobody asked me."


def at_once(*works: Callable[[], object]) -> list[str]:
    """Do each at the same time; return how each ended, in no order: "done" or what was said."""
    ended: list[str] = []
    ready = threading.Barrier(len(works))

    def go(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            work()
            ended.append("done")
        except Refused as refused:
            ended.append(refused.sentence)
        except codes.Stale:
            ended.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[work]) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(ended)


def test_two_code_the_same_words_at_once_each_for_themselves_and_a_double_press_once():
    made = kit.made()

    def code(who):
        return lambda: made.code(who, ASKED, "Harm", "Not asked")

    ada, ben = code(made.ada), code(made.ben)
    assert at_once(ada, ben, ada, ben) == ["done"] * 4
    assert Passage.objects.filter(coder=made.ada).count() == 1
    assert Passage.objects.filter(coder=made.ben).count() == 1
    assert Coding.objects.count() == 4
    assert {each.coder for each in queries.visible_passages(made.ada)} == {made.ada}


def test_two_who_make_the_same_words_a_code_at_once_have_one_code():
    made = kit.made()
    works = [lambda who=who: vivo.code(who, made.plain, 0, len(ASKED), []) for who in
             (made.ada, made.ben)]  # fmt: skip
    assert at_once(*works) == ["done", "done"]
    assert Code.objects.filter(name=ASKED).count() == 1
    assert Coding.objects.filter(code__name=ASKED).count() == 2


def test_of_two_tabs_that_change_one_code_the_second_is_shown_the_first():
    made = kit.made()
    code = made.codes["Harm"]
    made.ada.project.refresh_from_db()
    seen = made.ada.project.codebook_version
    works = [lambda who=who, words=words: codes.change(who, code, {"definition": words}, seen=seen)
             for who, words in ((made.ada, "One"), (made.ben, "Other"))]  # fmt: skip
    assert at_once(*works) == ["done", "stale"]
    (change,) = CodeChange.objects.filter(code=code, did="changed")
    code.refresh_from_db()
    assert code.definition == change.after["definition"]


def test_a_code_is_not_deleted_in_the_moment_that_someone_codes_with_it():
    made = kit.made()
    code = made.codes["Looked past"]
    at_once(lambda: made.code(made.ben, ASKED, "Looked past"), lambda: codes.delete(made.ada, code))
    code.refresh_from_db()
    assert (code.deleted_on is None) == Coding.objects.filter(code=code).exists()


def test_two_who_finish_a_source_and_open_it_again_at_once_are_never_half_done():
    made = kit.made()
    for who in (made.ada, made.ben):
        made.code(who, ASKED, "Harm")
    passages.finish(made.ada, made.plain)
    at_once(
        lambda: passages.reopen(made.ada, made.plain), lambda: passages.finish(made.ben, made.plain)
    )
    ada, ben = (queries.working(who, made.plain) for who in (made.ada, made.ben))
    assert ben.stands == "finished"
    # Whoever was let go on sees nothing of the other's; else both see both.
    seen = {each.coder for each in queries.visible_passages(made.ada, made.plain)}
    assert seen == ({made.ada} if ada.stands == "begun" else {made.ada, made.ben})


def test_a_draft_that_two_publish_at_once_is_published_once():
    ada = drafting_kit.draft()
    drafting_kit.all_changes(ada)
    drafting_kit.ready(ada)
    seen = drafts.digest(harms.open_draft(ada.version.pk))
    ended = at_once(*[lambda: publishing.publish(ada, seen)] * 2)
    assert ended.count("done") == 1
    assert any("cannot change any more" in each for each in ended)
    version = ModelVersion.objects.get(slug="2027")
    assert not harms.altered(version)
    assert Trail.objects.filter(version=version, did="published").count() == 1
    pairs = VersionMap.objects.filter(to_entry__version=version)
    assert pairs.count() == len(set(pairs.values_list("from_entry", "to_entry")))
