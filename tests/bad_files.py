"""Bad files, made from the declarations of what good ones hold: a list of changes to one committed file of each kind.

A case names the file, says what was done to it, and gives its bytes. Nothing here is written by hand for one key:
a new key is tried as soon as it is declared.
"""

from dataclasses import dataclass, field
from functools import partial, singledispatch
from pathlib import Path

import yaml
from workedarguments.authoring import checks  # noqa: F401 - loads every room, and with it every declaration
from workedarguments.ground import declared
from workedarguments.ground.files import data, read_json, root
from workedarguments.ground.strict_yaml import load_yaml


@dataclass(frozen=True)
class Case:
    """One bad file: its path from the root, what is wrong with it, the key that is wrong (or "") and where that is.

    Its bytes are made when somebody asks for them: of hundreds of cases most runs read a few.
    """

    file: str
    what: str
    key: str
    write: object = field(compare=False)
    place: tuple = ()

    @property
    def content(self):
        return self.write()

    def __str__(self):
        return f"{self.file}: {self.key} {self.what}"


MISSING = object()


@singledispatch
def wrong_values(kind):
    """Values that are not of a kind, by words that say what is wrong."""
    raise NotImplementedError(type(kind).__name__)


@wrong_values.register
def _(kind: declared.Text):
    return {"a number": 5, "a list": ["x"], "a mapping": {"x": "y"}, "true": True, "too long": "x" * (kind.most + 1),
            "a bell": "ring \a", "turned round": "abc\u202edef", "blank": "   "}


@wrong_values.register
def _(kind: declared.Pattern):
    return {"a number": 5, "a list": ["x"], "another form": "?!", "nothing": " "}


@wrong_values.register
def _(kind: declared.Number):
    found = {"a word": "many", "per cent": "5%", "a list": [1], "true": True, "not a number": float("nan"),
             "infinite": float("inf"), "a date": "2025-01-01"}
    if kind.low > float("-inf"):
        found["too low"] = kind.low - 1
    if kind.high < float("inf"):
        found["too high"] = kind.high + 1
    return found | ({"a half": kind.low + 0.5 if kind.low > float("-inf") else 0.5} if kind.whole else {})


@wrong_values.register
def _(kind: declared.Flag):
    return {"a word": "yes", "a number": 1, "a list": [True]}


@wrong_values.register
def _(kind: declared.Plain):
    return {"a list": [1], "a bell": "ring \a", "infinite": float("inf")}


@wrong_values.register
def _(kind: declared.Date):
    return {"a number": 2025, "words": "last week", "month 13": "2025-13", "no zero": "2025-1", "a list": ["2025"],
            "three": "2025/2026/2027"}


@wrong_values.register
def _(kind: declared.Address):
    return {"a script": "javascript:alert(1)", "data": "data:text/html,x", "a file": "file:///etc/passwd", "words": "see there",
            "no host": "https://", "a blank": "https://a b.org/", "a quote": 'https://a.org/"onload="x', "a number": 5}


@wrong_values.register
def _(kind: declared.OneOf):
    return {"misspelt": f"{next(iter(kind.options))}x", "a number": 77, "a list": list(kind.options)[:1], "true": True}


@wrong_values.register
def _(kind: declared.KeyOf):
    return {"of nothing": "no-such-key-anywhere", "a number": 5, "a list": ["x"], "blank": " "}


@wrong_values.register
def _(kind: declared.Name):
    return {"with blanks": "two words", "a path": "../x", "reserved": "index", "a device": "con", "a number": 5,
            "shouted": "NAME", "markup": "<b>", "too long": "a" * 200}


@wrong_values.register
def _(kind: declared.ListOf):
    found = {"a word": "x", "a mapping": {"x": 1}, "a number": 3}
    return found | ({"empty": []} if kind.least else {}) | ({"one more": [1] * (kind.most + 1)} if kind.most < 10 else {})


@wrong_values.register
def _(kind: declared.MappingOf):
    return {"a word": "x", "a list": ["x"], "a number": 3}


@wrong_values.register
def _(kind: declared.Record):
    return {"a word": "x", "a list": ["x"], "a number": 3}


@wrong_values.register
def _(kind: declared.Either):
    shared = set(wrong_values(kind.one)) & set(wrong_values(kind.other))
    return {what: value for what, value in wrong_values(kind.one).items() if what in shared and not kind.allows(value)}


def changed(content, path, value):
    """A copy of nested content with the value at a path replaced, taken away or added."""
    if not path:
        return value
    first, *rest = path
    if isinstance(content, list):
        return [changed(one, rest, value) if n == first else one for n, one in enumerate(content)]
    found = dict(content)
    if not rest and value is MISSING:
        found.pop(first, None)
    else:
        found[first] = changed(found.get(first, {}), rest, value)
    return found


def places(kind, content, path=()):
    """(path, kind) of every value of some content, each declared key once."""
    yield path, kind
    if isinstance(kind, declared.Either):
        for one in (kind.one, kind.other):
            if isinstance(one, declared.Record | declared.MappingOf) and isinstance(content, dict):
                yield from list(places(one, content, path))[1:]
    elif isinstance(kind, declared.Record):
        for key, one in kind.keys.items():
            if isinstance(content, dict) and content.get(key) is not None:
                yield from places(one.kind, content[key], (*path, key))
    elif isinstance(kind, declared.ListOf | declared.MappingOf) and content:
        # The entry that has most keys shows most kinds.
        entries = enumerate(content) if isinstance(kind, declared.ListOf) else content.items()
        at, one = max(entries, key=lambda pair: len(pair[1]) if isinstance(pair[1], dict) else 0)
        yield from places(kind.kind, one, (*path, at))


def key_cases(file, kind, content, write):
    """Cases in which one key is of the wrong type, out of bounds, missing or not known."""
    for path, here in places(kind, content):
        key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        for what, value in wrong_values(here).items() if path else ():
            yield Case(file, what, key, partial(_written, write, content, path, value), path)
        if isinstance(here, declared.Record):
            for name, one in here.keys.items():
                if one.required:
                    place = (*path, name)
                    yield Case(file, "missing", name, partial(_written, write, content, place, MISSING), place)
            extra = f"{next(iter(here.keys))}s"
            place = (*path, extra)
            yield Case(file, "misspelt key", extra, partial(_written, write, content, place, "x"), place)
        elif isinstance(here, declared.MappingOf) and not here.keys.allows("Two Words!\a"):
            place = (*path, "Two Words!\a")
            yield Case(file, "a key of another form", "", partial(_written, write, content, place, "x"), place)


def _written(write, content, path, value):
    return write(changed(content, path, value))


def whole_cases(file, raw, suffix):
    """Cases in which the file itself is broken."""
    bad = {
        "not UTF-8": b"title: \xff\xfe\xfa" + raw,
        "UTF-16": raw.decode().encode("utf-16"),
        "Latin-1": "name: caf\u00e9".encode("latin-1"),
        "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "a NUL": raw[:20] + b"\0" + raw[20:],
        "empty": b"",
        "only blanks": b"  \n \n",
    }
    if suffix in (".yml", ".json"):
        bad |= {
            "nested too deep": b"a: " + b"[" * 5_000 + b"]" * 5_000 if suffix == ".yml" else b"[" * 50_000 + b"]" * 50_000,
            "a word": b"just words\n" if suffix == ".yml" else b'"word"',
            "a number": b"5\n",
            "not closed": raw + (b"\nx: [1, 2\n" if suffix == ".yml" else b"["),
        }
    if suffix == ".yml":
        bad |= {
            "deep blocks": b"- " * 3_000 + b"x\n",
            "a tab": b"a:\n\t- x\n",
            "twice": b"a: 1\na: 2\n",
            "an alias": b"a: &x [1]\nb: *x\n",
            "a loop": b"a: &x [*x]\n",
            "laughs": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "an object": b"a: !!python/object/apply:os.getcwd []\n",
            "a false tag": b"a: !!int x\n",
            "a list as key": b"? [a]\n: b\n",
            "two documents": raw + b"\n---\nb: 2\n",
        }
    return [Case(file, what, "", partial(bytes, content)) for what, content in bad.items()]


def example(pattern):
    """The committed file of a kind in which most keys stand."""
    names = pattern.removeprefix("data/")
    for part in ("<text>", "<argument>", "<scenario>", "<series>", "<language>"):
        names = names.replace(part, "*")
    return max(data().glob(names), key=lambda path: len(path.read_bytes()))


def dumped(content):
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()


def as_json(content):
    import json

    return json.dumps(content).encode()


def plain(content):
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    return [plain(one) for one in content] if isinstance(content, list) else content


def cases():
    """Every bad file, kind by kind."""
    found = []
    for one in declared.FILES.values():
        path = example(one.pattern)
        file, suffix = path.relative_to(root()).as_posix(), path.suffix
        content = read_json(path) if suffix == ".json" else plain(load_yaml(path))
        found += key_cases(file, one.kind, content, as_json if suffix == ".json" else dumped)
        found += whole_cases(file, path.read_bytes(), suffix)
    for file in ("data/texts/casado/digest.md", "data/evidence/railways.csv", "data/results/ten_to_two.csv",
                 "notebooks/10_ten_to_two.ipynb"):
        path = root() / file
        found += [case for case in whole_cases(file, path.read_bytes(), ".json" if path.suffix == ".ipynb" else path.suffix)
                  if not (path.suffix == ".md" and case.what in ("empty", "only blanks"))]
    return found + table_cases("data/evidence/railways.csv") + table_cases("data/results/ten_to_two.csv")


def table_cases(file):
    """Cases of a CSV file that is no table, or not the one that is expected."""
    raw = (root() / file).read_bytes()
    head, _, rest = raw.partition(b"\n")
    first, _, others = rest.partition(b"\n")
    bad = {
        "a cell more": head + b"\n" + first + b",x\n" + others,
        "a cell less": head + b"\n" + first.rpartition(b",")[0] + b"\n" + others,
        "a quote that never ends": head + b'\n"' + first + b"\n" + others,
        "no head": rest,
        "a column twice": head + b"," + head.split(b",")[0] + b"\n" + rest,
        "a column without name": head + b",\n" + rest.replace(b"\n", b",\n"),
        "semicolons": raw.replace(b",", b";"),
        "a row twice": head + b"\n" + first + b"\n" + rest,
        "words for numbers": head + b"\n" + rest.replace(b"1", b"one"),
    }
    return [Case(file, what, "", partial(bytes, content)) for what, content in bad.items()]


def harmless(path):
    """The same file as other editors save it: with a byte order mark, with the ends of lines of other systems."""
    raw = Path(path).read_bytes()
    return {"byte order mark": b"\xef\xbb\xbf" + raw, "CRLF": raw.replace(b"\n", b"\r\n"), "CR": raw.replace(b"\n", b"\r")}
