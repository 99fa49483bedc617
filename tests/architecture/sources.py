"""The repository's own files, parsed once, for the tests that hold its rules."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PYTHON_ROOTS = ("praho", "plugins", "tests", "deploy", "benchmarks")
_NOT_OURS = {"node_modules", "build", "dist", ".venv", "__pycache__"}


@functools.cache
def files(suffix: str, *roots: str) -> tuple[Path, ...]:
    """All files of the folders `roots` with this suffix, relative to the repository."""
    found = (path for root in roots for path in (ROOT / root).rglob(f"*{suffix}"))
    relative = (path.relative_to(ROOT) for path in found if path.is_file())
    return tuple(sorted(path for path in relative if not _NOT_OURS.intersection(path.parts)))


def modules(*roots: str) -> tuple[Path, ...]:
    """All Python files of the folders, or of everything that is held to the rules."""
    named = [ROOT / "wsgi.py"] if not roots and (ROOT / "wsgi.py").exists() else []
    return (*files(".py", *(roots or _PYTHON_ROOTS)), *(path.relative_to(ROOT) for path in named))


def templates() -> tuple[Path, ...]:
    """Everything that Jinja or typst renders."""
    suffixes = (".html", ".txt", ".xml", ".typ")
    found = (path for suffix in suffixes for path in files(suffix, "praho", "plugins"))
    return tuple(path for path in found if "templates" in path.parts)


@functools.cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node


@functools.cache
def imported_names(path: Path) -> dict[str, str]:
    """Local name → full dotted name, for every import of the module: `{"text": "sqlalchemy.text"}`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {
                alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0]
                for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def full_name(path: Path, node: ast.expr) -> str:
    """The dotted name behind an expression, with the module's imports resolved; "" for anything but names."""
    if isinstance(node, ast.Name):
        return imported_names(path).get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        left = full_name(path, node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def place(path: Path, node: ast.AST) -> str:
    """`file:line`, for the list that a failing test shows."""
    return f"{path}:{getattr(node, 'lineno', 0)}"


@functools.cache
def imported_modules(path: Path) -> frozenset[str]:
    """Every module that the file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module)
    return frozenset(found)
