"""Hard cases, all made up: what is one report, what only belongs together, what a person sees."""

import itertools

import pytest

from firsthand.methods.dedupe import Report, find

TITLE = "Waiting for care in the community and what it does to hope among young carers"
OTHER = "Benefits advice in day centres: who comes, who leaves, and what they are told there"
TEXT = (
    "We asked forty two young carers in three towns how long they had waited for an assessment, "
    "what they were told meanwhile, and what it did to their hope. Most had waited over a year. "
    "Nobody had been told why. Those who had an advocate waited less long and hoped for more. "
)
UNLIKE = (
    "Photographs of nineteen allotments were sorted by former gardeners according to season, soil, "
    "shade and mood; afterwards everyone cooked a meal together, which was recorded on tape and "
    "compared with meals of the year before, when nobody had gardened and it rained a good deal. "
)
WHOLE = {
    "authors": ("Okri, Ada B.", "Lindqvist, Sven", "Mbeki, Thandi"),
    "year": 2015,
    "title": TITLE,
    "container": "Journal of Community Care",
    "volume": "12",
    "issue": "3",
    "pages": "345-359",
    "doi": "10.1234/jcc.2015.17",
}
_number = itertools.count()


def one(**changes) -> Report:
    """The whole record, changed."""
    return Report(id=f"r{next(_number)}", **{**WHOLE, **changes})


def outcome(first: Report, second: Report) -> str:
    """What becomes of two reports: merged, asked, a link's kind, or apart; both ways round."""
    answers = {_outcome(first, second), _outcome(second, first)}
    assert len(answers) == 1, "it matters which of them came first"
    return answers.pop()


def _outcome(first: Report, second: Report) -> str:
    found = find([first, second])
    if found.groups:
        assert found.groups[0].merges[0].reason.sentence()
        return "merged"
    if found.pairs:
        return "asked"
    return found.links[0].kind if found.links else "apart"


SAME = {
    "a missing DOI": {"doi": ""},
    "a missing year": {"year": None, "doi": ""},
    "missing authors": {"authors": (), "doi": ""},
    "nobody named": {"authors": ("[Anonymous]",), "doi": ""},
    "a DOI in another form": {"doi": "https://doi.org/10.1234/JCC.2015.17."},
    "shouted": {"title": TITLE.upper(), "doi": ""},
    "short last page": {"pages": "345-59", "doi": ""},
    "pages with a dash and letters": {"pages": "pp. 345\u2013359", "doi": ""},
    "an abbreviated journal": {"container": "J. Community Care", "doi": ""},
    "a journal abbreviated without spaces": {"container": "JCommunCare", "doi": ""},
    "a journal with its translation": {
        "container": "Journal of community care = Zeitschrift fur Gemeinde", "doi": "",
    },
    "initials only": {"authors": ("Okri AB", "Lindqvist S", "Mbeki T"), "doi": ""},
    "first names first": {"authors": ("Ada B. Okri", "Sven Lindqvist", "Thandi Mbeki"), "doi": ""},
    "only the first author": {"authors": ("Okri, A.",), "doi": ""},
    "a slip of letters": {"title": TITLE.replace("community", "comunity"), "doi": ""},
    "mark-up and entities": {
        "title": TITLE.replace("care in", "<i>care</i> in").replace("and", "&amp;"), "doi": "",
    },
    "a translated title in brackets": {"title": f"[{TITLE}.]", "doi": ""},
    "its own language in the title": {
        "title": "Warten auf Hilfe in der Gemeinde und die Hoffnung junger Pflegender", "doi": "",
    },
    "a cut title": {"title": TITLE[:50], "doi": ""},
    "title and subtitle in exchanged order": {
        "title": "Hope among young carers: waiting for care in the community and what it does to",
        "doi": "",
    },
    "a note behind the title": {"title": f"{TITLE} [Article in Swedish]", "doi": ""},
    "a note that an erratum appeared": {
        "title": f"{TITLE}.[Erratum appears in J Community Care. 2016 May;13(2):1]", "doi": "",
    },
    "a wrong DOI of its own": {"doi": "10.1234/other.9"},
    "ahead of print": {"volume": "", "issue": "", "pages": "1-15", "year": 2014, "doi": ""},
    "a publisher's mark that it was retracted": {"title": f"RETRACTED: {TITLE}"},
    "only title, authors and journal": {"volume": "", "issue": "", "pages": "", "doi": ""},
    "no title but everything else": {"title": ""},
    "a page dragged into a date": {"pages": "345-359", "doi": "", "issue": "03-Mar"},
    "article number in the issue's column": {
        "volume": "12 (3) (no pagination)", "issue": "345", "pages": "", "doi": "",
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_one_report_is_merged_despite(changes):
    assert outcome(one(), one(**changes)) == "merged"


ELSEWHERE = {"volume": "40", "issue": "1", "pages": "12-13", "doi": ""}
VERSIONS = {
    "a preprint by its server": (
        {"container": "SocArXiv", "volume": "", "issue": "", "pages": "", "doi": "", "year": 2014},
        {"preprint"},
    ),
    "a preprint by its DOI": (
        {"container": "", "volume": "", "issue": "", "pages": "", "doi": "10.1101/2014.1.1"},
        {"preprint"},
    ),
    "a preprint whose title changed": (
        {"title": TITLE.replace("does to hope", "means for hope"), "container": "medRxiv",
         "volume": "", "issue": "", "pages": "", "doi": "10.1101/2014.1.1"},
        {"preprint"},
    ),
    "a meeting's abstract": (
        {"container": "Proceedings of the Care Conference", **ELSEWHERE, "year": 2014}, {"meeting"},
    ),
    "a meeting's abstract in another journal": (
        {"container": "European Psychiatry", **ELSEWHERE, "pages": "S12"}, {"again"},
    ),
    "the same title in another year": (
        {"year": 2019, "volume": "16", "pages": "88-99", "doi": "10.1234/jcc.2019.3"}, {"again"},
    ),
    "a correction": ({"title": f"Erratum to: {TITLE}", "pages": "480", "doi": ""}, {"notice"}),
    "a corrigendum behind": ({"title": f"{TITLE} (Corrigendum)", "pages": "480"}, {"notice"}),
    "a correction with its place": (
        {"title": f"Correction: {TITLE} (vol 12, pg 345, 2015)", "pages": "480", "doi": ""},
        {"notice"},
    ),
    "a retraction": ({"title": f"Retraction: {TITLE}", "pages": "480", "doi": ""}, {"notice"}),
    "a comment": (
        {"title": f"Comment on: {TITLE}", "authors": ("Vogel, Ute",), "pages": "480", "doi": ""},
        {"notice"},
    ),
    "a reply": ({"title": f"Reply to: {TITLE}", "pages": "482", "doi": ""}, {"notice"}),
    "a reply behind": ({"title": f"{TITLE}: Reply", "pages": "482", "doi": ""}, {"notice"}),
    "an invited commentary": (
        {"title": f"{TITLE}: invited commentary", "authors": ("Vogel, Ute",), "pages": "360"},
        {"notice"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "kinds"), VERSIONS.values(), ids=VERSIONS)
def test_versions_are_linked_and_never_merged(changes, kinds):
    assert outcome(one(), one(**changes)) in kinds


NEVER = {
    "another paper with the same wrong DOI": {"title": OTHER, "pages": "400-410"},
    "another paper with the same wrong DOI and authors": {
        "title": OTHER, "volume": "13", "pages": "3-9",
    },
    "men and women, one meeting's page": [
        {"title": "Support and hope in men who wait for care", "pages": "S12"},
        {"title": "Support and hope in women who wait for care", "pages": "S12"},
    ],
    "hypertension and hypotension, one meeting's page": [
        {"title": "Care of carers with hypertension in small towns", "pages": "S12"},
        {"title": "Care of carers with hypotension in small towns", "pages": "S12"},
    ],
    "parts on one meeting's page": [
        {"title": "Support and hope among carers. Part 1: method", "pages": "S12"},
        {"title": "Support and hope among carers. Part 2: method", "pages": "S12"},
    ],
    "a protocol": {"title": f"{TITLE}: study protocol", "pages": "80-91", "doi": "", "year": 2013},
    "a book of abstracts with one DOI and page": {"title": OTHER, "authors": ("Vogel, Ute",)},
}  # fmt: skip


@pytest.mark.parametrize("changes", NEVER.values(), ids=NEVER)
def test_two_papers_are_not_merged_despite(changes):
    first, second = changes if isinstance(changes, list) else ({}, changes)
    assert outcome(one(**first), one(**second)) != "merged"


PARTS = [
    ("Care and hope. Part 1", "Care and hope. Part 2"),
    ("Care and hope in small towns, part I", "Care and hope in small towns, part II"),
    ("Hilfe und Hoffnung in der Gemeinde. Teil 1", "Hilfe und Hoffnung in der Gemeinde. Teil 2"),
    ("Annual report on day centres 2014", "Annual report on day centres 2015"),
    (
        "Hope among the carers in small towns: first follow-up",
        "Hope among the carers in small towns: second follow-up",
    ),
    ("Hope in small towns, Part A", "Hope in small towns, Part B"),
]


@pytest.mark.parametrize(("first", "second"), PARTS)
def test_parts_of_a_series_are_linked(first, second):
    place = {"doi": "", "pages": "1-9"}
    two = one(title=second, doi="", pages="10-19"), one(title=second, doi="", pages="10-19")
    assert outcome(one(title=first, **place), two[0]) == "part"
    assert outcome(*two) == "merged"


COMMON = ["Editorial", "Introduction", "Reply", "Letter to the editor", "Book reviews", "Abstracts",
          "From the editor", "Preface", "Untitled", "Author's reply"]  # fmt: skip


@pytest.mark.parametrize("title", COMMON)
def test_a_title_that_many_papers_have_merges_only_by_its_page(title):
    first = one(title=title, doi="")
    assert outcome(first, one(title=title, doi="", volume="13")) == "apart"
    assert outcome(first, one(title=title, doi="", issue="4", pages="345-346")) == "apart"
    assert outcome(first, one(title=title, doi="", pages="3-5")) == "apart"
    assert outcome(first, one(title=title, doi="", authors=("Vogel, Ute",))) == "apart"
    assert outcome(first, one(title=title.upper(), doi="")) == "merged"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Müller, Jörg", "Mueller, Joerg"),
        ("Müller, Jörg", "Muller, J."),
        ("Dostoevskij, F.", "Dostoevski, F."),
        ("de Jong, P. A.", "Jong, PA de"),
        ("Shafiei Gol, E.", "Gol, Elham Shafiei"),
        ("Wu, Pei-ren", "Pei-ren Wu"),
        ("KÃ¶nig, R.", "König, Rosa"),
        ("O'Day, S.", "Oday S"),
        ("Ørsted, H. C.", "Orsted HC"),
    ],
)
def test_one_author_in_two_spellings_is_one_author(first, second):
    place = {"doi": "", "volume": "", "issue": "", "pages": ""}
    assert outcome(one(authors=(first,), **place), one(authors=(second,), **place)) == "merged"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Занятость и мотивация труда в цифровой экономике",
            "ЗАНЯТОСТЬ И МОТИВАЦИЯ ТРУДА В ЦИФРОВОЙ ЭКОНОМИКЕ.",  # noqa: RUF001
        ),
        ("精神保健福祉における家族の役割", "精神保健福祉における家族の役割。"),
        (
            "ψυχική υγεία στην κοινότητα και ελπίδα",
            "ΨΥΧΙΚΉ ΥΓΕΊΑ ΣΤΗΝ ΚΟΙΝΌΤΗΤΑ ΚΑΙ ΕΛΠΊΔΑ",  # noqa: RUF001
        ),
        ("الصحة النفسية في المجتمع ورعاية الشباب", "الصحة النفسية في المجتمع، ورعاية الشباب"),
    ],
)
def test_titles_in_other_scripts_are_compared_like_others(first, second):
    assert outcome(one(title=first, doi=""), one(title=second, doi="")) == "merged"
    assert outcome(one(title=first, doi=""), one(title=TITLE, pages="1-9", doi="")) == "apart"


def test_rows_with_an_abstract_only_are_shown_to_a_person():
    assert outcome(Report("a", abstract=TEXT), Report("b", abstract=TEXT)) == "asked"
    assert outcome(Report("a", abstract=TEXT), Report("b", abstract=UNLIKE)) == "apart"


def test_rows_without_anything_stand_alone():
    assert outcome(Report("a"), Report("b")) == "apart"
    assert outcome(Report("a", title="?!"), Report("b", title="...")) == "apart"


def test_an_abstract_of_another_paper_outweighs_a_title():
    bare = {"doi": "", "volume": "", "issue": "", "pages": ""}
    assert outcome(one(**bare, abstract=TEXT), one(**bare, abstract=TEXT)) == "merged"
    assert outcome(one(**bare, abstract=TEXT), one(**bare, abstract=UNLIKE)) != "merged"


def test_one_title_by_other_people_is_another_paper():
    assert outcome(one(), one(authors=("Vogel, Ute",), volume="3", pages="9-12", doi="")) == "apart"


def test_every_merge_says_its_rule_and_its_evidence():
    found = find([one(), one(title=TITLE.upper(), container="Another Paper", volume="")])
    reason = found.groups[0].merges[0].reason
    assert reason.rule == "same title and identifier"
    assert reason.sentence() == (
        "titles equal but for punctuation and case, same DOI, same authors, same year, "
        "same issue, same pages; but: other journal or book"
    )
