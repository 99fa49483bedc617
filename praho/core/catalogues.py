"""Translation catalogues: what `praho translations extract|update|compile|check` does.

A home is a folder of code and its catalogues: ours, and each package that carries a `translations` folder of its
own (the plugin kit, the plugins). The source texts are English; an `en` catalogue is optional and may leave texts
empty, the Romanian one may not.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages import checkers, extract, mofile, pofile
from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.frontend import parse_mapping_cfg

from praho import config
from praho.core import i18n

SOURCE_LOCALE = "en"
_FOLDER = "translations"
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
_MESSAGE_ARGUMENTS = {"ngettext": 2, "lazy_ngettext": 2, "pgettext": 2, "lazy_pgettext": 2}
# The one module whose functions pass on what they are given.
_WRAPPER = Path(i18n.__file__)
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&#?\w+;")
_PARAMETER = re.compile(r"%\((\w+)\)")
_CEDILLAS = re.compile("[şţŞŢ]")
# Changes only when somebody changes it, so that catalogues differ by their texts alone.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of source code and the folder of its catalogues."""

    source: Path
    catalogues: Path

    def file(self, locale: str) -> Path:
        """The catalogue of a locale."""
        return self.catalogues / locale / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"


def homes(root: Path = config.ROOT) -> list[Home]:
    """Return our own home and those of the packages, inside and beside it, that bring their catalogues."""
    own = [*(root / "praho").glob(f"*/{_FOLDER}"), *(root / "plugins").glob(f"*/src/*/{_FOLDER}")]
    return [Home(root / "praho", root / _FOLDER), *(Home(folder.parent, folder) for folder in sorted(own))]


def template(home: Home) -> Catalog:
    """Collect every text of the home's code and templates."""
    with (config.ROOT / "babel.cfg").open() as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    catalog = _empty()
    found = extract.extract_from_dir(
        home.source,
        methods,
        options,
        keywords=_KEYWORDS,
        comment_tags=("NOTE:",),
        directory_filter=lambda folder: _belongs(Path(folder), home),
    )
    for filename, line, message, comments, context in found:
        location = (f"{home.source.name}/{filename}", line)
        catalog.add(message, None, [location], auto_comments=comments, context=context)
    return catalog


def read(home: Home, locale: str) -> Catalog:
    """Read a catalogue; an empty one where there is no file."""
    path = home.file(locale)
    if not path.exists():
        return _empty(locale)
    with path.open("rb") as stream:
        return pofile.read_po(stream, locale=locale, domain=i18n.DOMAIN)


def write_template(home: Home) -> Path:
    """Write `messages.pot` for a translator's tool; it is not kept in the repository."""
    path = home.catalogues / f"{i18n.DOMAIN}.pot"
    _write(path, template(home))
    return path


def update(home: Home) -> None:
    """Bring the catalogues in line with the code: new texts enter empty, gone ones leave, nothing is guessed."""
    texts = template(home)
    for locale in _locales(home):
        catalog = read(home, locale)
        catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        _write(home.file(locale), catalog)


def compile_all(home: Home) -> None:
    """Write the compiled catalogues that a process reads quickest."""
    for locale in _locales(home):
        with home.file(locale).with_suffix(".mo").open("wb") as stream:
            mofile.write_mo(stream, read(home, locale))


def problems(home: Home) -> list[str]:
    """Return what is wrong with the catalogues of a home, one sentence each; nothing when all is well."""
    texts = template(home)
    found = [*_unextractable(home), *_with_markup(texts)]
    for locale in _locales(home):
        found += [f"{locale}: {problem}" for problem in _catalogue_problems(texts, read(home, locale), locale)]
    return found


def _locales(home: Home) -> list[str]:
    return [locale for locale in i18n.SUPPORTED if locale != SOURCE_LOCALE or home.file(locale).exists()]


def _belongs(folder: Path, home: Home) -> bool:
    """Say whether a folder of the home's code is no home of its own."""
    return folder == home.source or not (folder / _FOLDER).is_dir()


def _catalogue_problems(texts: Catalog, catalog: Catalog, locale: str) -> Iterator[str]:
    wanted, present = _keys(texts), _keys(catalog)
    for key in sorted(wanted.keys() - present.keys()):
        yield f"{key[1]!r} is missing"
    for key in sorted(present.keys() - wanted.keys()):
        yield f"{key[1]!r} is no longer used"
    for key in sorted(wanted.keys() & present.keys()):
        for problem in _message_problems(catalog, present[key], locale):
            yield f"{key[1]!r} {problem}"


def _message_problems(catalog: Catalog, message: Message, locale: str) -> Iterator[str]:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    translations = [text or "" for text in strings]
    if locale != SOURCE_LOCALE and not all(translations):
        yield "is not translated"
    if message.fuzzy:
        yield "is marked as a guess"
    if any(_CEDILLAS.search(text) for text in translations):
        yield "has ş or ţ with a cedilla instead of ș or ț with a comma"
    if any(translations):
        try:
            checkers.num_plurals(catalog, message)
        except TranslationError as error:
            yield f"does not fit: {error}"
        yield from _placeholder_problems(message, translations)


def _placeholder_problems(message: Message, translations: Iterable[str]) -> Iterator[str]:
    ids = message.id if isinstance(message.id, list | tuple) else [message.id]
    named = {name for text in ids for name in _PARAMETER.findall(text)}
    if not named:
        return
    for text in translations:
        try:
            _ = text % dict.fromkeys(named, 1)
        except (KeyError, TypeError, ValueError) as error:
            yield f"does not fit: {error}"
        # A plural form may say "one" instead of the number.
        for name in sorted(named - set(_PARAMETER.findall(text))) if len(ids) == 1 else ():
            yield f"leaves out the parameter {name!r}"


def _with_markup(texts: Catalog) -> Iterator[str]:
    for _context, text in sorted(_keys(texts)):
        if _MARKUP.search(text):
            yield f"{text!r} holds markup, which readers would see: keep it in the template"


def _unextractable(home: Home) -> Iterator[str]:
    for path in sorted(home.source.rglob("*.py")):
        if path == _WRAPPER or not all(_belongs(folder, home) for folder in _between(path, home.source)):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and not _is_literal_call(node):
                yield f"{path.relative_to(home.source.parent)}:{node.lineno}: the text must be a plain literal"


def _between(path: Path, top: Path) -> Iterator[Path]:
    yield from (folder for folder in path.parents if folder.is_relative_to(top))


def _is_literal_call(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        name = function.attr if function.value.id == "i18n" else ""
    else:
        name = function.id if isinstance(function, ast.Name) else ""
    if name not in _KEYWORDS:
        return True
    texts = call.args[: _MESSAGE_ARGUMENTS.get(name, 1)]
    return bool(texts) and all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)


def _empty(locale: str | None = None) -> Catalog:
    return Catalog(
        locale=locale,
        domain=i18n.DOMAIN,
        header_comment="# Texts of PRAHO. Kept in line with the code by `praho translations update`.",
        project="PRAHO",
        version="1",
        msgid_bugs_address="-",
        creation_date=_CREATED,
        revision_date=_CREATED,
        last_translator="PRAHO",
        language_team="PRAHO",
        fuzzy=False,
    )


def _keys(catalog: Catalog) -> dict[tuple[str, str], Message]:
    named = {}
    for message in catalog:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        if singular:
            named[(message.context or "", singular)] = message
    return named


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        pofile.write_po(stream, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)


@click.group("translations")
def commands() -> None:
    """Keep the translation catalogues in line with the code."""


@commands.command("extract")
def extract_command() -> None:
    """Write the template (messages.pot) of every home."""
    for home in homes():
        click.echo(write_template(home))


@commands.command("update")
def update_command() -> None:
    """Enter new texts into the catalogues and take unused ones out."""
    for home in homes():
        update(home)
        click.echo(f"{home.catalogues}: updated")


@commands.command("compile")
def compile_command() -> None:
    """Compile the catalogues (messages.mo)."""
    for home in homes():
        compile_all(home)
        click.echo(f"{home.catalogues}: compiled")


@commands.command("check")
def check_command() -> None:
    """Say what is missing, unused or wrong; fail if anything is."""
    found = [problem for home in homes() for problem in problems(home)]
    for problem in found:
        click.echo(problem)
    if found:
        raise click.ClickException(f"{len(found)} problems in the translation catalogues")
    click.echo("The translation catalogues are complete.")
