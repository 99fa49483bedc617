"""A user's own account: what its pages show, and what the user changes there."""

from praho.audit.services import recording
from praho.core import clock, events, i18n
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.models.users import Theme, User, UserSession
from praho.users import repos
from praho.users.events import UserRenamed
from praho.users.services import acting, sessions, signing_up
from praho.users.types import OpenSession, SecurityState


def security_state(user_id: int) -> SecurityState:
    """Return what the account's pages show; two queries."""
    with entered(SystemScope("own account")):
        user = session().get_one(User, user_id)
        return SecurityState(
            email=user.email,
            full_name=user.full_name,
            email_confirmed=user.email_confirmed_at is not None,
            second_factor=user.totp_confirmed_at is not None,
            recovery_codes_left=repos.count_unused_codes(user_id),
            staff_role=user.staff_role,
            locale=user.locale,
            theme=user.theme,
        )


def open_sessions(user_id: int) -> list[OpenSession]:
    """Return where the user is signed in, the browser used last first."""
    with entered(SystemScope("own account")):
        return [_frozen(row) for row in repos.open_sessions(user_id, clock.machine_now())]


def sign_in_before(user_id: int, session_public_id: str | None) -> OpenSession | None:
    """Return the newest sign-in besides that of the browser at hand, ended or not; None where there was none."""
    with entered(SystemScope("own account")):
        row = repos.session_before(user_id, session_public_id)
        return None if row is None else _frozen(row)


def end_other_sessions(user_id: int, session_public_id: str | None) -> int:
    """End all of the user's sessions but that of the browser at hand; return how many."""
    with entered(SystemScope("own account")), unit_of_work():
        user = acting.lock(user_id)
        ended = sessions.end_all(user_id, but=session_public_id)
        if ended:
            recording.record(
                "user.other_sessions_ended", subject=("user", user.public_id), changes={"sessions": [ended, 0]}
            )
        return ended


def end_session(user_id: int, session_public_id: str) -> None:
    """End one of the user's own sessions; raise NotFound for anything else."""
    with entered(SystemScope("own account")), unit_of_work():
        now = clock.machine_now()
        for row in repos.open_sessions(user_id, now):
            if row.public_id == session_public_id:
                row.ended_at = now
                recording.record("user.session_ended", subject=("session", row.public_id))
                return
        raise NotFound(_("This session has ended already."))


def change_profile(user_id: int, *, full_name: str, locale: str, theme: str) -> None:
    """Change the user's name, language and theme; raise Invalid with the refused fields."""
    name = " ".join(full_name.split())
    refused: dict[str, object] = {}
    if not name:
        refused["full_name"] = _("Tell us your name.")
    if len(name) > signing_up.LONGEST_NAME:
        refused["full_name"] = _("This name is too long.")
    if locale not in i18n.SUPPORTED:
        refused["locale"] = _("Choose one of the languages.")
    if theme not in set(Theme):
        refused["theme"] = _("Choose one of the themes.")
    if refused:
        raise Invalid(_("Please correct the marked fields."), fields=refused)
    with entered(SystemScope("own account")), unit_of_work():
        user = acting.lock(user_id)
        before = {"full_name": user.full_name, "locale": user.locale, "theme": user.theme}
        user.full_name, user.locale, user.theme = name, locale, Theme(theme)
        changes = recording.changed(before, {"full_name": name, "locale": locale, "theme": user.theme})
        if changes:
            recording.record("user.profile_changed", subject=("user", user.public_id), changes=changes)
        if "full_name" in changes:
            events.publish(UserRenamed(user.id))


def choose_language(user_id: int, locale: str) -> None:
    """Keep the language that the user picked in the menu; raise Invalid for one that we do not speak."""
    if locale not in i18n.SUPPORTED:
        raise Invalid(_("Choose one of the languages."))
    with entered(SystemScope("own account")), unit_of_work():
        acting.lock(user_id).locale = locale


def choose_theme(user_id: int, theme: str) -> None:
    """Keep the theme that the user picked by the switch; raise Invalid for one that there is not."""
    if theme not in set(Theme):
        raise Invalid(_("Choose one of the themes."))
    with entered(SystemScope("own account")), unit_of_work():
        acting.lock(user_id).theme = Theme(theme)


def _frozen(row: UserSession) -> OpenSession:
    return OpenSession(
        public_id=row.public_id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        ip=row.ip,
        user_agent=row.user_agent,
        second_factor=row.second_factor_at is not None,
    )
