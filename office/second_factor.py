"""The keys of a second step at sign-in, kept sealed: whoever has the database makes no code with them."""

from __future__ import annotations

from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter

from office import seals

PURPOSE: Final = "second-factor"
MARK: Final = "sealed:"


class SealedFactors(DefaultMFAAdapter):
    """allauth's ways, with an authenticator's key and the seed of recovery codes sealed."""

    def encrypt(self, text: str) -> str:
        return MARK + seals.encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValueError for what other keys sealed. What was kept before there were seals still works."""
        if not encrypted_text.startswith(MARK):
            return encrypted_text
        return seals.decrypt(encrypted_text.removeprefix(MARK), purpose=PURPOSE)
