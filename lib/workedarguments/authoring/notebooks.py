"""Notebooks as committed files: what they may hold, how they are executed and normalised.

A committed notebook is the essay as people meet it on a code-hosting page. It keeps text outputs,
figures and execution counts 1..n; it drops widget state, timings and machine paths. Leaves out:
comparing outputs with a fresh run, which nbval does.
"""

import ast
import base64
import os
import re
from functools import cache

import nbformat

from ..ground.errors import ContentError, nearest
from ..ground.files import read_text, relative, root, write_text
from ..pages.export import unconverted
from ..reasoning.argument import argument
from ..texts.claims import claims, ends_of

TAGS = ("parameters", "setup", "headline", "figure", "explore", "exercise", "solution", "instructor",
        "nbval-ignore-output")
PARAMETERS = 'scenario = "as_told"\noverrides = ""\nlanguage = "en"'
SETUP = 'import workedarguments as wa\n\ncase = wa.open("{stem}", scenario, overrides, language)'
MOST_CELL_LINES, MOST_LINES, MOST_WORDS, MOST_PICTURE = 10, 80, 1800, 60 * 1024
MOST_IGNORED = 0.10
WIDGET = "application/vnd.jupyter.widget-view+json"
UNLIVING = "Sliders: run this cell to move them."
LANGUAGE = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            # The whole of it but for versions: `nbconvert --to script` names its file by it.
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python",
                              "nbconvert_exporter": "python", "pygments_lexer": "ipython3"}}
VERDICT = re.compile(
    r"\b(holds|fails|proves|disproves|is (?:supported|refuted|true|false))\b(?!\s*(?:if|when|where|unless|as long))"
)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^()]*\)|<[^<>]*>|https?://\S+", re.DOTALL)


def paths():
    """The committed notebooks, in the order of their two-digit prefixes."""
    return sorted(root().joinpath("notebooks").glob("*.ipynb"))


def stem(path):
    """The part of a notebook's name after its two digits: the argument's, where there is one."""
    return path.stem.partition("_")[2]


def read(path):
    """The notebook as nbformat reads it; ContentError with its name if it is none."""
    try:
        notebook = nbformat.reads(read_text(path), as_version=4)
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise ContentError(f"{relative(path)}: not a valid notebook ({str(error).splitlines()[0]})") from None
    except (nbformat.reader.NotJSONError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, ContentError):
            raise
        raise ContentError(f"{relative(path)}: not a notebook") from None
    return notebook


def tags(cell):
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def prose(cell):
    """The words of a Markdown cell, without code, formulas, links and markup."""
    return NOT_PROSE.sub(" ", cell.source)


@cache
def stated_numbers():
    """Numbers that a text states, which prose may repeat: from the quantities of all claims."""
    return {float(end) for claim in claims().values() for quantity in claim.quantity for end in ends_of(quantity)}


def typed_numbers(text):
    """Numbers in prose that neither a text states nor counting needs: they should be bound to a result."""
    found = [float(match.replace(",", "")) for match in NUMBER.findall(text)]
    return [n for n in found if not (n in stated_numbers() or (n == int(n) and (n <= 12 or 1900 <= n <= 2100)))]


def problems(path, stems):
    """Everything that is wrong with a committed notebook, at once; `stems` are the known arguments."""
    where, notebook = relative(path), read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = []
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", path.stem):
        found.append(f"{where}: name must be two digits, an underscore and a stem")
    if stem(path) in stems:
        found += _frame_problems(where, code, stem(path))
    elif not path.stem.startswith(("0", "9")):
        found.append(f"{where}: no argument {stem(path)!r}; {nearest(stem(path), stems)}")
    question = argument(stem(path)).question if stem(path) in stems else ""
    for position, cell in enumerate(notebook.cells, 1):
        at = f"{where} cell {position}"
        found += [f"{at}: unknown tag {tag!r}; {nearest(tag, TAGS)}" for tag in tags(cell) if tag not in TAGS]
        found += _code_problems(at, cell) if cell.cell_type == "code" else _prose_problems(at, cell, question)
    pairs = zip(notebook.cells, notebook.cells[1:], strict=False)
    for position, (one, other) in enumerate(pairs, 1):
        if one.cell_type == other.cell_type == "code" and "parameters" not in tags(one):
            found.append(f"{where} cell {position}: two code cells without prose between them")
    lines = sum(len(_lines(cell)) for cell in code)
    if lines > MOST_LINES:
        found.append(f"{where}: {lines} lines of code; {MOST_LINES} at most")
    words = sum(len(prose(cell).split()) for cell in notebook.cells if cell.cell_type == "markdown")
    if words > MOST_WORDS:
        found.append(f"{where}: {words} words of prose; {MOST_WORDS} at most")
    ignored = [cell for cell in code if "nbval-ignore-output" in tags(cell)]
    if len(ignored) > max(1, MOST_IGNORED * len(code)):
        found.append(f"{where}: {len(ignored)} of {len(code)} cells are not compared; a tenth at most")
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append(f"{where}: execution counts are not 1..{len(code)}; run `worked check --fix`")
    if normalise(nbformat.from_dict(notebook)) != read(path):
        found.append(f"{where}: not normalised; run `worked check --fix`")
    return found


def _frame_problems(where, code, name):
    if len(code) < 2 or code[0].source != PARAMETERS or tags(code[0]) != ["parameters"]:
        return [f"{where}: the first code cell must be tagged parameters and read\n{PARAMETERS}"]
    if code[1].source != SETUP.format(stem=name) or tags(code[1]) != ["setup"]:
        return [f"{where}: the second code cell must be tagged setup and read\n{SETUP.format(stem=name)}"]
    return []


def _lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def _code_problems(at, cell):
    found = []
    if len(_lines(cell)) > MOST_CELL_LINES:
        found.append(f"{at}: {len(_lines(cell))} lines; {MOST_CELL_LINES} at most")
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        return [*found, f"{at}: not plain Python ({error.msg}); magics do not fail in a regression test"]
    if "exercise" not in tags(cell):
        found += [
            f"{at}: defines {node.name!r}; functions live in the library"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        ]
    calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    if "print" in calls:
        found.append(f"{at}: print; the last expression is the output")
    if "nbval-ignore-output" in tags(cell) and not cell.metadata.get("reason"):
        found.append(f"{at}: output is not compared, and metadata.reason does not say why")
    silent = {"parameters", "setup"} & set(tags(cell))
    if not cell.outputs and not silent and not isinstance(tree.body[-1] if tree.body else None, ast.Assign):
        found.append(f"{at}: no output is stored, so nothing would be compared")
    for output in cell.outputs:
        if output.output_type in ("error", "stream"):
            found.append(f"{at}: stored {output.output_type}: {str(output.get('text', output.get('evalue')))[:60]!r}")
        bundle = output.get("data", {})
        found += [f"{at}: machine path in an output" for text in bundle.values() if str(root()) in str(text)]
        for kind in ("image/png", "image/jpeg", "image/svg+xml"):
            if kind in bundle:
                found += _picture_problems(at, kind, bundle, output.metadata)
    return found


def _picture_problems(at, kind, bundle, metadata):
    alt, found = metadata.get(kind, {}).get("alt", ""), []
    if kind != "image/png":
        found.append(f"{at}: {kind} output; figures are PNG")
    if len(alt) < 30:
        found.append(f"{at}: picture without alt text of 30 characters")
    if alt and alt not in bundle.get("text/plain", ""):
        found.append(f"{at}: the alt text of the picture is not the one in its text output")
    if "Plots:" not in bundle.get("text/plain", ""):
        found.append(f"{at}: picture without a digest of what it plots; use workedarguments.figures")
    if kind == "image/png" and len(base64.b64decode(bundle[kind])) > MOST_PICTURE:
        found.append(f"{at}: picture of {len(base64.b64decode(bundle[kind])) // 1024} KiB; 60 at most")
    return found


def _prose_problems(at, cell, question):
    text = prose(cell).replace(question, "") if question else prose(cell)  # its numbers are the model's to state
    found = [f"{at}: formula that no page can show: {formula}" for formula in unconverted(cell.source)]
    found += [f"{at}: number {n:g} typed in prose; bind it with case.say(...)" for n in typed_numbers(text)]
    found += [
        f"{at}: a verdict typed by hand: {match.group(0)!r}; show case.verdict(...) instead"
        for match in VERDICT.finditer(text)
        if not text[match.end():].split(".")[0].rstrip().endswith("?")
    ]
    return found


def normalise(notebook):
    """The notebook as it is committed: counts renumbered, widget state, timings and versions dropped."""
    notebook.metadata = nbformat.from_dict(LANGUAGE)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        cell.execution_count = count
        kept = []
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
            if WIDGET in output.get("data", {}):
                output.data = nbformat.from_dict({"text/plain": UNLIVING})
                output.metadata = nbformat.from_dict({})
            kept.append(output)
        cell.outputs = kept
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in ("tags", "reason") if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
        cell.source = cell.source.strip("\n")
    return notebook


def execute(path):
    """Run a notebook and write it back normalised; True if that changed the file. ContentError, and nothing written, if
    one of its cells does not run.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    before = read_text(path)
    notebook = read(path)
    with_threads = {"OMP_NUM_THREADS": "1", "WORKEDARGUMENTS_ROOT": str(root())}
    # A kernel's own messages, on its connections, are nobody's business here.
    quiet = ["--IPKernelApp.log_level=CRITICAL"]
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", record_timing=False, extra_arguments=quiet)
    try:
        client.execute(env={**os.environ, **with_threads})
    except CellExecutionError as error:
        raise ContentError(f"notebooks/{path.name}: does not run: {error.ename}: {error.evalue}") from None
    after = nbformat.writes(normalise(notebook)) + "\n"
    if after != before:
        write_text(path, after)
    return after != before
