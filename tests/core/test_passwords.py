"""How passwords are kept, and which are too weak."""

import time

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError

from praho.core import errors, passwords


def test_a_hash_tells_the_right_password_from_others():
    stored = passwords.hash_password("o parolă destul de lungă")
    assert stored.startswith("$argon2id$")
    assert passwords.verify(stored, "o parolă destul de lungă")
    assert not passwords.verify(stored, "o parola destul de lunga")
    assert not passwords.verify(stored, "")
    assert stored != passwords.hash_password("o parolă destul de lungă")


def test_the_keyboard_does_not_matter():
    stored = passwords.hash_password("s\u0326apte pitici")
    assert passwords.verify(stored, "\u0219apte pitici")


def test_old_parameters_ask_for_a_new_hash():
    assert not passwords.needs_rehash(passwords.hash_password("x" * 10))
    assert passwords.needs_rehash(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))


def test_a_damaged_hash_is_no_wrong_password():
    with pytest.raises(InvalidHashError):
        passwords.verify("not a hash", "x")


def test_an_unknown_account_costs_the_same_work_and_is_never_right():
    assert not passwords.needs_rehash(passwords._NOBODY)
    stored = passwords.hash_password("x" * 10)
    took = []
    for attempt in (lambda: passwords.verify_nobody("guess"), lambda: passwords.verify(stored, "guess")):
        runs = []
        for _ in range(3):
            started = time.process_time()
            assert attempt() is False
            runs.append(time.process_time() - started)
        took.append(min(runs))
    assert took[0] == pytest.approx(took[1], rel=0.8)


@pytest.mark.parametrize(
    "password",
    [
        "corect cal baterie",
        "Zx9$kQ2!mLw7",
        "ținta-de-mâine",
        "1984 was a good year",
        "g7#Tq-parola-Lm2",
        "a" * 50 + "bcdef",
    ],
)
def test_strong_passwords_are_taken(password):
    passwords.check_strength(password, "ion.popescu@firma.example")


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("", "at least 10"),
        ("Zx9$kQ2!m", "at least 10"),
        ("șțșțșțșțș", "at least 10"),
        ("a1" * 101, "more than 200"),
        ("aaaaaaaaaaaa", "repeats itself"),
        ("abababababab", "repeats itself"),
        ("1234567890", "repeats itself"),
        ("0987654321", "repeats itself"),
        ("password123", "too common"),
        ("Parola2024!", "too common"),
        ("P@r0la2024", "too common"),
        ("Pa$$w0rd12", "too common"),
        ("qwerty12345", "too common"),
        ("QWERTYUIOP", "too common"),
        ("!!admin2026!!", "too common"),
        ("ion.popescu@firma.example", "made of the e-mail"),
        ("ION.POPESCU1", "made of the e-mail"),
        ("2026ion.popescu!", "made of the e-mail"),
    ],
)
def test_weak_passwords_are_refused_with_their_reason(password, complaint):
    from praho.core import i18n

    with pytest.raises(passwords.WeakPassword) as refusal:
        passwords.check_strength(password, "ion.popescu@firma.example")
    assert isinstance(refusal.value, errors.Invalid)
    with i18n.in_locale("en"):
        assert complaint in str(refusal.value)
        assert not password or password not in str(refusal.value)
