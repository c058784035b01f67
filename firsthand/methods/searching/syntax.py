"""How each platform writes words, fields, nearness and subject headings (sources: `platforms`).

Nearness is counted here in words that may stand between. Ovid's adj3 lets two stand between, so it
is one more; the others count the words between.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from firsthand.methods.searching.blocks import EVERYWHERE, Field, Heading

Fields = tuple[Field, ...]


def _quoted(words: tuple[str, ...]) -> str:
    return f'"{" ".join(words)}"' if len(words) > 1 else words[0]


def _nothing(fields: Fields) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Syntax:
    """`word` writes a synonym (with its field where each has its own), `bare` without; `within`
    puts a block's synonyms into fields; `about` says what the fields cover
    besides. No `heading`, no `near`: the platform has none."""

    within: Callable[[str, Fields], str]
    heading: Callable[[Heading], tuple[str, str]] | None
    near: Callable[[int], str] | None
    bare: Callable[[tuple[str, ...]], str] = _quoted
    tag: Callable[[Fields], str] | None = None
    about: Callable[[Fields], Iterable[str]] = _nothing
    any_heading: bool = False

    def word(self, words: tuple[str, ...], fields: Fields) -> str:
        said = self.bare(words)
        return f"{said}[{self.tag(fields)}]" if self.tag else said


def _each(form: str, codes: dict[Field, str]) -> Callable[[str, Fields], str]:
    """A platform where every field is asked on its own, such as TI=(…) OR AB=(…)."""

    def within(words: str, fields: Fields) -> str:
        said = [form.format(code=codes[each], words=words) for each in _ordered(fields)]
        return said[0] if len(said) == 1 else f"({' OR '.join(said)})"

    return within


def _ordered(fields: Fields) -> Fields:
    return tuple(each for each in EVERYWHERE if each in fields)


_T, _A, _K = EVERYWHERE
_OVID = {_T: "ti", _A: "ab", _K: "id"}
_PROQUEST = {_T: "TI", _A: "AB", _K: "IF"}
_WOS = _each("{code}=({words})", {_T: "TI", _A: "AB", _K: "AK"})
_SCOPUS = _each("{code}({words})", {_T: "TITLE", _A: "ABS", _K: "AUTHKEY"})


def _ovid_within(words: str, fields: Fields) -> str:
    return f"({words}).{','.join(_OVID[each] for each in _ordered(fields))}."


def _ovid_bare(words: tuple[str, ...]) -> str:
    """Ovid takes words side by side as a phrase; its operators among them need quotation marks."""
    special = {"and", "or", "not", "adj"} & {each.lower() for each in words}
    return _quoted(words) if special else " ".join(words)


def _ovid_heading(heading: Heading) -> tuple[str, str]:
    return f"{'exp ' if heading.narrower else ''}{heading.text}/", ""


def _proquest_within(words: str, fields: Fields) -> str:
    return f"{','.join(_PROQUEST[each] for each in _ordered(fields))}({words})"


def _proquest_heading(heading: Heading) -> tuple[str, str]:
    narrower = ".EXPLODE" if heading.narrower else ""
    return f'MAINSUBJECT.EXACT{narrower}("{heading.text}")', ""


def _ebsco_heading(heading: Heading) -> tuple[str, str]:
    note = (
        f"EBSCO does not take in what is below {heading.text!r} by itself: tick Explode in its "
        "thesaurus, or add the narrower headings."
    )
    return f'DE "{heading.text}"', note if heading.narrower else ""


def _wos_within(words: str, fields: Fields) -> str:
    return f"TS=({words})" if set(fields) == set(EVERYWHERE) else _WOS(words, fields)


def _wos_about(fields: Fields) -> Iterable[str]:
    if set(fields) == set(EVERYWHERE):
        yield "TS looks into Keywords Plus as well, words that no author chose."


def _as_it_is(words: str, fields: Fields) -> str:
    """PubMed: each synonym has its field already."""
    return words


def pubmed_tag(fields: Fields) -> str:
    alone = {_T: "ti", _K: "ot"}
    return alone.get(fields[0], "tiab") if len(fields) == 1 else "tiab"


def _pubmed_about(fields: Fields) -> Iterable[str]:
    if set(fields) not in ({_T}, {_K}, set(EVERYWHERE)):
        yield "PubMed's [tiab] is title, abstract and authors' keywords: it has no narrower one."


def _pubmed_heading(heading: Heading) -> tuple[str, str]:
    return f'"{heading.text}"[{"mh" if heading.narrower else "mh:noexp"}]', ""


def _scopus_within(words: str, fields: Fields) -> str:
    if set(fields) == set(EVERYWHERE):
        return f"TITLE-ABS-KEY({words})"
    return _SCOPUS(words, fields)


def _scopus_about(fields: Fields) -> Iterable[str]:
    if set(fields) == set(EVERYWHERE):
        yield "TITLE-ABS-KEY looks into index terms as well as authors' keywords."


def _scopus_heading(heading: Heading) -> tuple[str, str]:
    note = f"Scopus has no thesaurus of its own: INDEXTERMS looks for {heading.text!r} as words."
    return f'INDEXTERMS("{heading.text}")', note


SYNTAX = {
    "ovid": Syntax(_ovid_within, _ovid_heading, lambda n: f"adj{n + 1}", _ovid_bare),
    "proquest": Syntax(_proquest_within, _proquest_heading, lambda n: f"NEAR/{n}"),
    "ebsco": Syntax(
        _each("{code} ({words})", {_T: "TI", _A: "AB", _K: "KW"}),
        _ebsco_heading,
        lambda n: f"N{n}",
    ),
    "wos": Syntax(_wos_within, None, lambda n: f"NEAR/{n}", about=_wos_about),
    "pubmed": Syntax(_as_it_is, _pubmed_heading, None, tag=pubmed_tag, about=_pubmed_about),
    "scopus": Syntax(
        _scopus_within,
        _scopus_heading,
        lambda n: f"W/{n}",
        about=_scopus_about,
        any_heading=True,
    ),
}
