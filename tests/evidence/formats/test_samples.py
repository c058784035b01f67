"""Real exports: every record of every file is read.

The counts were found without this code: lines that begin a record (TY, PMID, PT, @) and lines that
end one (ER) were counted by a script of their own and agreed; tables were counted by hand; rispy
0.10 and nbib 0.3.2 agreed where they can read the file (nbib finds two of PubMed_example's three).
"""

from pathlib import Path

import pytest

from firsthand.evidence.formats import fingerprints
from firsthand.evidence.formats.reading import File, Format, Reference, read
from firsthand.evidence.formats.writing import write

RIS, MEDLINE, CIW, BIB, CSV = (
    Format.RIS, Format.MEDLINE, Format.CIW, Format.BIBTEX, Format.CSV,
)  # fmt: skip
SAMPLES = [
    ("MrTango+rispy/tests_data_example_basic.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_bom.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_empty_tag.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_extraneous_data.ris", RIS, 2),
    ("MrTango+rispy/tests_data_example_full.ris", RIS, 2),
    ("MrTango+rispy/tests_data_example_full_without_whitespace.ris", RIS, 2),
    ("MrTango+rispy/tests_data_example_multi_unknown_tags.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_multiline.ris", RIS, 3),
    ("MrTango+rispy/tests_data_example_single_unknown_tag.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_starting_newlines.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_urls.ris", RIS, 4),
    ("MrTango+rispy/tests_data_example_utf_chars.ris", RIS, 1),
    ("MrTango+rispy/tests_data_example_wos.ris", CIW, 2),
    ("asreview+asreview/asreview_webapp_tests_data_ris_many_authors.ris", RIS, 1),
    ("asreview+asreview/tests_demo_data__baseline.ris", RIS, 100),
    ("asreview+asreview/tests_demo_data_baseline_empty_values.ris", RIS, 4),
    ("asreview+asreview/tests_demo_data_baseline_reference_types.ris", RIS, 61),
    ("asreview+asreview/tests_demo_data_baseline_tag-notes_zotero.ris", RIS, 4),
    ("asreview+asreview/tests_demo_data_baseline_tag_and_field_definitions.ris", RIS, 1),
    ("asreview+asreview/tests_demo_data_baseline_zotero.ris", RIS, 100),
    ("asreview+asreview/tests_demo_data_embase.csv", CSV, 6),
    ("asreview+asreview/tests_demo_data_embase.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_embase_newpage.csv", CSV, 6),
    ("asreview+asreview/tests_demo_data_faulty_year.ris", RIS, 1),
    ("asreview+asreview/tests_demo_data_generic_semicolon.csv", CSV, 2),
    ("asreview+asreview/tests_demo_data_generic_tab.csv", CSV, 2),
    ("asreview+asreview/tests_demo_data_missing_values.csv", CSV, 4),
    ("asreview+asreview/tests_demo_data_ovid_psycinfo.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_ovid_zotero.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_proquest.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_pubmed_endnote.txt", RIS, 6),
    ("asreview+asreview/tests_demo_data_pubmed_zotero.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_ris_issue_1099.txt", RIS, 7),
    ("asreview+asreview/tests_demo_data_ris_issue_992.txt", RIS, 19),
    ("asreview+asreview/tests_demo_data_scopus.ris", RIS, 6),
    ("asreview+asreview/tests_demo_data_web_of_science.txt", RIS, 10),
    ("holub008+nbib/tests_resources_pmc_medlars.txt", MEDLINE, 5),
    ("holub008+nbib/tests_resources_pubmed-balloongui-set.nbib", MEDLINE, 75),
    ("holub008+nbib/tests_resources_single.nbib", MEDLINE, 1),
    ("mjwestgate+revtools/examples_restoration_WoS.ciw", CIW, 247),
    ("mjwestgate+revtools/examples_restoration_pubmed.nbib", MEDLINE, 104),
    ("mjwestgate+revtools/examples_restoration_scopus.ris", RIS, 286),
    ("mjwestgate+revtools/inst_extdata_avian_ecology_bibliography.ris", RIS, 20),
    ("mjwestgate+synthesisr/inst_extdata_scopus.ris", RIS, 92),
    ("mjwestgate+synthesisr/inst_extdata_zoorec.txt", CIW, 134),
    ("mjwestgate+synthesisr/tests_testthat_testdata_ASP_ris_example.ris", RIS, 4),
    ("mjwestgate+synthesisr/tests_testthat_testdata_Ovid_ris_example.ris", RIS, 4),
    ("mjwestgate+synthesisr/tests_testthat_testdata_PubMed_example.txt", MEDLINE, 3),
    ("mjwestgate+synthesisr/tests_testthat_testdata_Scopus_bib_example.bib", BIB, 3),
    ("mjwestgate+synthesisr/tests_testthat_testdata_Scopus_ris_example.ris", RIS, 3),
    ("mjwestgate+synthesisr/tests_testthat_testdata_WoS_ciw_example.ciw", CIW, 5),
    ("mjwestgate+synthesisr/tests_testthat_testdata_WoS_txt_example.txt", CIW, 4),
    ("mjwestgate+synthesisr/tests_testthat_testdata_citesource_issue_24.ris", RIS, 17),
    ("mjwestgate+synthesisr/tests_testthat_testdata_eviatlas.csv", CSV, 1),
    ("mjwestgate+synthesisr/tests_testthat_testdata_litsearchr.txt", BIB, 1),
    ("mjwestgate+synthesisr/tests_testthat_testdata_res_synth_methods.txt", MEDLINE, 2),
]
# Files whose records truly lack it, beside those made to be odd.
NO_YEAR = {"many_authors", "empty_values", "reference_types", "notes_zotero", "definitions"}
NO_YEAR |= {"faulty_year", "missing_values", "bom", "multiline"}
NO_TITLE = {"bom", "multiline", "empty_values", "reference_types", "missing_values"}


@pytest.fixture(scope="module")
def imports(shared_dir) -> Path:
    place = shared_dir / "data/imports"
    if not place.is_dir():
        pytest.skip("no sample exports here")
    return place


def all_of(path: Path) -> list[Reference]:
    with path.open("rb") as stream:
        return [each for each in read(stream, path.name) if isinstance(each, Reference)]


def test_every_sample_is_in_the_table(imports):
    there = {str(each.relative_to(imports)) for each in imports.glob("*/*")}
    assert there == {name for name, _, _ in SAMPLES}


@pytest.mark.parametrize(("name", "format", "count"), SAMPLES)
def test_every_record_of_a_real_export_is_read(imports, name, format, count):
    path = imports / name
    with path.open("rb") as stream:
        assert File(stream, path.name).format is format
    assert len(all_of(path)) == count


@pytest.mark.parametrize(("name", "format", "count"), SAMPLES)
def test_titles_and_years_are_found_wherever_the_file_has_them(imports, name, format, count):
    records = all_of(imports / name)
    if not any(word in name for word in NO_TITLE):
        assert [each.line for each in records if not each.title] == []
    if not any(word in name for word in NO_YEAR):
        assert [each.line for each in records if each.year is None] == []


@pytest.mark.parametrize(("name", "format", "count"), SAMPLES)
@pytest.mark.parametrize("to", ["ris", "bibtex", "csl-json", "csv"])
def test_what_is_written_is_read_again_and_nothing_of_the_same_format_is_lost(
    imports, tmp_path, name, format, count, to
):
    before = all_of(imports / name)
    path = tmp_path / "again.txt"
    path.write_text("".join(write(before, to)), encoding="utf-8", newline="")
    after = all_of(path)
    assert [each.title for each in after] == [each.title for each in before]
    if to in (format.value, "csv"):
        assert [each.raw for each in after] == [each.raw for each in before]
        signs = [[fingerprints.of_record(each) for each in some] for some in (before, after)]
        assert signs[0] == signs[1]
