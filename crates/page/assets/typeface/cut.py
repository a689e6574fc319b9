"""Cuts the small typeface of the family's pages from the whole one: fewer letters and weights, the same shapes.

Run once for each new version of the package, and keep what it writes:
    npm pack @fontsource-variable/atkinson-hyperlegible-next   (version 5.3.0 was cut), unpack it
    pip install fonttools brotli
    python3 cut.py FOLDER/files
"""

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

NAME = "atkinson-hyperlegible-next-{}-wght-normal.woff2"
PUNCTUATION = [0xA0, 0xA3, 0xB7, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AC]
WELSH = [ord(letter) for letter in "ŵŷŴŶẁẃẅẀẂẄỳỲ"]
# what is written from the first page on, what Welsh adds, and the letters of other names
CUTS = [
    ("latin", "latin", [*range(0x20, 0x7F), *range(0xC0, 0x100), *PUNCTUATION]),
    ("welsh", "latin-ext", WELSH),
    ("more", "latin-ext", [letter for letter in range(0x100, 0x250) if letter not in WELSH]),
]


def cut(whole: Path, letters: list[int], to: Path) -> None:
    font = TTFont(whole)
    wanted = subset.Options()
    wanted.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk"]
    wanted.hinting, wanted.notdef_outline, wanted.glyph_names = False, False, False
    cutter = subset.Subsetter(wanted)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    with tempfile.NamedTemporaryFile(suffix=".ttf") as between:
        font.flavor = None
        font.save(between.name)
        font = instancer.instantiateVariableFont(TTFont(between.name), {"wght": (400, 750)})
        font.flavor = "woff2"
        font.save(to)


for name, source, letters in CUTS:
    cut(Path(sys.argv[1]) / NAME.format(source), letters, Path(__file__).with_name(f"{name}.woff2"))
