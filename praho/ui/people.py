"""How people and companies are shown where there is no picture of them."""


def initials(name: object) -> str:
    """Return one or two capital letters for a name: `Ana-Maria Șerban` gives `AȘ`, an empty name `?`."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()
