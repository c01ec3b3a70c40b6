"""What became of a mechanism: shared by the tests of all arguments."""

from workedarguments.reasoning import judging


def verdicts_of(case, mechanism, headline):
    """{scenario: verdict} of the first test of one mechanism on one headline."""
    for claim in case.every_claim().values():
        for says in judging.tests_of(case, claim):
            if (says.mechanism or claim.mechanism) == mechanism and says.target == headline:
                table = judging.in_scenarios(case, claim)
                mine = table[table["reading"] == (says.reading or says.target)]
                return dict(zip(mine["scenario"], mine["verdict"], strict=True))
    raise AssertionError(f"no claim tests {mechanism} on {headline}")
