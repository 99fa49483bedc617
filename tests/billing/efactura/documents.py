"""Changing the XML of a good invoice to see which rule notices."""

from pathlib import Path

from lxml import etree

from praho.billing.efactura import builder, ubl
from tests.billing import samples

EXAMPLES = Path(__file__).parent / "examples"


def invoice(document=None):
    """The root of a built invoice, a company's unless another document is given."""
    return etree.fromstring(builder.build(samples.document() if document is None else document))


def example(name):
    """The root of one of the good examples."""
    return etree.fromstring(EXAMPLES.joinpath("own", f"{name}.xml").read_bytes())


def find(root, path):
    """The first element at a path with the usual prefixes."""
    return root.find(path, ubl.PREFIXES)


def put(root, path, text):
    """Give the first element at the path another text."""
    find(root, path).text = text
    return root


def drop(root, path):
    """Take the first element at the path away."""
    node = find(root, path)
    node.getparent().remove(node)
    return root


def insert_after(root, path, name, text=None):
    """Add a `cbc:` or `cac:` element right behind the first one at the path and return it."""
    prefix, _, local = name.partition(":")
    node = etree.Element(f"{{{ubl.PREFIXES[prefix]}}}{local}")
    node.text = text
    find(root, path).addnext(node)
    return node


def child(node, name, text=None):
    """Add a `cbc:` or `cac:` element at the end of a node and return it."""
    prefix, _, local = name.partition(":")
    added = etree.SubElement(node, f"{{{ubl.PREFIXES[prefix]}}}{local}")
    added.text = text
    return added
