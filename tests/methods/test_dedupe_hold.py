"""What was compared before is held, not compared again, with merges as people left them."""

import pytest

from firsthand.methods.dedupe import Index, Report, find


def report(name: str, **more: object) -> Report:
    said = {
        "title": "What tenants of supported housing say of being moved", "year": 2019,
        "authors": ("Brook, Ada", "Fell, Sam"), "container": "Journal of Made-up Care",
        "volume": "12", "pages": "101-119",
    }  # fmt: skip
    return Report(id=name, **{**said, **more})  # type: ignore[arg-type]


def test_a_new_report_joins_the_group_that_is_held():
    index = Index()
    index.hold(
        [report("a"), report("b"), report("z", title="Another paper", pages="7")], [["a", "b"]]
    )
    found = find([report("c")], known=index)
    assert [each.ids for each in found.groups] == [("a", "b", "c")]
    assert len(found.groups[0].merges) == 1


def test_holding_compares_nothing_and_two_that_were_taken_apart_stay_two():
    index = Index()
    index.hold([report("a"), report("b")])
    assert len(index) == 2
    assert find([report("z", title="Another paper", pages="7")], known=index).groups == ()


def test_an_id_that_is_held_already_is_refused():
    index = Index()
    index.hold([report("a")])
    with pytest.raises(ValueError, match="more than once"):
        index.hold([report("a")])
