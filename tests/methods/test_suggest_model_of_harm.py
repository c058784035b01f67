"""With the 2022 model of harm and nothing confirmed yet, plain words lead to the right entries.

The sentences were made up for this test; none of them stands in the model's examples.
"""

from pathlib import Path

import pytest
import yaml

from firsthand.methods.suggest import Entry, Suggester, build

MODEL = Path(__file__).parents[2] / "firsthand" / "harms" / "data" / "model-2022.yaml"

# What someone might write, and the entries any of which a reader would expect to be offered.
PLAIN = [
    ("I waited eleven months for the panel to decide about my support.", {"S4.5", "S1.9"}),
    ("My social worker changed six times in two years.", {"S3.9", "S4.8", "S1.12"}),
    ("I am sick of explaining my whole past again to each new person.", {"S3.10"}),
    ("When I left hospital there was no care in place at home.", {"S3.8"}),
    (
        "The mental health team said it was for social services, and they said the opposite.",
        {"S3.6", "S3.1", "S3.4"},
    ),
    ("She never listens to me, it goes in one ear and out of the other.", {"S7.11", "S5.13"}),
    ("The support worker punched me in the stomach.", {"S6.2"}),
    ("A carer touched me sexually when I was asleep.", {"S6.1"}),
    ("They told my landlord about my diagnosis without asking me.", {"S6.8"}),
    ("He changed what was written in my file so that it looked like I had agreed.", {"S6.5"}),
    (
        "He shouted that he would have me sectioned if I made a fuss.",
        {"S6.7", "S5.11", "S7.7", "S6.4"},
    ),
    ("The paperwork for my direct payment is like a second job.", {"S1.4"}),
    ("I have never been shown my care plan.", {"S1.6"}),
    ("My complaint got lost and then they blamed me for it.", {"S5.10", "S1.5", "S6.6", "S1.10"}),
    ("They halved my support hours with two weeks' notice.", {"S4.2", "S4.1"}),
    ("They would not let me have an advocate at the meeting.", {"S5.12"}),
    ("The staff were racist about my family.", {"S2.3", "S7.3", "S7.5", "S5.4"}),
    ("Since the lockdown the day centre has never opened again.", {"S4.14"}),
    ("I was told I am not ill enough to get any help.", {"S4.6", "S1.8", "S4.12"}),
    ("It left me with flashbacks.", {"I10"}),
    ("I tried to kill myself after they closed my case.", {"I12"}),
    ("I got into debt and could not afford to heat the flat.", {"I9"}),
    ("I do not trust anyone from services now.", {"I11"}),
    ("I was terrified every time the phone rang.", {"I2"}),
    ("I was ill again and ended up back on the psychiatric ward.", {"I4"}),
    ("I stopped going and will never ask them for help again.", {"I13", "S4.11"}),
]


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    rows = yaml.safe_load(MODEL.read_text("utf-8"))["entries"]
    return build(
        Entry(
            each["code"],
            f"{each['label']}. {each['name']}",
            each["description"],
            tuple(each["examples"]),
        )
        for each in rows
        if each["kind"] in ("experience", "impact")
    )


@pytest.mark.parametrize(("said", "expected"), PLAIN, ids=[said[:30] for said, _ in PLAIN])
def test_plain_words_lead_to_the_right_entry_in_the_first_five(suggester, said, expected):
    found = [each.code for each in suggester.suggest(said)]
    assert expected & {*found}, found


def test_every_suggestion_says_which_sentence_of_its_entry_it_is_near_to(suggester):
    for said, _ in PLAIN:
        for each in suggester.suggest(said):
            assert each.reason.near
            assert each.reason.kind in ("shares_words", "close_in_meaning")


@pytest.mark.parametrize(
    "said",
    [
        "Photosynthesis turns light into sugar.",
        "Arsenal beat Chelsea two nil.",
        "lorem ipsum",
        "Click here to buy cheap watches.",
    ],
)
def test_what_is_not_about_harm_gets_no_suggestion(suggester, said):
    assert suggester.suggest(said) == ()
