"""Languages: which one a reader gets, and the translation of texts in it.

Inside a request the locale is the reader's explicit choice, else the browser's wish, else Romanian. Documents
and mails are rendered inside `in_locale(stored locale)`, with or without a request. A translation is plain
text: templates escape it like any other value, so markup stays in the template.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import flask
import flask_babel
from babel.messages import mofile, pofile
from babel.support import NullTranslations, Translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from praho import config
from praho.core.principal import current_principal

SUPPORTED = ("ro", "en")
DEFAULT = "ro"
DOMAIN = "messages"
TRANSLATIONS = config.ROOT / "translations"
SESSION_KEY = "locale"

_directories: list[Path] = [TRANSLATIONS]
_forced: ContextVar[str | None] = ContextVar("praho_locale", default=None)


def init_app(app: flask.Flask, explicit_choice: Callable[[], str | None] | None = None) -> None:
    """Wire translations into an application.

    `explicit_choice` returns the locale that this reader chose, or None. It is called once per request. Without
    it the session is asked, then the signed-in person's profile.
    """
    app.extensions["praho_locale_choice"] = explicit_choice or readers_choice
    babel = flask_babel.Babel(configure_jinja=False)
    # Flask-Babel serves the built-in messages of form fields; our own texts come from this module.
    babel.init_app(app, default_locale=DEFAULT, locale_selector=_request_locale)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # The extension's flag makes {% trans %} pass its variables to our functions, which escape them.
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(
        _=_template_gettext,
        gettext=_template_gettext,
        ngettext=_template_ngettext,
        pgettext=_template_pgettext,
        current_locale=current_locale,
    )


def current_locale() -> str:
    """Return the locale in force here, one of `SUPPORTED`."""
    forced = _forced.get()
    if forced is not None:
        return forced
    try:
        # Asked hundreds of times for each page, so with as little ado as possible.
        chosen: str = flask.g.praho_locale
    except (AttributeError, RuntimeError):  # not chosen yet, or no request at all
        return _request_locale()
    return chosen


@contextmanager
def in_locale(locale: str) -> Iterator[None]:
    """Translate and format in `locale` for the length of a block; an unsupported one is a ValueError."""
    if locale not in SUPPORTED:
        raise ValueError(f"unsupported locale {locale!r}")
    token = _forced.set(locale)
    try:
        yield
    finally:
        _forced.reset(token)


def choose(locale: str) -> None:
    """Remember the reader's explicit choice in the session; an unsupported locale is a ValueError."""
    if locale not in SUPPORTED:
        raise ValueError(f"unsupported locale {locale!r}")
    flask.session[SESSION_KEY] = locale
    flask.g.pop("praho_locale", None)


def readers_choice() -> str | None:
    """Return the locale remembered in the session, else that of the profile of who acts, else None."""
    chosen = flask.session.get(SESSION_KEY)
    return chosen if isinstance(chosen, str) else current_principal().locale


def gettext(message: str, **params: object) -> str:
    """Translate a message into the locale in force and fill in its `%(name)s` parameters."""
    text = _translated(current_locale(), message)
    return text % params if params else text


def ngettext(singular: str, plural: str, n: int, **params: object) -> str:
    """Translate by number; `%(num)s` is `n` unless given otherwise."""
    params.setdefault("num", n)
    text: str = _translations(current_locale()).ngettext(singular, plural, n)
    return text % params


def pgettext(context: str, message: str, **params: object) -> str:
    """Translate a message that means different things in different places."""
    text = str(_translations(current_locale()).pgettext(context, message))
    return text % params if params else text


def lazy_gettext(message: str, **params: object) -> LazyString:
    """Return a text that is translated whenever it is turned into a string."""
    return LazyString(gettext, message, **params)


def lazy_ngettext(singular: str, plural: str, n: int, **params: object) -> LazyString:
    """Return a text by number that is translated whenever it is turned into a string."""
    return LazyString(ngettext, singular, plural, n, **params)


def lazy_pgettext(context: str, message: str, **params: object) -> LazyString:
    """Return a text in a context that is translated whenever it is turned into a string."""
    return LazyString(pgettext, context, message, **params)


def add_directory(path: Path) -> None:
    """Add a plugin's catalogues (`<path>/<locale>/LC_MESSAGES/messages.po`); ours win where both translate."""
    if path not in _directories:
        _directories.append(path)
        forget_translations()


def forget_translations() -> None:
    """Read the catalogues anew at the next text."""
    _translations.cache_clear()
    _translated.cache_clear()
    _escaped.cache_clear()


def _request_locale() -> str:
    if not flask.has_request_context():
        return DEFAULT
    if "praho_locale" not in flask.g:
        flask.g.praho_locale = _select()
    locale: str = flask.g.praho_locale
    return locale


def _select() -> str:
    explicit: str | None = flask.current_app.extensions["praho_locale_choice"]()
    if explicit in SUPPORTED:
        return explicit
    return flask.request.accept_languages.best_match(SUPPORTED) or DEFAULT


@lru_cache
def _translations(locale: str) -> NullTranslations:
    merged: Translations | None = None
    for directory in reversed(_directories):
        loaded = _load(directory / locale / "LC_MESSAGES" / DOMAIN, locale)
        if merged is None:
            merged = loaded
        elif loaded is not None:
            merged.merge(loaded)
    return merged or NullTranslations()


@lru_cache(maxsize=16_384)
def _translated(locale: str, message: str) -> str:
    return _translations(locale).gettext(message)


@lru_cache(maxsize=16_384)
def _escaped(locale: str, message: str) -> Markup:
    """Return a translation as a template without parameters prints it."""
    # {% trans %} doubles the percent signs of its text, a call of _() does not.
    return escape(_translated(locale, message)).replace("%%", "%")


def _load(stem: Path, locale: str) -> Translations | None:
    """Read the compiled catalogue, or compile the source in memory where there is none or an older one."""
    source, compiled = stem.with_suffix(".po"), stem.with_suffix(".mo")
    if not source.exists() and not compiled.exists():
        return None
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as stream:
            return Translations(stream, DOMAIN)
    buffer = BytesIO()
    with source.open("rb") as stream:
        mofile.write_mo(buffer, pofile.read_po(stream, locale=locale, domain=DOMAIN))
    buffer.seek(0)
    return Translations(buffer, DOMAIN)


def _for_template(context: EvalContext, text: str, params: dict[str, Any]) -> str:
    if context.autoescape:
        text = escape(text)
    return text % params if params else text.replace("%%", "%")


@pass_eval_context
def _template_gettext(context: EvalContext, message: str, /, **params: Any) -> str:
    if context.autoescape and not params:
        return _escaped(current_locale(), message)
    return _for_template(context, gettext(message), params)


@pass_eval_context
def _template_pgettext(context: EvalContext, topic: str, message: str, /, **params: Any) -> str:
    return _for_template(context, pgettext(topic, message), params)


@pass_eval_context
def _template_ngettext(context: EvalContext, singular: str, plural: str, n: int, /, **params: Any) -> str:
    params.setdefault("num", n)
    return _for_template(context, _translations(current_locale()).ngettext(singular, plural, n), params)
