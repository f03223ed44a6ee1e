"""What the sign-in library may do here: check codes, keys and the council's tokens. It makes and finds
nobody itself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from wenlock.security.envelopes import enclose, opened

USE = "second factor"


class Accounts(DefaultAccountAdapter):
    """Local accounts: made by the operator's command alone, and never written to by e-mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: a code in somebody's e-mail is not a second factor for staff."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: who signs in is in the audit trail."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages say what happened."""


class CouncilAccounts(DefaultSocialAccountAdapter):
    """The council's own sign-in. Nobody is made from a token, and nothing of it is kept."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Answer the whole of the return from the council's sign-in, so that the library's own steps never
        run."""
        from wenlock.security import council_sign_in

        raise ImmediateHttpResponse(council_sign_in.returned(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Say in our words that it failed, and write that it did."""
        from wenlock.security import council_sign_in

        raise ImmediateHttpResponse(council_sign_in.failed(request, error=error, exception=exception))


class SecondFactors(DefaultMFAAdapter):
    """Passkeys and codes: the secrets of codes are encrypted where they rest."""

    def encrypt(self, text: str) -> str:
        return enclose(text, use=USE)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, use=USE)

    def get_totp_issuer(self) -> str:
        return str(settings.SIGN_IN_NAME)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.SIGN_IN_NAME}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""
