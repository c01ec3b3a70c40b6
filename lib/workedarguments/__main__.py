"""The command `worked`: the same from any folder inside the repository. `worked --help` lists its verbs.

Exit status 0 when all is well, 1 when content is wrong or a check fails, 2 when the call is.
"""

import argparse
import json
import signal
import sys
import textwrap
from pathlib import Path

from .ground import output, quantities
from .ground.errors import ContentError, known
from .ground.files import local, relative, root, write_for
from .ground.numbers import plain
from .models import stems
from .pages.workers import LIMIT
from .reasoning import results as recorded
from .reasoning.judging import tests_of
from .reasoning.verdict import DRAWS
from .showing import exports
from .showing.case import open_case
from .showing.reading import text
from .showing.tables import show
from .texts.claims import claims
from .texts.copies import make_anchors, write_numbered

WIDTH = 78  # characters of a line of `--help`


def write_json(value):
    """Print strict JSON."""
    print(output.fitted(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False)))


def list_arguments(options):
    """Arguments, their scenarios and claims."""
    every = [(stem, open_case(stem)) for stem in stems()]
    if options.json:
        write_json({
            "schema": "workedarguments/list-1",
            "arguments": {
                stem: {
                    "question": case.question,
                    "scenarios": {one.name: one.title for one in case.every_scenario()},
                    "claims": list(case.every_claim()),
                }
                for stem, case in every
            },
        })
        return 0
    for stem, case in every:
        print(f"{stem}: {case.question}")
        print(f"  scenarios: {', '.join(s.name for s in case.every_scenario())}")
        print(f"  claims: {', '.join(case.every_claim())}")
    return 0


def show_argument(options):
    """What an argument is about: claims, assumptions, verdicts, scenarios."""
    case = open_case(options.stem, options.scenario)
    if options.json:
        tables = {"claims": case.claims(), "assumptions": case.table(), "verdicts": case.verdicts().reset_index(),
                  "scenarios": case.scenarios()}
        write_json({
            "schema": "workedarguments/show-1",
            "argument": options.stem,
            "scenario": options.scenario,
            "question": case.question,
            **{name: table.to_dict("records" if name == "verdicts" else "index") for name, table in tables.items()},
        })
        return 0
    print(f"{case.question}\n{case.scenario.title}: {case.scenario.who}. {case.scenario.why}\n")
    print(show(case.claims()[["speaker", "hedge", "says"]], "What the texts say"), "\n")
    print(show(case.table().drop(columns="assumption"), "Assumptions"), "\n")
    print(show(case.verdicts(), "Verdicts in this scenario"), "\n")
    print(show(case.scenarios()[["title", "who", "changes"]], "Scenarios"))
    return 0


def solve(options):
    """Assumptions with basis and source, headlines with units."""
    changes = quantities.parse_overrides(", ".join(options.set), "--set") if all(map(str.strip, options.set)) else None
    if changes is None:
        raise ContentError("--set: is empty; write name=value, such as hard_share=0.3")
    case = open_case(options.stem, options.scenario, changes)
    if not options.json:
        print(show(case.table().drop(columns="assumption"), f"{options.stem}, {options.scenario}: assumptions"), "\n")
        table = case.headlines()
        why = table.pop("why no number") if "why no number" in table else {}
        note = "\n".join(f"{name}: no number, for {reason}" for name, reason in why.items() if reason)
        print(show(table, "Headlines", note))
        print(f"Assumed, by measurement of nobody and statement of no text: {case.assumed_share():.0%} of the inputs")
        return 0
    inputs, answers = (quantities.specs(cls) for cls in (case.model.Parameters, case.model.Headlines))
    tested = {name: [] for name in answers}
    for claim in case.every_claim().values():
        for says in tests_of(case, claim):
            if claim.id not in tested.get(says.target, [claim.id]):
                tested[says.target].append(claim.id)
    write_json({
        "schema": "workedarguments/solve-2",
        "argument": options.stem,
        "scenario": options.scenario,
        "overrides": changes,
        "parameters": {
            name: {"value": value, "unit": inputs[name].unit}
            | dict(zip(("basis", "source"), case.basis(name), strict=True))
            for name, value in quantities.values(case.parameters).items()
        },
        "assumed_share": case.assumed_share(),
        "headlines": {
            name: {"value": float(value), "unit": answers[name].unit, "claims": tested[name]}
            | ({"undefined": why} if (why := case.why_undefined(name, value)) else {})
            for name, value in quantities.values(case.solve()).items()
        },
    })
    return 0


def verdict(options):
    """What becomes of a claim, or of every claim of an argument."""
    if "." in options.about:
        every = claims()
        claim = every[known(options.about, every, "claim", "data/claims")]
        wanted = [(says.argument, claim.id) for says in claim.says]
        if not wanted:
            raise ContentError(f"claim {claim.id}: says nothing that the kit computes")
    else:
        wanted = [(options.about, claim) for claim in open_case(options.about).every_claim()]
    made = [open_case(stem).verdict(claim, options.draws, options.seed) for stem, claim in dict.fromkeys(wanted)]
    if options.json:
        parts = [one.to_dict() for one in made]
        write_json(parts[0] if "." in options.about and len(parts) == 1 else {
            "schema": "workedarguments/verdicts-1", "argument": options.about, "claims": parts})
    else:
        print("\n\n\n".join(map(repr, made)))
    return 0


def results(options):
    """Rewrite the recorded results, or compare with them."""
    names = [known(stem, stems(), "argument", "models") for stem in options.stem] or stems()
    if options.check:
        differences = [line for stem in names for line in recorded.differences(stem)]
        print("\n".join(differences) or f"{len(names)} arguments: results as recorded")
        return 1 if differences else 0
    for stem in names:
        print(f"data/results/{stem}.csv: {'rewritten' if recorded.write(stem) else 'unchanged'}")
    return 0


def _end_well():
    """Take any end as Ctrl-C is taken."""
    # Whoever ends this process some other way than by Ctrl-C wants the same: nothing left running, and an index.
    for number in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        signal.signal(number, lambda number, _: sys.exit(128 + number))


def render(options):
    """Run notebooks for scenarios and write pages.

    With --scenarios, a page for each row of a file: CSV with a head, or YAML with a list of mappings. A row has a
    `name`, and may have a `title`, `who`, `why`, the `scenario` it stands on (as_told) and its `argument` (STEM); every
    other column is a parameter of the model, in YAML under `set`. The file is checked as a whole before anything runs.
    """
    from .pages.batch import read_batch  # loads papermill and matplotlib
    from .pages.render import render as render_pages  # loads papermill and matplotlib

    batch = None
    if options.scenarios is not None:
        if options.scenario:
            raise ContentError("--scenarios: makes the pages of a file; --scenario is for committed ones")
        batch = read_batch(options.scenarios, options.stem)
    _end_well()
    return render_pages(
        options.stem, options.scenario, options.out, options.jobs, force=options.force, limit=options.limit,
        forking=None if options.engine == "warm" else False, why=options.why,
        scheduler=options.scheduler,
        batch=batch,
    )


def verify(options):
    """Make pages again, from what their manifest says, and compare: the same bytes, or what differs."""
    from .pages.verify import verify as verify_pages  # loads papermill and matplotlib

    _end_well()
    return verify_pages(options.folder, options.sample, options.jobs, limit=options.limit)


def compare(options):
    """What moved between two builds: verdicts, numbers, figures, passages, pages, versions.

    Exit status 0 when nothing moved, 1 when something did, 2 when a build cannot be read.
    """
    from .pages.compare import compare as compare_builds  # loads the pages' room

    try:
        found = compare_builds(options.old, options.new)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        write_json(found.to_dict())
    else:
        print(found)
    return 1 if found.moves else 0


def check(options):
    """Content, notebooks, links of the chain; with --fix, rewrite what is generated first."""
    from .authoring import checks  # loads nbconvert and matplotlib

    for name in checks.fix() if options.fix else []:
        print(f"rewritten: {name}")
    found = checks.problems()
    print("\n".join(found) or "nothing found")
    print(f"library: {checks.library_lines()} lines of code without models and maths")
    return 1 if found else 0


def annotate(options):
    """Find a text's passages in your own copy and show it with notes; the page stays with you."""
    attached = text(options.text).attach(options.copy)
    if options.json:
        write_json(attached.to_dict())
    else:
        print(attached)
    if attached.status == "refused":
        return 1
    if options.out or not options.json:
        target = Path(options.out) if options.out else local(f"{options.text}.html")
        write_for(target, attached.annotated().page(), options.copy, options.force)
        print(f"written: {target}", file=sys.stderr)
    return 0


def anchors(options):
    """Number the sentences of a copy of the original, and make the fingerprints of a text's passages."""
    for make in (write_numbered, make_anchors):
        print(f"written: {relative(make(text(options.text).id, options.copy))}")
    return 0


def export(options):
    """All claims and relations for other tools, on standard output."""
    text = exports.FORMATS[options.format]()
    fitted = output.fitted(text)
    print(fitted, end="")
    if fitted != text and options.format != "json-ld":
        print(f"standard output is {sys.stdout.encoding}: what it lacks is written as \\u and four digits; "
              "PYTHONIOENCODING=utf-8 in the environment keeps every character", file=sys.stderr)
    return 0


def new(options):
    """Write the files of a new argument, or of a new text."""
    from .authoring.new import new_argument, new_text  # loads nbconvert and matplotlib

    argued = options.what == "argument"
    if options.number is not None and not argued:
        raise ContentError("--number is for an argument; a text has no number")
    if options.copy is not None and argued:
        raise ContentError("--copy is for a text; an argument is made from no copy")
    names = new_argument(options.name, options.number) if argued else new_text(options.name, options.copy)
    for name in names:
        print(f"written: {name}")
    return 0


class Version(argparse.Action):
    """The option that prints name and version; looked up only when asked for, because that takes a while."""

    def __call__(self, grammar, *_):
        """Print and end."""
        from importlib.metadata import version

        print(__package__, version(__package__))
        grammar.exit()


def _paragraphs(words):
    """The paragraphs of a docstring as `--help` shows them."""
    return "\n\n".join(textwrap.fill(" ".join(part.split()), WIDTH) for part in words.split("\n\n"))


def parser():
    """The command line's grammar."""
    top = argparse.ArgumentParser(prog="worked", description="Opinionated texts as arguments to compute with.")
    top.add_argument("--version", action=Version, nargs=0, help="print name and version")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name, function):
        one = verbs.add_parser(name, help=function.__doc__.splitlines()[0], description=_paragraphs(function.__doc__),
                              formatter_class=argparse.RawDescriptionHelpFormatter)
        one.set_defaults(function=function)
        return one

    def scenario(one):
        one.add_argument("--scenario", metavar="S", default="as_told", help="name of a scenario (default: as_told)")

    def limit(one):
        words = f"stop a page after this time ({LIMIT})"
        one.add_argument("--limit", metavar="SECONDS", type=int, default=LIMIT, help=words)

    def as_json(one):
        one.add_argument("--json", action="store_true", help="as JSON, for other programs")

    stem = {"metavar": "STEM", "help": "name of an argument, such as ten_to_two"}
    as_json(verb("list", list_arguments))
    one = verb("show", show_argument)
    one.add_argument("stem", **stem)
    scenario(one)
    as_json(one)
    one = verb("new", new)
    one.add_argument("what", choices=["argument", "text"], help="what to write the files of")
    one.add_argument("name", metavar="NAME", help="stem of the argument, or id of the text")
    one.add_argument("--number", metavar="NN", type=int, help="argument: prefix of the notebook (default: next free)")
    one.add_argument("--copy", metavar="FILE", help="text: your copy; its sentences are numbered in local/")
    one = verb("solve", solve)
    one.add_argument("stem", **stem)
    scenario(one)
    one.add_argument("--set", metavar="name=value", action="append", default=[], help="change an input; repeat at will")
    as_json(one)
    one = verb("verdict", verdict)
    one.add_argument("about", metavar="STEM|CLAIM", help="an argument, or a claim such as casado.tenx-to-2x")
    one.add_argument("--draws", metavar="N", type=int, default=DRAWS, help=f"draws over the evidence ({DRAWS})")
    one.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the draws (default: 1)")
    as_json(one)
    one = verb("results", results)
    one.add_argument("stem", nargs="*", **stem | {"help": "arguments (default: all)"})
    one.add_argument("--check", action="store_true", help="compare with what is recorded; write nothing")
    one = verb("render", render)
    one.add_argument("stem", nargs="*", **stem | {"help": "notebooks or arguments (default: all)"})
    one.add_argument("--scenario", metavar="S", action="append", default=[], help="only this scenario; may be repeated")
    one.add_argument("--scenarios", metavar="FILE", help="a page for each row of a CSV or YAML file")
    one.add_argument("--out", metavar="DIR", help="folder of the pages (default: reports)")
    one.add_argument("--jobs", metavar="N", type=int, help="processes at once (default: one a core)")
    one.add_argument("--force", action="store_true", help="write over files that this kit did not make")
    one.add_argument("--why", action="store_true", help="say of each page to be made why")
    limit(one)
    one.add_argument("--scheduler", metavar="ADDRESS", help="a dask.distributed scheduler, tcp://..., to make pages by")
    one.add_argument("--engine", choices=["warm", "stock"], default="warm",
                     help="stock: a kernel for each notebook, as papermill does by itself; slow")
    one = verb("verify", verify)
    one.add_argument("folder", metavar="DIR", nargs="?", help="folder of the pages (default: reports)")
    one.add_argument("--sample", metavar="N", type=int, help="only N pages, those that were not verified for longest")
    one.add_argument("--jobs", metavar="N", type=int, help="processes at once (default: one a core)")
    limit(one)
    one = verb("compare", compare)
    one.add_argument("old", metavar="OLD", help="folder of the pages, or its manifest.json")
    one.add_argument("new", metavar="NEW", help="another, made later")
    as_json(one)
    one = verb("annotate", annotate)
    one.add_argument("text", metavar="TEXT", help="id of a text, such as casado")
    one.add_argument("copy", metavar="COPY", help="your copy of it: plain text, Markdown or saved HTML")
    one.add_argument("--out", metavar="FILE", help="where to write the page (default: local/TEXT.html)")
    one.add_argument("--force", action="store_true", help="write over a file that this kit did not make")
    as_json(one)
    one = verb("anchors", anchors)
    one.add_argument("text", metavar="TEXT", help="id of a text")
    one.add_argument("copy", metavar="COPY", help="a copy of its original")
    one = verb("export", export)
    one.add_argument("format", choices=list(exports.FORMATS), help="csv is the same as csv-relations")
    one = verb("check", check)
    one.add_argument("--fix", action="store_true", help="first write again what is generated")
    return top


def run(arguments):
    """Run one verb; a ContentError is printed without a traceback. Returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        root()
        return options.function(options)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def main(arguments=None):
    """Run one verb on whatever streams there are. Returns the exit status; a reader that leaves early is no failure."""
    output.prepare()
    try:
        try:
            return run(arguments)
        finally:
            output.flush()
    except BrokenPipeError:
        output.drop()
        return 0


if __name__ == "__main__":
    sys.exit(main())
