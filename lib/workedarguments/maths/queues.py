"""Queues: waiting time from load, Little's law, stages in a row, and a simulation to hold them to.

One server, random arrivals and random service (M/M/1) unless said otherwise; times are in mean service
times. Leaves out: batches, priorities, several servers, people who go home.
"""

import numpy as np

from ..ground.traced import floats


def time_in_system(load):
    """Mean time from arrival to departure (service times), waiting and service, at a load (1).

    Infinite from a load of 1 on, where the queue grows without end.

    >>> time_in_system([0.8, 0.9, 0.95]).round(6).tolist()
    [5.0, 10.0, 20.0]
    """
    left = 1 - floats(load)
    return np.where(left > 0, 1 / np.where(left > 0, left, 1), np.inf)


def load_for(multiple, growth):
    """Load (1) at which arrivals that grow by `growth` (×) make the time in system `multiple` (×) as long.

    The inverse of M/M/1: what must be true of a queue that was seen to slow down.

    >>> round(float(load_for(1.91, 1.21)), 3)
    0.694
    """
    return (floats(multiple) - 1) / (floats(multiple) * growth - 1)


def little_1961(in_progress, days_each, days_per_year=365):
    """Throughput (per year) of a steady process, from the number in progress and the days each takes.

    Little 1961: number in progress = rate x time, whatever the arrivals or the order of service.

    >>> round(float(little_1961(5000, 28)))
    65179
    """
    return floats(in_progress) / days_each * days_per_year


def in_progress(per_year, days_each, days_per_year=365):
    """Number in progress at one time, from a yearly rate and the days each takes. Little 1961."""
    return floats(per_year) * days_each / days_per_year


def throughput(arrivals, *capacities):
    """What comes out of stages in a row (in the unit of `arrivals`): the least of arrivals and capacities."""
    out = floats(arrivals)
    for capacity in capacities:
        out = np.minimum(out, capacity)
    return out


def simulated_time_in_system(load, customers, replications, seed, warm_up=0):
    """Mean time in system (service times) and its standard error, by simulation of one server.

    Lindley's recursion, wait' = max(0, wait + service - gap), is solved at once: the wait is the random
    walk of its steps less the walk's lowest point so far. It starts empty; the first `warm_up`
    customers are served but not counted.
    """
    generator = np.random.default_rng(seed)
    total = customers + warm_up
    service = generator.exponential(1.0, (replications, total))
    steps = service[:, :-1] - generator.exponential(1 / load, (replications, total - 1))
    walk = np.concatenate([np.zeros((replications, 1)), np.cumsum(steps, axis=1)], axis=1)
    stay = walk - np.minimum.accumulate(walk, axis=1) + service
    means = stay[:, warm_up:].mean(axis=1)
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(replications))
