"""`firsthand suggest-eval`: bad files are explained, one person's words are never on both sides."""

import json

import pytest

from firsthand import cli
from firsthand.methods.suggest import files, trial

BOOK = [
    {
        "code": "Waiting",
        "definition": "Help came late.",
        "examples": ["I waited nine months.", "It took weeks."],
    },
    {"code": "Money", "name": "Money trouble", "examples": ["I could not pay my rent."]},
    {"code": "Staff", "definition": "What staff were like.", "examples": ["She was very kind."]},
]
ROWS = [
    {"respondent": f"r{at // 2}", "text": f"{text} {at}", "codes": codes}
    for at, (text, codes) in enumerate(
        [
            ("We waited for hours", ["Waiting"]),
            ("They were kind to us", ["Staff"]),
            ("No money for the rent", ["Money"]),
            ("A long wait but kind staff", ["Waiting", "Staff"]),
        ]
        * 5
    )
]


@pytest.fixture
def here(tmp_path):
    """A folder with a codebook and coded texts."""
    (tmp_path / "book.json").write_text(json.dumps(BOOK))
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in ROWS))
    return tmp_path


def run(here, *rest, book="book.json"):
    return cli.main(["suggest-eval", "--codebook", str(here / book), *map(str, rest)])


def test_with_no_training_the_codebook_alone_is_measured(here, capsys):
    assert run(here, "--test", here / "rows.jsonl") == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("20 texts, 25 pairs, 3 codes met; ")
    for name in ("recall@1", "recall@3", "macro recall@3", "micro F1", "macro F1"):
        assert f"\n{name} " in shown.out
    assert "rows.jsonl: 20 lines used, 0 left out." in shown.err


def test_in_parts_every_text_is_asked_about_once(here, capsys):
    assert run(here, "--train", here / "rows.jsonl", "--folds", 2) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("20 texts, 25 pairs")
    assert "Part 2 of 2: learning from 10 texts." in shown.err


def test_texts_known_already_are_counted(here, capsys):
    assert run(here, "--train", here / "rows.jsonl", "--test", here / "rows.jsonl") == 0
    assert "20 of the 20 texts asked about also stand" in capsys.readouterr().err


def test_bad_lines_are_told_by_number_and_the_others_used(here, capsys):
    lines = [
        json.dumps(ROWS[0]),
        "{not json",
        "[1]",
        '{"text": "x", "codes": ["Nope"]}',
        '{"text": "x", "codes": []}',
        '{"text": " ", "codes": ["Money"]}',
        '{"codes": ["Money"]}',
        '{"text": "x", "codes": "Money"}',
        "",
        json.dumps(ROWS[1]),
    ]
    (here / "bad.jsonl").write_text("\n".join(lines))
    assert run(here, "--test", here / "bad.jsonl") == 0
    shown = capsys.readouterr().err
    assert "bad.jsonl, line 2: it is not JSON." in shown
    assert "bad.jsonl, line 3: it is not an object" in shown
    assert "bad.jsonl, line 4: the code 'Nope' is not in the codebook." in shown
    assert 'bad.jsonl, line 5: "codes" is empty.' in shown
    assert 'bad.jsonl, line 6: "text" is missing, empty or no text.' in shown
    assert 'bad.jsonl, line 7: "text" is missing' in shown
    assert 'bad.jsonl, line 8: "codes" is not a list of texts.' in shown
    assert "bad.jsonl: 2 lines used, 7 left out." in shown


def test_many_bad_lines_are_summed_up(here, capsys):
    (here / "bad.jsonl").write_text(json.dumps(ROWS[0]) + "\n" + "no\n" * 50)
    assert run(here, "--test", here / "bad.jsonl") == 0
    assert "Left out: 30 more like these." in capsys.readouterr().err


def test_bad_entries_are_told_and_the_others_used(here):
    bad = [*BOOK, 7, {"code": "Money"}, {"definition": "No code"}, {"code": "New", "examples": "x"}]
    (here / "bad.json").write_text(json.dumps(bad))
    found = files.codebook(here / "bad.json")
    assert [each.code for each in found.entries] == ["Waiting", "Money", "Staff"]
    assert [each.name for each in found.entries] == ["Waiting", "Money trouble", "Staff"]
    assert found.wrong == (
        "bad.json, entry 4: it is not an object in curly brackets.",
        "bad.json, entry 5: the code 'Money' is there already.",
        'bad.json, entry 6: "code" is missing, empty or no text.',
        'bad.json, entry 7: "examples" is not a list of texts.',
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "book2.json is not JSON"),
        (b"[1,", "book2.json is not JSON: something is wrong at line 1."),
        (b"{}", "book2.json is not a list of entries."),
        (b"[]", "No entry of book2.json can be used. It is empty."),
        (b"[1]", "The first thing wrong: book2.json, entry 1"),
        (b"\xff\xfe\x00", "book2.json is not text in UTF-8."),
        (b"[" * 100_000, "book2.json is not JSON"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_explained(here, capsys, content, sentence):
    (here / "book2.json").write_bytes(content)
    assert run(here, "--test", here / "rows.jsonl", book="book2.json") == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ([], "Give --test, or --train"),
        (["--test", "rows.jsonl", "--folds", "3"], "not both"),
        (["--test", "none.jsonl"], "none.jsonl cannot be read: No such file"),
        (["--test", "empty.jsonl"], "No line of empty.jsonl can be used."),
        (["--train", "rows.jsonl", "--folds", "50"], "10 respondents cannot be put in 50 parts."),
        (["--train", "rows.jsonl", "--folds", "0"], "cannot be put in 0 parts."),
    ],
)
def test_what_was_asked_wrongly_is_explained(here, capsys, monkeypatch, rest, sentence):
    (here / "empty.jsonl").write_text("\n\n")
    monkeypatch.chdir(here)
    assert run(here, *rest) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("seed", range(5))
def test_one_respondents_words_and_equal_words_are_never_on_both_sides(seed):
    coded = [
        files.Coded(
            f"text {at % 31 if at % 7 == 0 else at}!", ("a",), f"r{at // 4}" if at % 5 else ""
        )
        for at in range(90)
    ]
    asked = []
    for rest, held in trial.split(coded, 4, seed):
        asked += held
        assert not {coded[each].text for each in rest} & {coded[each].text for each in held}
        known = {coded[each].respondent for each in rest} - {""}
        assert not known & {coded[each].respondent for each in held}
    assert sorted(asked) == list(range(90))


def test_another_seed_gives_another_split_and_the_same_seed_the_same():
    coded = [files.Coded(f"text {at}", ("a",)) for at in range(40)]
    first, again, other = (list(trial.split(coded, 4, seed)) for seed in (0, 0, 1))
    assert first == again != other
    assert {len(held) for _, held in first} == {10}
