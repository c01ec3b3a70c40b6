"""Everything that can be checked without running a notebook: content, links of the chain, notebooks.

Each check returns problems as lines; `problems` gathers all of them. Leaves out what tests do:
outputs against a fresh run (nbval), pages (report tests), numbers against published ones.
"""

import ast
import io
import tokenize
from pathlib import Path

from ..ground import quantities
from ..ground.declared import Place
from ..ground.errors import ContentError, nearest
from ..ground.files import data, read_text, relative, root, write_text
from ..ground.quantities import BASES
from ..models import model, stems
from ..pages.cards import card_problems
from ..reasoning import judging, results
from ..reasoning.evidence import accept_changes, evidence_problems
from ..reasoning.exercises import read_exercises
from ..reasoning.ranges import range_problems
from ..reasoning.scenarios import AS_TOLD, read_scenarios
from ..texts import copies, digests, silent, words
from ..texts.claims import glossary_problems, read_claims
from ..texts.relations import read_relations
from ..texts.sources import key_of_source, read_sources
from ..texts.texts import read_texts
from . import fonts, keys, notebooks


def problems():
    """All problems of the repository's content, one line each, in the order of the chain; one hides no other."""
    found = []
    for read in (read_texts, read_sources, read_claims, read_relations):
        found += read().problems
    for check in (evidence_problems, chain_problems, text_problems, word_problems, model_problems, card_problems,
                  notebook_problems, binder_problems, keys.problems):
        found += _problems_of(check)
    return list(dict.fromkeys(found))


def _problems_of(check, *arguments):
    try:
        return check(*arguments)
    except ContentError as error:
        return list(error.problems)


def chain_problems():
    """Claims whose `says` names nothing; scenarios, exercises and results that do not fit their model."""
    found = []
    for claim in read_claims().found.values():
        for says in claim.says:
            where = f"data/claims/{claim.text}.yml: {claim.id.partition('.')[2]}: says"
            found += judging.says_problems(where, says)
    for stem in stems():
        scenarios = read_scenarios(stem, model(stem).Parameters)
        found += scenarios.problems
        if AS_TOLD not in scenarios.names() or len(scenarios.names()) < 2:
            found.append(f"data/scenarios/{stem}: needs as_told and at least one other")
        if data("exercises", f"{stem}.yml").exists():
            found += read_exercises(stem).problems
        found += _problems_of(results.differences, stem)
    return found + _strays()


def _strays():
    """Folders and files that belong to no argument or text, as a misspelt name leaves them."""
    known = stems()
    there = [path for path in data("scenarios").iterdir() if path.is_dir()]
    there += [path for kind in ("exercises", "results") for path in data(kind).glob("*.*")]
    return [
        f"{relative(path)}: no argument {path.stem!r}; {nearest(path.stem, known)}"
        for path in sorted(there)
        if path.stem not in known
    ]


def text_problems():
    """Digests whose spans name no claim; claims that no stored anchor finds; sentences that are in no claim and not
    listed; glossary entries without a pair.
    """
    found = []
    for key in sorted(read_texts().names()):
        found += _problems_of(digests.digest_problems, key)
        found += _problems_of(copies.anchor_problems, key)
        found += _problems_of(silent.silent_problems, key)
    return found + _problems_of(glossary_problems)


def word_problems():
    """What keeps a language from being complete, and characters without a glyph."""
    found = [line for language in words.files() for line in words.problems(language)]
    return found + _problems_of(words.spacing_problems) + _problems_of(fonts.problems)


def model_problems():
    """Fields without label, unit, basis or source, and ranges that their rows or their bounds do not bear."""
    found, source = [], key_of_source()
    for stem in stems():
        made = model(stem)
        for name, spec in quantities.specs(made.Parameters).items():
            where = f"models/{stem}.py: {name}"
            found += [f"{where}: no {key}" for key in ("label", "basis", "source") if not getattr(spec, key)]
            if not spec.unit and spec.kind != "choice":
                found.append(f"{where}: no unit")
            if spec.basis not in BASES:
                found.append(f"{where}: basis {spec.basis!r}; {nearest(spec.basis, BASES)}")
            found += source.problems(spec.source, Place(where)) if spec.source else []
        for name, spec in quantities.specs(made.Headlines).items():
            found += [f"models/{stem}.py: {name}: no {key}" for key in ("label", "unit") if not getattr(spec, key)]
        found += range_problems(stem)
    strays = [path for path in data("ranges").glob("*.yml") if path.stem not in stems()]
    return found + [f"{relative(path)}: {nearest(path.stem, stems())}; no such argument" for path in strays]


def notebook_problems():
    """Problems of the committed notebooks, and arguments that have none."""
    known, found = stems(), []
    there = {notebooks.stem(path) for path in notebooks.paths()}
    found += [f"notebooks: no notebook for the argument {stem!r}" for stem in known if stem not in there]
    for path in notebooks.paths():
        found += _problems_of(notebooks.problems, path, known)
    return found


def binder_problems():
    """Pins on Binder that differ from requirements.txt, its local line left out."""
    def pins(name):
        return [line for line in read_text(root() / name).splitlines() if "==" in line]

    same = pins("requirements.txt") == pins("binder/requirements.txt")
    return [] if same else ["binder/requirements.txt: pins differ from requirements.txt; run `worked check --fix`"]


def fix():
    """Rewrite what is generated: results, notebooks' outputs, Binder's pins, tables of keys, hashes of evidence.

    Returns what changed, one line each.
    """
    changed = accept_changes() + [f"data/results/{stem}.csv" for stem in stems() if results.write(stem)]
    text = "\n".join(line for line in read_text(root() / "requirements.txt").splitlines() if "==" in line) + "\n"
    binder = root() / "binder" / "requirements.txt"
    if read_text(binder) != text:
        write_text(binder, text)
        changed.append("binder/requirements.txt")
    if keys.write():
        changed.append(keys.WHERE)
    return changed + [f"notebooks/{path.name}" for path in notebooks.paths() if notebooks.execute(path)]


def library_lines():
    """Lines of code in the library without models and mathematics; blanks, comments and docstrings do not count."""
    package = Path(__file__).parents[1]
    files = [path for path in package.rglob("*.py") if not {"models", "maths"} & set(path.parts[len(package.parts):])]
    return sum(len(_code_lines(path.read_text(encoding="utf-8"))) for path in files)


def _code_lines(source):
    silent = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in silent]
    lines = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return lines
