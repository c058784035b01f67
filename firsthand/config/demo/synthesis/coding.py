"""Coding by three, a fifth of the texts twice; settling; themes.

Which code a sentence gets is found by words in it, for there is no person here to read. So the
coding says nothing about the texts: it shows the way that coding by people takes.
"""

import re
from collections.abc import Iterator, Sequence

from firsthand.codebook import rules, settling
from firsthand.codebook.actions import double, model, passages, projects, sources, themes
from firsthand.codebook.models import Code, Coder, Source
from firsthand.config.demo.synthesis.texts import Text
from firsthand.config.demo.town import made_up
from firsthand.methods.sentences import split
from firsthand.people.models import User

SHARE = 20  # per cent of the texts that two people code, as in the review of 2023
SEED = 2023
MOST = 12  # sentences of one text that one person codes
# Words by which the sources of harm are found.
WORDS = {
    "S1": "bureaucra|paperwork|assessment|form|complain|wait",
    "S2": "stigma|discriminat|judg|racis",
    "S3": "fund|cut|staffing|resource|support needs",
    "S4": "fragment|agenc|integrat|pathway|transfer",
    "S5": "power|control|culture|coerci|restrict",
    "S6": "abuse|violence|confidential|safeguard",
    "S7": "listen|relationship|involve|informed|decision|worker|practitioner",
}


def coded(first: User, others: Sequence[User], texts: Sequence[Text]) -> Coder:
    """Return who owns a project in which all that is done."""
    by = projects.make(first, {
        "title": made_up("what harms, coded by three"), "double": SHARE,
        "question": "What do these texts say of what harms people who use services?",
    })  # fmt: skip
    coders = [by, *(projects.add_coder(by, each, rules.CODER) for each in others)]
    model.bring_in(by)
    rows = [_source(by, each) for each in texts]
    double.draw(by, SHARE, coders, SEED)
    _code_all(coders, rows)
    _settled(by, coders)
    _themes(by)
    return by


def _source(by: Coder, text: Text) -> Source:
    return sources.add(by, kind=text.kind, title=text.title, text=text.text, study=text.study)


# -- coding ---------------------------------------------------------------------------------------


def _code_all(coders: Sequence[Coder], rows: Sequence[Source]) -> None:
    """Let two code what was drawn for two, and one in turn each of the others."""
    drawn = settling.doubled(coders[0].project)
    of_two = {each.source_id: (each.first, each.second) for each in drawn}
    book = {each.entry.code: each for each in _book(coders[0]) if each.entry}
    for place, source in enumerate(rows):
        for second, coder in enumerate(of_two.get(source.id, (coders[place % len(coders)],))):
            _code(coder, source, book, differs=bool(second))


def _book(by: Coder) -> list[Code]:
    return list(by.project.codes.filter(deleted_on=None).select_related("entry"))


def _code(coder: Coder, source: Source, book: dict[str, Code], *, differs: bool) -> None:
    """Code sentences by their words; whoever `differs` sees every fourth of them otherwise."""
    for at, (start, end, codes) in enumerate(_found(source.text), start=1):
        if differs and at % 4 == 0:
            continue  # they would not code this one
        chosen = codes[:1] if differs else codes
        passages.code(coder, source, start, end, [book[each] for each in chosen])
    passages.finish(coder, source)


def _found(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the first sentences that say something of a source of harm, and of which."""
    many = 0
    for each in split(text):
        said = text[each.start : each.end].lower()
        codes = [code for code, words in WORDS.items() if re.search(words, said)]
        if codes and many < MOST:
            many += 1
            yield each.start, each.end, codes[:2]


# -- settling, themes -----------------------------------------------------------------------------


def _settled(by: Coder, coders: Sequence[Coder]) -> None:
    """Settle what two differ on: by whoever coded neither, or together; what one saw is taken."""
    for each in settling.doubled(by.project):
        third = next(one for one in coders if one not in (each.first, each.second))
        passages.read_only(third, each.source)
        for place in settling.compared(each.source):
            if not place.alike:
                ids = tuple(one.id for one in place.passages)
                wanted = settling.Wanted(
                    ids, rules.ONE, made_up("read again, it belongs here"), takes=each.first
                )
                double.settle(third, each.source, place.code, wanted)


def _themes(by: Coder) -> None:
    """Take the six themes of 2023, and put beneath each the codes of what it is mapped to."""
    book = {each.entry.code: each for each in _book(by) if each.entry}
    for theme in themes.begin_with_2023(by):
        mapped = [each.entry.code for each in theme.mappings.select_related("entry")]
        codes = [book[code] for code in mapped]
        said = {"name": theme.name, "description": theme.description, "codes": codes}
        themes.change(by, theme, said)
