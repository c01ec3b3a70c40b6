"""Sentences that carry no claim: data/texts/<text>/silent.yml, their numbers by the reason why.

With the claims' own sentences they are all that a text has. Leaves out: how many it has (only a copy could say), so
that what is left at its end goes unseen.
"""

from ..ground.declared import ListOf, MappingOf, Number, OneOf, Place, declare
from ..ground.errors import ContentError
from ..ground.files import data, relative
from ..ground.strict_yaml import load_yaml
from .claims import slugs_of

REASONS = ("heading", "question", "courtesy", "link", "repetition", "scene", "boiler-plate")
FILE = declare(
    "data/texts/<text>/silent.yml",
    "Sentences of the original that carry no claim, by the reason why: headings, questions that claim nothing, "
    "courtesy, links from one thing to the next, repetitions, scenes that support nothing, boiler-plate.",
    MappingOf(ListOf(Number(0, 1_000_000, whole=True)), OneOf(REASONS)),
)


def silent(text_id):
    """{number of a sentence: the reason why it carries no claim}; empty for a text that lists none.

    ContentError if the file is not as declared, or lists a sentence twice.
    """
    path = data("texts", text_id, "silent.yml")
    if not path.is_file():
        return {}
    entry, at = load_yaml(path), Place(relative(path))
    problems = FILE.kind.problems(entry, at)
    numbers = [number for listed in entry.values() for number in listed] if not problems else []
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [f"{at}: sentence {number} stands twice" for number in twice]
    if problems:
        raise ContentError(problems)
    return {number: reason for reason, listed in entry.items() for number in listed}


def silent_problems(text_id):
    """Sentences that are listed and carry a claim, or neither; of a text that lists any, if all its claims are read."""
    try:
        listed = silent(text_id)
    except ContentError as error:
        return list(error.problems)
    readable, slugs = slugs_of(text_id)
    if not listed or slugs is None or len(readable) < len(slugs):
        return []
    carried = {number: slug for slug, one in readable.items() for number in one.sentences}
    where, last = f"data/texts/{text_id}/silent.yml", max([*listed, *carried])
    both = [f"{where}: sentence {number} carries {carried[number]}" for number in sorted(listed) if number in carried]
    left = [number for number in range(last + 1) if number not in listed and number not in carried]
    return both + [f"{where}: sentence {number} is in no claim and not listed" for number in left]
