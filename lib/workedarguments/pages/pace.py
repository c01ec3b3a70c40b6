"""How fast pages are made, and how long the rest will take, for lines of progress."""

import time

SOON = 3  # pages, before which a rate says little


class Pace:
    """Counts what is done of `total`, from the moment it is made."""

    def __init__(self, total, clock=time.monotonic):
        self.total, self.clock, self.done = total, clock, 0
        self.started = clock()

    def words(self):
        """Count one more; returns "; 1.1 pages a second, 4 minutes left", or "" at the beginning and the end."""
        self.done += 1
        seconds, left = self.clock() - self.started, self.total - self.done
        if self.done < SOON or not left or seconds <= 0:
            return ""
        rate = self.done / seconds
        words = f"{rate:.1f} pages a second" if rate >= 1 else f"{1 / rate:.1f} seconds a page"
        return f"; {words}, {in_words(left / rate)} left"


def in_words(seconds):
    """A time as people say it: 40 seconds, 4 minutes, 2 hours 10 minutes."""
    if seconds < 90:
        return _count(max(1, round(seconds)), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = ([_count(hours, "hour")] if hours else []) + ([_count(minutes, "minute")] if minutes else [])
    return " ".join(parts)


def _count(number, word):
    return f"{number} {word}{'' if number == 1 else 's'}"
