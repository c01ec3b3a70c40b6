"""Everything that can be checked without running a notebook: content, links of the chain, notebooks.

Each check returns problems as lines; `problems` gathers all of them. Leaves out what tests do:
outputs against a fresh run (nbval), pages (report tests), numbers against published ones.
"""

import ast
import io
import tokenize
from pathlib import Path

from . import annotate, notebooks, quantities, results, verdict, words
from .argument import argument, stems
from .claims import claims
from .content import ContentError, check_keys, data, load_yaml, nearest, root
from .evidence import accept_changes, evidence_problems
from .exercises import exercises
from .quantities import BASES
from .relations import relations
from .sources import source_problems, sources
from .texts import texts


def problems():
    """All problems of the repository's content, one line each, in the order of the chain."""
    found = []
    for check in (sources, texts, claims, relations, evidence_problems, chain_problems, text_problems, word_problems,
                  model_problems, notebook_problems, binder_problems):
        found += _problems_of(check)
    return list(dict.fromkeys(found))


def _problems_of(check, *arguments):
    try:
        result = check(*arguments)
    except ContentError as error:
        return list(error.problems)
    return result if isinstance(result, list) else []


def chain_problems():
    """Claims whose `says` names nothing; scenarios, exercises and results that do not fit their model."""
    found, known = [], stems()
    for claim in claims().values():
        for says in claim.says:
            where = f"data/claims/{claim.text}.yml: {claim.id.partition('.')[2]}: says"
            if says.argument not in known:
                found.append(f"{where}: no argument {says.argument!r}; {nearest(says.argument, known)}")
            else:
                found += verdict.says_problems(where, says, argument(says.argument))
    for stem in known:
        case = argument(stem)
        if len(_scenarios(case, found)) < 2:
            found.append(f"data/scenarios/{stem}: needs as_told and at least one other")
        if data("exercises", f"{stem}.yml").exists():
            found += _problems_of(exercises, case)
        found += _problems_of(results.differences, stem)
    return found


def _scenarios(case, found):
    try:
        return case.every_scenario()
    except ContentError as error:
        found += error.problems
        return [None, None]


def text_problems():
    """Digests whose spans name no claim; claims that no stored anchor finds; glossary entries without a pair."""
    found = []
    for one in texts().values():
        found += _problems_of(annotate.digest_problems, one.id)
        found += _problems_of(annotate.anchor_problems, one.id)
    for entry in load_yaml(data("glossary.yml")) or []:
        where = f"data/glossary.yml: {entry.get('term', '?')}"
        found += check_keys(where, entry, ("term", "zh-Hans", "zh-Hant", "original", "texts", "note"))
        found += [f"{where}: no text {key!r}" for key in entry.get("texts") or () if key not in texts()]
    return found


def word_problems():
    """What keeps a language from being complete, and characters without a glyph."""
    return [line for language in words.files() for line in words.problems(language)] + words.font_problems()


def model_problems():
    """Fields without label, unit, basis or source, or whose default or evidence lies outside the bounds."""
    found, every = [], sources()
    for stem in stems():
        model = argument(stem).model
        for name, spec in quantities.specs(model.Parameters).items():
            where = f"models/{stem}.py: {name}"
            found += [f"{where}: no {key}" for key in ("label", "basis", "source") if not getattr(spec, key)]
            if not spec.unit and spec.kind != "choice":
                found.append(f"{where}: no unit")
            if spec.basis not in BASES:
                found.append(f"{where}: basis {spec.basis!r}; {nearest(spec.basis, BASES)}")
            found += source_problems(where, spec.source, every)
            if spec.evidence:
                found += source_problems(where, spec.evidence_source, every)
                low, central, high = spec.evidence
                if not (spec.low <= low <= central <= high <= spec.high and spec.evidence_source):
                    found.append(f"{where}: evidence must be low <= central <= high within its bounds, with a source")
        for name, spec in quantities.specs(model.Headlines).items():
            found += [f"models/{stem}.py: {name}: no {key}" for key in ("label", "unit") if not getattr(spec, key)]
    return found


def notebook_problems():
    """Problems of the committed notebooks, and arguments that have none."""
    known, found = stems(), []
    there = {notebooks.stem(path) for path in notebooks.paths()}
    found += [f"notebooks: no notebook for the argument {stem!r}" for stem in known if stem not in there]
    for path in notebooks.paths():
        found += notebooks.problems(path, known)
    return found


def binder_problems():
    """Pins on Binder that differ from requirements.txt, its local line left out."""
    def pins(name):
        return [line for line in root().joinpath(name).read_text(encoding="utf-8").splitlines() if "==" in line]

    same = pins("requirements.txt") == pins("binder/requirements.txt")
    return [] if same else ["binder/requirements.txt: pins differ from requirements.txt; run `worked check --fix`"]


def fix():
    """Rewrite what is generated: results, notebooks' outputs, Binder's pins, the hashes of the evidence.

    Returns what changed, one line each.
    """
    changed = accept_changes() + [f"data/results/{stem}.csv" for stem in stems() if results.write(stem)]
    pinned = root().joinpath("requirements.txt").read_text(encoding="utf-8")
    lines = [line for line in pinned.splitlines() if "==" in line]
    binder = root().joinpath("binder", "requirements.txt")
    text = "\n".join(lines) + "\n"
    if binder.read_text(encoding="utf-8") != text:
        binder.write_text(text, encoding="utf-8")
        changed.append("binder/requirements.txt")
    return changed + [f"notebooks/{path.name}" for path in notebooks.paths() if notebooks.execute(path)]


def library_lines():
    """Lines of code in the library without models and mathematics; blanks, comments and docstrings do not count."""
    package = Path(__file__).parent
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
