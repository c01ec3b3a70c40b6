"""The page across all arguments: which claim holds in which scenario, and what its verdict hangs on.

One row a test of a claim. Everything is computed by the library; no notebook is run for it. Leaves out draws over
the evidence, which stand on the comparison page of each argument.
"""

from dataclasses import dataclass

from ..ground.errors import ContentError, Unread
from ..ground.numbers import digits, quantity
from ..models import question, stems
from ..reasoning.argument import argument
from ..reasoning.judging import WORDS, asked, in_scenarios, read_as, target_spec, tests_of
from ..reasoning.scenarios import AS_TOLD
from ..reasoning.sentences import hangs_on
from ..reasoning.turning import turning_points
from ..texts.texts import texts
from .naming import GROUPS, in_words
from .plan import ACROSS, notebooks_by_stem
from .shells import render

STEP, HIGH, BY_LINE = 16, 18, 8  # pixels between marks, and of a line of them; marks in a line
SHAPES = {
    WORDS[True]: "M{x} {y}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
    WORDS[False]: "M{x} {y}m-5-5l10 10m0-10l-10 10",
    WORDS[None]: "M{x} {y}m-4 0h8",
}


@dataclass(frozen=True)
class Row:
    """One test of a claim: `groups` are [(word, [(scenario's title, verdict, number)])] for told, measured, tested."""

    claim: object
    speaker: str
    reading: str
    judged: str
    asked: str
    hangs: str
    groups: list

    @property
    def counts(self):
        """(how many scenarios it holds in, how many it can be computed in) for all, then for each group."""
        every = [[verdict for _, verdict, _ in cells] for _, cells in self.groups]
        every.insert(0, [verdict for part in every for verdict in part])
        return [(part.count(WORDS[True]), len(part) - part.count(WORDS[None])) for part in every]

    @property
    def kind(self):
        """Whether the verdict is the same in all scenarios: "turns", "holds", "fails" or "none", without any."""
        held, computed = self.counts[0]
        return "none" if not computed else {computed: "holds", 0: "fails"}.get(held, "turns")


def across():
    """(inner HTML of the page, message or ""): an argument that cannot be read costs its own part, and is told."""
    numbers = {stem: path.stem for stem, path in notebooks_by_stem().items()}
    parts, failed = [], []
    for stem in stems():
        rows, message = [], ""
        try:
            rows = rows_of(argument(stem))
        except ContentError as error:
            message = str(error)
            if not isinstance(error, Unread):  # that, every page shows by itself
                failed.append(message)
        parts.append((stem, question(stem), numbers.get(stem, ""), rows, message))
    every = [row.kind for *_, rows, _ in parts for row in rows]
    html = render("across.html.j2", title=ACROSS, parts=parts, kinds=every, marks=marks, groups=GROUPS)
    return html, "\n".join(failed)


def rows_of(opened):
    """The rows of one argument, opened as told."""
    every, found = texts(), []
    for claim in opened.every_claim().values():
        table = in_scenarios(opened, claim)
        tests = tests_of(opened, claim)
        size = len(table) // len(tests)
        for at, says in enumerate(tests):
            mine = table.iloc[at * size : (at + 1) * size].set_index("scenario")
            cells = {role: [] for role in GROUPS}
            for scenario in opened.every_scenario():
                one = mine.loc[scenario.name]
                cells[scenario.role].append((scenario.title, one["verdict"], digits(one["value"])))
            spec = target_spec(opened, says)
            found.append(Row(
                claim,
                _who(every[claim.text].speaker(claim.speaker)),
                f"read as {in_words(says.reading)}" if says.reading else "",
                spec.label,
                asked(says, lambda limit, unit=spec.unit: quantity(limit, unit)),
                _hangs(opened, says, mine.loc[AS_TOLD, "verdict"]),
                [(GROUPS[role][0], cells[role]) for role in GROUPS],
            ))
    return found


def _who(speaker):
    """A speaker by name; by trade, if the text gives no name."""
    return speaker["role"].partition(";")[0] if speaker["name"] == "unnamed" else speaker["name"]


def _hangs(opened, says, verdict):
    """What the verdict as told hangs on, in the words of the verdict itself."""
    if verdict == WORDS[None]:
        return "As told, there is nothing to compute."
    parameters = read_as(says, opened.parameters)
    return "As told: " + hangs_on(opened, says, parameters, turning_points(opened, says, parameters), verdict)


def marks(cells):
    """(width, height, [(verdict, path)]) of the marks of one group: one path for all marks of a verdict."""
    paths = {}
    for at, (_, verdict, _) in enumerate(cells):
        x, y = STEP // 2 + STEP * (at % BY_LINE), HIGH // 2 + HIGH * (at // BY_LINE)
        paths[verdict] = paths.get(verdict, "") + SHAPES[verdict].format(x=x, y=y)
    lines = -(-len(cells) // BY_LINE)
    return STEP * min(len(cells), BY_LINE), HIGH * lines, list(paths.items())
