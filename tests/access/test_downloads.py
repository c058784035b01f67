"""A file is kept under its own name, whatever letters that has, and is never shown."""

import pytest

from firsthand.access.downloads import attachment, disposition


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("flow.svg", 'attachment; filename="flow.svg"'),
        ("Umzüge 1.csv", "attachment; filename*=UTF-8''Umz%C3%BCge%201.csv"),
        ('a"; filename="evil.exe', "attachment; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe"),
        ("two\r\nlines.csv", "attachment; filename*=UTF-8''two%0D%0Alines.csv"),
        ("../up.csv", "attachment; filename*=UTF-8''..%2Fup.csv"),
        ("", "attachment; filename*=UTF-8''"),
    ],
)  # fmt: skip
def test_a_name_is_plain_or_written_in_utf8_and_adds_nothing_to_the_header(name, said):
    assert disposition(name) == said


def test_an_answer_is_a_file_of_its_kind():
    answer = attachment("a,b\n", "t.csv", "text/csv; charset=utf-8")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="t.csv"'
    assert answer.content == b"a,b\n"
