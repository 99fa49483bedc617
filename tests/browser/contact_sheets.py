"""Contact sheets: the pictures of one look side by side, for eyes to go over."""

from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw

_WIDTH = {"390": 300, "768": 380, "1440": 560}
_COLUMNS = {"390": 6, "768": 5, "1440": 3}
_TALLEST = 1500
_EACH = 18
_GAP = 12
_CAPTION = 18


def write(folder: Path) -> None:
    """Write the sheets of every visit's folder and `index.html`, which leads to them."""
    links = []
    for visit in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "sheets"):
        pictures = sorted(visit.glob("*.jpg"), key=lambda path: (_look(path), path.name))
        for look, group in groupby(pictures, _look):
            for number, part in enumerate(_parts(list(group)), 1):
                file = folder / "sheets" / f"{look}.{visit.name}.{number}.png"
                file.parent.mkdir(exist_ok=True)
                _sheet(part, look.partition("-")[0]).save(file, optimize=True)
                links.append(file.relative_to(folder))
    items = "".join(f'<li><a href="{escape(str(link))}">{escape(link.stem)}</a></li>' for link in sorted(links))
    (folder / "index.html").write_text(f"<!doctype html><title>PRAHO, every page</title><ul>{items}</ul>")


def _look(path: Path) -> str:
    return path.name.partition(".")[0]


def _parts(pictures: list[Path]) -> list[list[Path]]:
    return [pictures[start : start + _EACH] for start in range(0, len(pictures), _EACH)]


def _sheet(pictures: list[Path], width: str) -> Image.Image:
    """Return the pictures in columns, each under its name and put where there is most room."""
    columns = [0] * _COLUMNS[width]
    placed = []
    for path in pictures:
        small = _small(path, _WIDTH[width])
        column = columns.index(min(columns))
        placed.append((column, columns[column], path.stem.partition(".")[2], small))
        columns[column] += small.height + _CAPTION + _GAP
    sheet = Image.new("RGB", (len(columns) * (_WIDTH[width] + _GAP), max(columns)), "#888")
    draw = ImageDraw.Draw(sheet)
    for column, top, name, small in placed:
        left = column * (_WIDTH[width] + _GAP)
        draw.text((left + 2, top + 3), name, fill="white")
        sheet.paste(small, (left, top + _CAPTION))
    return sheet


def _small(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        height = picture.height * width // picture.width
        return (
            picture.convert("RGB")
            .resize((width, height), Image.Resampling.LANCZOS)
            .crop((0, 0, width, min(height, _TALLEST)))
        )
