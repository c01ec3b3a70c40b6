"""What a page's content-security policy must be."""

from workedarguments.ground.policy import policy


def states_its_policy(soup, scripts=()):
    """Whether a page states, once and first in its head, the policy of exactly the scripts and styles it has.

    `scripts` are those that the kit lists for it: a script that is merely there is none of them.
    """
    stated = soup("meta", attrs={"http-equiv": True})
    return (
        stated == soup.head(True, limit=1)
        and stated[0]["content"] == policy(scripts, [tag.string for tag in soup("style")])
        and [tag.string for tag in soup("script")] == list(scripts)
    )
