"""The order of versions as Maven has it (https://maven.apache.org/pom.html#version-order-specification)."""

import functools
import itertools
import re

# Those that stand before the release itself, the release, and what mends it; others come after, in the order of their letters.
QUALIFIERS = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"]
SAME = {"cr": "rc", "final": "", "ga": "", "release": ""}
SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}
TOKEN = re.compile(r"([.\-_]?)(\d+|[^\d.\-_]+|(?=[.\-_])|$)")


def parts(version):
    """[(separator, number or qualifier)] without what says nothing; a change from digits to letters, or back, is as a hyphen."""
    words = [match.groups() for match in TOKEN.finditer(version.lower()) if match.group(0)]
    found = []
    for place, (separator, word) in enumerate(words):
        number = word.isdigit() or not word
        # 'a' is alpha where a number follows at once.
        if word in SHORT and place + 1 < len(words) and words[place + 1][0] == "" and words[place + 1][1].isdigit():
            word = SHORT[word]
        value = int(word or 0) if number else SAME.get(word, word)
        # Before a qualifier a point is as a hyphen.
        found.append(("." if isinstance(value, int) and separator == "." or not found else "-", value))
    return trimmed(found)


def trimmed(found):
    """Without zeros and the names of the release at the end, and before each hyphen: 1.0.0-final-2 is 1-2."""
    kept = []
    for separator, value in found:
        if separator == "-":
            while len(kept) > 0 and kept[-1][1] in (0, ""):
                kept.pop()
        kept.append((separator, value))
    while len(kept) > 0 and kept[-1][1] in (0, ""):
        kept.pop()
    return kept


def rank(part, beside):
    """What two parts at the same place are compared by; where one version has ended, it goes on with nothing."""
    separator, value = part if part is not None else (beside[0], 0 if beside[0] == "." and isinstance(beside[1], int) else "")
    if isinstance(value, int):
        return (2 if separator == "." else 1, value, "")
    known = QUALIFIERS.index(value) if value in QUALIFIERS else len(QUALIFIERS)
    return (0, known, value if known == len(QUALIFIERS) else "")


def compare(one, other):
    """Below 0 where {@code one} is before {@code other}, 0 where they are the same, above 0 where it is after."""
    for mine, theirs in itertools.zip_longest(parts(one), parts(other)):
        mine, theirs = rank(mine, theirs), rank(theirs, mine)
        if mine != theirs:
            return -1 if mine < theirs else 1
    return 0


KEY = functools.cmp_to_key(compare)
