"""The content-security policy of a page: it runs, styles and loads what is listed here, and nothing else.

Text is escaped where it is bound (escaping.py); the policy is the net below. A page states it in its head,
before anything that it bears on, because a file has no headers. Leaves out what only headers can say.
"""

import base64
import hashlib

from markupsafe import Markup


def policy(scripts=(), styles=()):
    """The policy for a page with exactly these inline scripts and style sheets, each as it stands in the page."""
    rules = {
        "default-src": "'none'",
        "script-src": _listed(scripts),
        "style-src": _listed(styles),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _listed(texts):
    """The hashes of inline texts as sources of a policy; a browser hashes lines as they end in HTML."""
    hashes = [hashlib.sha256(text.replace("\r\n", "\n").encode()).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in hashes) or "'none'"


def policy_meta(scripts=(), styles=()):
    """The element that states the policy; it comes first in the head."""
    return Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles)}">')
