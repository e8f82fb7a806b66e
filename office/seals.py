"""Secrets: what is encrypted, what is only recognised, and the codes and links made from neither.

Most is encrypted with the installation's own keys. What only the holder of a code may read is encrypted with a key
derived from that code too (`lock_with_code`): the installation by itself cannot open it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

# Without 0 O 1 I L U: read over the telephone and typed from paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10  # 30 ** 10 codes: about 49 bits, behind a rate limit
LONG_CODE_LENGTH = (
    15  # about 73 bits: a code that encrypts is out of reach even for who holds everything else
)
CODE_GROUP = 5
_NONCE_BYTES = 12


def _key(purpose: str, secret: str) -> bytes:
    return hmac.new(force_bytes(secret), b"prasan:" + purpose.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=8)
def _fernet(purpose: str, secrets_: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(purpose, secret))) for secret in secrets_])


def _secrets() -> tuple[str, ...]:
    """The newest first; the oldest, which fingerprints are made with, stays the last for good."""
    return tuple(settings.PERSONAL_DATA_KEYS) or (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def encrypt(text: str, *, purpose: str) -> str:
    """Sealed text; with a new key in front, old texts still open."""
    return _fernet(purpose, _secrets()).encrypt(text.encode()).decode()


def decrypt(sealed: str, *, purpose: str) -> str:
    """The text, or ValueError when it was not sealed here for this purpose."""
    try:
        return _fernet(purpose, _secrets()).decrypt(sealed.encode()).decode()
    except InvalidToken as broken:
        raise ValueError("not sealed here") from broken


def fingerprint(text: str, *, purpose: str) -> str:
    """A keyed digest: equal texts are found, nothing can be read back or guessed without the key."""
    return _digest(text, purpose, _secrets()[-1])


def fingerprints(text: str, *, purpose: str) -> list[str]:
    """The digest by each key of the installation, the newest first."""
    return [_digest(text, purpose, secret) for secret in _secrets()]


def _digest(text: str, purpose: str, secret: str) -> str:
    return hmac.new(_key(purpose, secret), text.encode(), hashlib.sha256).hexdigest()


def normal_code(typed: str) -> str:
    """A typed code as it was given: upper case, no spaces or hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def code_matches(typed: str, stored: str | None) -> bool:
    """Compare in constant time; an unknown number (`stored` None) costs what a wrong code costs."""
    given = fingerprint(normal_code(typed), purpose="petitioner-code")
    return hmac.compare_digest(given, stored or "0" * 64) and stored is not None


def code_fingerprint(code: str) -> str:
    return fingerprint(normal_code(code), purpose="petitioner-code")


def new_long_code() -> str:
    """A random code that text can be locked with, such as `4TXRA-9KMPW-2HQZD`."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _place in range(LONG_CODE_LENGTH))
    return "-".join(letters[at : at + CODE_GROUP] for at in range(0, LONG_CODE_LENGTH, CODE_GROUP))


def _code_key(code: str, purpose: str) -> bytes:
    # The installation's key as salt: a stolen database says nothing without it, and it says nothing without the code.
    kdf = HKDF(SHA256(), length=32, salt=_key(purpose, _secrets()[-1]), info=purpose.encode())
    return kdf.derive(normal_code(code).encode())


def lock_with_code(content: bytes, *, code: str, purpose: str) -> bytes:
    """The content encrypted so that only this installation and somebody who knows the code can open it together."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_code_key(code, purpose)).encrypt(nonce, content, None)


def unlock_with_code(locked: bytes, *, code: str, purpose: str) -> bytes:
    """The content, or ValueError when it was not locked here with this code for this purpose."""
    try:
        return AESGCM(_code_key(code, purpose)).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], None)
    except InvalidTag as broken:
        raise ValueError("not locked with this code") from broken
