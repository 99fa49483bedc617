"""Reads which CSS classes the templates and forms use, and which ones the stylesheet has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
STYLESHEET = ROOT / "praho/ui/static/praho.css"
FOLDERS = ("praho", "plugins", "tests/ui")

# Stands where an expression writes a part of a class.
HOLE = "\0"
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_LITERAL = re.compile(r'([=!]= )?"([^"]*)"')
_CLASS_TABLE = re.compile(r"set \w+_CLASSES = \{(.*?)\}", re.DOTALL)
_SELECTOR = re.compile(r"\.((?:\\[0-9a-f]{1,6} |\\.|[-\w\u0080-\uffff])+)")


def built() -> set[str]:
    """Return every class that a selector of the committed stylesheet names."""
    css = re.sub(r'"[^"]*"|url\([^)]*\)', "", STYLESHEET.read_text())
    return {_unescaped(name) for name in _SELECTOR.findall(css)}


def templates() -> list[Path]:
    """Return every HTML template of the house, its plugins and the demo.

    Mails have no stylesheet; a program beside the house, such as a sandbox's outside world, has its own.
    """
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html"))
    return sorted(path for path in found if not {"node_modules", "email", "world"} & set(path.parts))


def modules() -> list[Path]:
    """Return every module that may hand a class to a form field."""
    return sorted(path for folder in FOLDERS[:2] for path in (ROOT / folder).rglob("*.py"))


def in_template(source: str) -> set[str]:
    """Return the classes of a template; a `HOLE` stands where an expression writes a part of one."""
    used: set[str] = set()
    for value in _class_attributes(source):
        plain = _TAGS.sub(" ", value)
        for expression in _EXPRESSION.finditer(plain):
            # What touches the expression is a part of the same class: `tone-{{ "info" if … }}` is `tone-info`.
            before = re.split(r"\s|\}\}", plain[: expression.start()])[-1]
            after = re.split(r"\s|\{\{", plain[expression.end() :])[0]
            for compared, literal in _LITERAL.findall(expression[1]):
                used.update([] if compared else (before + literal + after).split())
        used.update(_EXPRESSION.sub(HOLE, plain).split())
    for table in _CLASS_TABLE.findall(source):
        for entry in re.findall(r':\s*"([^"]*)"', table):
            used.update(entry.split())
    return {name for name in used if name.strip(HOLE)}


def in_module(source: str) -> set[str]:
    """Return the classes that a module names in `{"class": …}` or `class_=…`."""
    used: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        values: list[ast.expr] = []
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            values = [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "class"]
        elif isinstance(node, ast.keyword) and node.arg == "class_":
            values = [node.value]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                used.update(value.value.split())
    return used


def missing(used: set[str], names: set[str]) -> set[str]:
    """Return what is used and not built; a class with a `HOLE` is built where any class fits it."""
    return {name for name in used if name not in names and not (HOLE in name and _fits(name, names))}


def _fits(name: str, names: set[str]) -> bool:
    pattern = re.compile(".+".join(re.escape(part) for part in name.split(HOLE)).replace(".+.+", ".+"))
    return any(pattern.fullmatch(candidate) for candidate in names)


def _class_attributes(source: str) -> Iterator[str]:
    for start in re.finditer(r'\bclass="', source):
        depth, position = 0, start.end()
        while position < len(source):
            pair = source[position : position + 2]
            if pair in ("{{", "{%", "{#"):
                depth += 1
            elif pair in ("}}", "%}", "#}"):
                depth -= 1
            elif source[position] == '"' and depth == 0:
                break
            position += 1
        yield source[start.end() : position]


def _unescaped(name: str) -> str:
    name = re.sub(r"\\([0-9a-f]{1,6}) ", lambda found: chr(int(found[1], 16)), name)
    return re.sub(r"\\(.)", r"\1", name)
