"""The heads of a table tied to its cells, so that a reader who hears one cell can hear what it is of.

A table with one row and one column of heads needs no more than their scope. With more of either, each head
has an id and each cell names its heads, which browsers cannot tell by themselves. Leaves out: tables in tables.
"""

from collections import Counter, defaultdict
from itertools import product

NOTHING = "–"  # stands in a head of a row that is empty: a head without words is none


def tie(table, name):
    """Give the heads of a BeautifulSoup table their scope, and where there are levels of them, tie them to the cells.

    Ids begin with `name`, which must be the table's own on its page. Changes the table in place.
    """
    for head in table("th"):
        if not head.get_text(strip=True) and not head.img:
            _fill(head)
    for head in table("th"):
        if not head.get("scope"):
            span, side = ("colspan", "col") if _over_columns(head) else ("rowspan", "row")
            head["scope"] = f"{side}group" if head.get(span, "1") != "1" else side
    places = _places(table)
    heads = [(head, covered) for head, covered in places if head.name == "th"]
    if not any(_levels(heads, axis) for axis in (0, 1)):
        return
    by_row, by_column = defaultdict(set), defaultdict(set)
    for count, (head, covered) in enumerate(heads, 1):
        head["id"] = f"{name}-{count}"
        for row, column in covered:
            by_row[row].add(count)
            by_column[column].add((row, count))
    for cell, covered in places:
        if cell.name == "td":
            top = min(row for row, _ in covered)
            over = {count for row in {row for row, _ in covered} for count in by_row[row]}
            above = {count for _, column in covered for row, count in by_column[column] if row < top}
            if over or above:
                cell["headers"] = " ".join(f"{name}-{count}" for count in sorted(over | above))


def _over_columns(head):
    return bool(head.find_parent("thead")) or not head.find_parent("tr").find("td", recursive=False)


def _fill(head):
    """An empty head over columns is no head; one of a row, of which a part is missing, says so."""
    if _over_columns(head):
        head.name = "td"
        del head["scope"]
    else:
        head.string = NOTHING


def _places(table):
    """[(cell, {(row, column) that it covers})] in reading order."""
    found, taken = [], set()
    for row, line in enumerate(table("tr")):
        column = 0
        for cell in line(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            down, right = (int(cell.get(span, 1)) for span in ("rowspan", "colspan"))
            found.append((cell, {*product(range(row, row + down), range(column, column + right))}))
            taken |= found[-1][1]
    return found


def _levels(heads, axis):
    """Whether more than one row (axis 0) or column (axis 1) holds several places of heads."""
    count = Counter(place[axis] for _, covered in heads for place in covered)
    return sum(places > 1 for places in count.values()) > 1
