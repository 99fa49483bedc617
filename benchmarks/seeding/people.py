"""Names, addresses and tax numbers of the customers that the seed makes, by a running number."""

_FIRST = (
    "Ana", "Andrei", "Bianca", "Călin", "Cristina", "Dan", "Daniela", "Elena", "Florin", "Gabriela", "Ștefan", "Ilinca",
    "Ion", "Laura", "Lucian", "Maria", "Mihai", "Nicoleta", "Octavian", "Paul", "Raluca", "Sorin", "Țuca", "Vlad",
)  # fmt: skip
_LAST = (
    "Albu", "Bălan", "Barbu", "Ciobanu", "Constantin", "Dinu", "Dobre", "Enache", "Florea", "Georgescu", "Ionescu",
    "Lungu", "Manea", "Marin", "Munteanu", "Nistor", "Oprea", "Pavel", "Popa", "Popescu", "Rusu", "Șerban", "Stan",
    "Stoica", "Toma", "Ursu", "Voicu", "Zamfir",
)  # fmt: skip
_STEMS = ("atelier", "brutaria", "cabinet", "casa", "depozit", "florarie", "gradina", "librarie", "moara", "tipografie")
_CONSONANTS, _VOWELS = "bcdfglmnprstvz", "aeiou"
_CUI_WEIGHTS = (7, 5, 3, 2, 1, 7, 5, 3, 2)
_FIRST_CUI = 20_000_000


def name(number: int) -> str:
    """Return a person's name, or that of a firm called after one."""
    mixed = _mixed(number)
    first, last = _FIRST[mixed % len(_FIRST)], _LAST[mixed // len(_FIRST) % len(_LAST)]
    return f"{first} {last} {_word(mixed >> 12)}"


def stem(number: int) -> str:
    """Return the name of a domain without its suffix, another one for each number."""
    return f"{_STEMS[number % len(_STEMS)]}{number}"


def cui(number: int) -> str:
    """Return a tax number with a right check digit, another one for each number."""
    body = str(_FIRST_CUI + number).zfill(9)
    control = sum(int(digit) * weight for digit, weight in zip(body, _CUI_WEIGHTS, strict=True)) * 10 % 11 % 10
    return body.lstrip("0") + str(control)


def _mixed(number: int) -> int:
    """Scatter the numbers, so that neighbours in the database share no name (Knuth's multiplicative hash)."""
    return number * 2_654_435_761 % 2**32


def _word(number: int) -> str:
    """Return a word of three syllables, so that few share a whole name."""
    word = ""
    for _syllable in range(3):
        number, rest = divmod(number, len(_CONSONANTS) * len(_VOWELS))
        word += _CONSONANTS[rest % len(_CONSONANTS)] + _VOWELS[rest // len(_CONSONANTS)]
    return word.capitalize()
