"""Making a sign-in: a person's own, or a member of staff's by invitation."""

from typing import Any

from django import forms

from firsthand.people import rules
from firsthand.people.forms.passphrase import NewPassphraseForm, sign_in_name_field
from firsthand.people.forms.receipts import nine_words_field, what_is_wrong
from firsthand.vault import recovery, words

KEEP, DROP, APART = "keep", "drop", "apart"


class SignUpForm(NewPassphraseForm):
    """A person's sign-in name and passphrase; with a receipt in hand, what becomes of it."""

    sign_in_name = sign_in_name_field(
        hint="Make one up. Best not your own name or e-mail address, in case someone looks for you."
    )
    receipt = forms.ChoiceField(
        label="You have come with a receipt. What shall we do with what it opens?",
        help_text="Whoever has the words can get new ones, and that shuts the sign-in out. So keep "
        "the words only if nobody else can have seen them.",
        widget=forms.RadioSelect,
        choices=[
            (KEEP, "Open it with my sign-in, and with the receipt words too"),
            (DROP, "Open it with my sign-in only. The receipt words stop working"),
            (APART, "Keep it apart. Only the receipt words open it"),
        ],
        error_messages={"required": "Choose what happens to your receipt."},
    )
    field_order = ["sign_in_name", "passphrase1", "passphrase2", "receipt"]

    def __init__(
        self, *args: Any, has_receipt: bool = False, to_ask: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_receipt:
            del self.fields["receipt"]
        if to_ask:
            self.fields["receipt_words"] = words_once_more(to_ask)

    def clean_receipt_words(self) -> list[words.Receipt]:
        typed = self.cleaned_data["receipt_words"]
        try:
            return words.read_several(typed) if typed.strip() else []
        except words.Misread as misread:
            raise forms.ValidationError(what_is_wrong(misread)) from misread

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("receipt") in (KEEP, DROP) and given.get("receipt_words") == []:
            self.add_error("receipt_words", "Type the nine words, or keep the receipt apart.")
        return given


def words_once_more(count: int) -> forms.CharField:
    """Return the field for the words of every receipt that is to come under a sign-in."""
    several = f"The nine words of each of your {count} receipts"
    return nine_words_field(
        several if count > 1 else "Your nine words",
        required=False,
        max_length=500 * count,
        help_text="We ask for them once more, so that nobody else who sits here can take what you "
        "told. You can leave this empty if you keep it apart."
        + (" Type all of them one after the other." if count > 1 else ""),
    )


class AcceptForm(NewPassphraseForm):
    """A member of staff's sign-in."""

    name = forms.CharField(
        label="Your name, as people will see it",
        help_text="People see who has read what they shared. This is the name they see.",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type the name people will see."},
    )
    email = forms.EmailField(
        label="Your work e-mail address",
        help_text="Only to tell you that something waits for you here. Never what it is.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Type your work e-mail address.",
            "invalid": "That is not an e-mail address. It should look like name@example.org.",
        },
    )
    sign_in_name = sign_in_name_field(hint="What you will type to sign in.")
    field_order = ["name", "email", "sign_in_name", "passphrase1", "passphrase2"]


class TypedBackForm(forms.Form):
    """The end of a recovery key, typed back to show that it is written down."""

    typed = forms.CharField(
        label=f"Type the last {rules.RECOVERY_TAIL} characters of your recovery key",
        help_text="Look at what you wrote down or printed, not at this screen.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the end of your recovery key."},
    )

    def __init__(self, *args: Any, printed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.printed = printed

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"])
        if not rules.ends_recovery_key(typed, self.printed):
            raise forms.ValidationError(
                "That is not how your recovery key ends. Please look again. The dash does not "
                "count."
            )
        return typed


def recovery_key_field() -> forms.CharField:
    """Return the field for a whole recovery key."""
    attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(
        label="Your recovery key",
        help_text="The letters and numbers you wrote down or printed. Spaces and dashes do not "
        "matter.",
        widget=forms.TextInput(attrs=attrs),
        max_length=200,
        error_messages={"required": "Type your recovery key."},
    )


def read_recovery_key(typed: str) -> str:
    """Return a recovery key as typed, once it can be one. Raises ValidationError."""
    try:
        recovery.read(typed)
    except recovery.Mistyped as error:
        raise forms.ValidationError(
            "There is a slip in that recovery key: a letter or number is wrong, missing or too "
            "many. Please check it against your paper."
        ) from error
    return typed


class LostForm(forms.Form):
    """A sign-in name and its recovery key."""

    sign_in_name = sign_in_name_field("Your sign-in name")
    recovery_key = recovery_key_field()

    def clean_recovery_key(self) -> str:
        return read_recovery_key(self.cleaned_data["recovery_key"])
