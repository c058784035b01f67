"""Receipts: nine everyday words, two to find the row and seven (about 90 bits) to open it.

The list is the EFF's long Diceware list (2016), as the package xkcdpass carries it, less words
that could hurt to be handed: log2(7,422) x 7 = 90.003 bits.
"""

import difflib
import re
import secrets
from dataclasses import dataclass
from functools import cache
from importlib import resources

FINDS = 2
OPENS = 7
_WHOLE = FINDS + OPENS
# Words nobody should be handed as the way back to what happened to them.
_LEFT_OUT = re.compile(
    r"abus|acid|agon|amput|attack|batter|bleed|blood|bomb|burn|coffin|crazy|cremat|cult|curse|cut"
    r"|dead|death|dement|drown|drunk|embalm|enslav|evict|fatal|fear|gag|grave|grief|grop|harm|hatr"
    r"|hurt|insan|jail|kill|knife|lunatic|maim|molest|morgue|murder|neglect|overdos|pain|poison"
    r"|prison|punish|razor|scar|shame|shoot|slap|slaughter|starv|strangl|suffer|suicid|threat"
    r"|tortur|trauma|unwell|victim|violen|vomit|wound|wreck"
    r"|^anger|backstab|banish|^broken|browbeat|bruis|^brut|bullwhip|^bully|^cage|captive|casket"
    r"|casualt|cheating|collaps|confin|^crook|cruel|crush|^crying|culprit|custody|dagger|danger"
    r"|debt|decei|defam|degrad|denial|deport|despair|despis|dictat|disabled|disaster|disinfect"
    r"|dismay|disown|distress|divorc|dread[ef]|maniac|pyromania|enrage|entomb|entrap|evil|excret"
    r"|exile|^failing|filth|fractur|gloom|^goon|^gory|grimac|handcuff|handgun|^hate|haunt|hazard"
    r"|helpless|humiliat|patient|judge|^lying|maggot|moan|mourn|obedien|outrage|panic|paraly"
    r"|police|psychic|^rabid|^rage|^sad[dln]|savage|scold|scorn|sexual|shackle|shriek|sinister"
    r"|skinny|slander|smash|squatt|stench|^strike|subdu|surgery|theft|thong|tragedy|traitor"
    r"|^trapp|^traps|trash|treason|unloved|unwanted|unworthy|useless|venom|^widow|wrath"
    r"|aflame|^coma$|impal|suprem"
    # What has been done to people here, and the names they have been given.
    r"|^arrest|^blame|chokehold|clinic|^comply|compuls|^craving|defective|delusi|demean|depress"
    r"|derang|diagnos|disobey|disorder|dosage|^dose|erratic|feeble|glaucom|groin|hyster|impoten"
    r"|irration|isolat|mental|moron|neuro|obsess|paramedic|pathetic|pregnan|^rehab|relapse"
    r"|^reject|seclu|sedat|silence|steril|stigma|symptom|syndrom|unfit|unstabl|untreat|womb"
    r"|^afraid|^alone|carnage|^choking|desecrat|^dismiss|evacuee|^expel|expuls|flashback|flogg"
    r"|gallows|gangren|headlock|outcast|^slash|^slit$|smother|^stress|suffocat|^thrash|^undress"
    r"|verdict"
)


@dataclass(frozen=True)
class Receipt:
    """The words of one receipt."""

    finds: tuple[str, ...]
    opens: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.finds + self.opens)


class Misread(ValueError):
    """What was typed cannot be a receipt. `unknown` are the words on no receipt."""

    def __init__(self, unknown: tuple[str, ...], count: int) -> None:
        super().__init__("That is not a receipt.")
        self.unknown = unknown
        self.count = count


@cache
def listed() -> tuple[str, ...]:
    """Return the words that are handed out, in order of the alphabet."""
    return tuple(sorted(word for word in _known() if not _LEFT_OUT.search(word)))


@cache
def _known() -> frozenset[str]:
    """Every word of the list: a receipt goes on opening when one of its words is left out later."""
    text = resources.files("xkcdpass").joinpath("static/eff-long").read_text("utf-8")
    return frozenset(word for word in text.split() if word.isalpha())


def draw() -> Receipt:
    """Return a fresh receipt, drawn by the system's dice."""
    words = tuple(secrets.choice(listed()) for _ in range(FINDS + OPENS))
    return Receipt(words[:FINDS], words[FINDS:])


def read(typed: str) -> Receipt:
    """Return the receipt in `typed`, whatever its case, spaces or commas. Raises Misread."""
    found = read_several(typed)
    if len(found) != 1:
        raise Misread((), len(found) * _WHOLE)
    return found[0]


def read_several(typed: str) -> list[Receipt]:
    """Return the receipts in `typed`, at least one, typed one after the other. Raises Misread."""
    words = tuple(re.findall(r"[^\W\d_]+", typed.casefold()))
    unknown = tuple(word for word in words if word not in _known())
    if unknown or not words or len(words) % _WHOLE:
        raise Misread(unknown, len(words))
    starts = range(0, len(words), _WHOLE)
    return [Receipt(words[at : at + FINDS], words[at + FINDS : at + _WHOLE]) for at in starts]


def near(word: str) -> tuple[str, ...]:
    """Return up to three words of the list that `word` may have been meant as."""
    return tuple(difflib.get_close_matches(word, listed(), n=3, cutoff=0.75))
