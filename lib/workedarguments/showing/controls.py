"""Sliders for an argument, made from its fields, beside one living figure.

The figure is drawn once; a step of a slider restores its background, draws the moved artists and
sends one small PNG. Nothing here knows a particular argument. Leaves out: reports, which show the
static figure above the sliders instead.
"""

import io

import ipywidgets as widgets
import numpy as np
from PIL import Image

from ..ground import quantities
from ..ground.errors import known
from ..ground.escaping import in_html
from ..ground.numbers import digits, quantity
from ..models import results
from ..reasoning import judging
from .figures import BLUE, INK, RED, SHOWN, STYLE, label_axes, log_ticks, new
from .plotting import drawing

POINTS = 201


class LivingFigure:
    """One curve of a headline over one input, with a dot at the input's value, redrawn in place."""

    def __init__(self, argument, headline, x):
        fields = quantities.specs(argument.model.Parameters)
        self.argument, self.headline, self.x = argument, headline, x
        self.grid = quantities.grid(fields[x], POINTS)
        canvas, self.axes = new(6.4, 3.6, top=0.2)
        canvas.set_dpi(SHOWN)
        self.canvas = canvas.canvas
        with drawing(STYLE):
            if fields[x].scale == "log":
                self.axes.set_xscale("log")
                log_ticks(self.axes.xaxis)
            self.axes.set_xlim(self.grid[0], self.grid[-1])
            label_axes(self.axes, argument.label(x), argument.label(headline))
            self.limits = {
                says: [self.axes.axhline(limit, color=RED, linewidth=1.2, linestyle=(0, (5, 3)), animated=True)
                       for limit in says.limits() if np.isfinite(limit)]
                for says in limits(argument, headline)
            }
            (self.curve,) = self.axes.plot([], [], color=BLUE, animated=True)
            (self.dot,) = self.axes.plot([], [], "o", color=INK, markersize=9, animated=True)
        self.bottom, self.top, self.background = 0.0, 0.0, None

    def png(self, parameters):
        """The figure for a set of parameters, as PNG bytes, and the headline's value."""
        def solved(values):
            moved = quantities.replace(parameters, **{self.x: values})
            found = results(self.argument.model, moved, [self.headline])
            return np.broadcast_to(found[self.headline], np.shape(values))

        here = getattr(parameters, self.x)
        heights, value = solved(self.grid), float(solved(here))
        self._fit(np.append(heights, value))
        self.canvas.restore_region(self.background)
        self.curve.set_data(self.grid, heights)
        self.dot.set_data([here], [value])
        reading = getattr(parameters, "reading", None)
        asked = [line for says, lines in self.limits.items() if says.reading in (None, reading) for line in lines]
        for artist in (*asked, self.curve, self.dot):
            self.axes.draw_artist(artist)
        buffer = io.BytesIO()
        Image.frombuffer("RGBA", self.canvas.get_width_height(), self.canvas.buffer_rgba()).convert("RGB").save(
            buffer, "PNG", compress_level=1
        )
        return buffer.getvalue(), value

    def _fit(self, heights):
        """New limits and background when the curve leaves the axes, or fills less than a third of them."""
        finite = heights[np.isfinite(heights)]
        low, high = (min(0.0, float(finite.min())), max(0.0, float(finite.max()))) if len(finite) else (0.0, 1.0)
        fits = self.bottom <= low and high <= self.top and high - low >= 0.35 * (self.top - self.bottom)
        if self.background is None or not fits:
            room = 0.1 * max(high - low, 1e-9)
            self.bottom, self.top = (low - room if low < 0 else 0.0), high + room
            self.axes.set_ylim(self.bottom, self.top)
            with drawing(STYLE):
                self.canvas.draw()
            self.background = self.canvas.copy_from_bbox(self.canvas.figure.bbox)


def limits(argument, headline):
    """Every test of the argument's claims that is about one headline."""
    tests = [says for claim in argument.every_claim().values() for says in claim.says]
    return [says for says in tests if says.argument == argument.stem and says.target == headline]


def slider(name, spec, value):
    """The control for one field: bounds, step and scale are the field's own."""
    about = {"description": spec.label, "tooltip": f"{name}: {spec.unit}; {spec.basis}, {spec.source}",
             "style": {"description_width": "46%"}, "layout": {"width": "100%", "max_width": "46em"}}
    if spec.kind == "choice":
        return widgets.Dropdown(options=spec.options, value=value, **about)
    if spec.kind == "count":
        return widgets.IntSlider(value=value, min=spec.low, max=spec.high, **about)
    if spec.scale == "log":
        return widgets.FloatLogSlider(value=value, min=np.log10(spec.low), max=np.log10(spec.high), step=0.01,
                                      readout_format=".3g", **about)
    if not (np.isfinite(spec.low) and np.isfinite(spec.high)):
        return widgets.FloatText(value=value, **about)
    return widgets.FloatSlider(value=value, min=spec.low, max=spec.high, step=(spec.high - spec.low) / 100,
                               readout_format=".3g", **about)


def explore(argument, *names, x=None, headline=None):
    """A widget: a menu of scenarios, a slider for each input named, one curve, the number, the verdicts.

    Without names, the inputs that move the headline. `x` is the input on the horizontal axis (the
    first number among the names), `headline` the result shown (the first of the model's Headlines).
    """
    fields, results = quantities.specs(argument.model.Parameters), quantities.specs(argument.model.Headlines)
    headline = known(next(iter(results)) if headline is None else headline, results, "headline", argument.stem)
    names = [known(name, fields, "parameter", argument.stem) for name in names or argument.movers(headline)]
    numbers = [name for name, spec in fields.items() if spec.kind != "choice"]
    x = known(next(name for name in (*names, *numbers) if name in numbers) if x is None else x, numbers, "number",
              argument.stem)
    living, tests = LivingFigure(argument, headline, x), limits(argument, headline)
    every = {scenario.name: scenario for scenario in argument.every_scenario()}
    state = {"base": argument.parameters, "quiet": False}
    controls = {name: slider(name, fields[name], getattr(argument.parameters, name)) for name in names}
    preset = widgets.Dropdown(options=[(f"{s.title} ({s.name})", s.name) for s in every.values()],
                              value=argument.scenario.name, description="Scenario",
                              style={"description_width": "46%"}, layout={"width": "100%", "max_width": "46em"})
    reset = widgets.Button(description="Reset", tooltip="Back to the scenario's own values")
    picture, words = widgets.Image(format="png", width=640, height=360), widgets.HTML()

    def value(name):
        """A control's value; within half a step of the scenario's own number, that number: sliders snap."""
        base, control = getattr(state["base"], name), controls[name]
        if isinstance(control, widgets.FloatLogSlider):
            near = abs(np.log10(control.value / base)) <= 0.51 * control.step
        else:
            near = isinstance(control, widgets.FloatSlider) and abs(control.value - base) <= 0.51 * control.step
        if near or fields[name].kind == "choice":
            return base if near else control.value
        # The end of a log slider is ten to the power of a logarithm, which rounding may put outside the bounds.
        return min(max(control.value, fields[name].low), fields[name].high)

    def redraw(_=None):
        if state["quiet"]:
            return
        parameters = quantities.replace(state["base"], **{name: value(name) for name in controls})
        picture.value, result = living.png(parameters)
        words.value = _summary(argument, parameters, headline, result, tests)

    def load(_=None):
        state["base"] = argument.parameters_of(every[preset.value])
        state["quiet"] = True
        for name, control in controls.items():
            control.value = getattr(state["base"], name)
        state["quiet"] = False
        redraw()

    for control in controls.values():
        control.observe(redraw, "value")
    preset.observe(load, "value")
    reset.on_click(load)
    redraw()
    return widgets.VBox([widgets.HBox([preset, reset]), *controls.values(), words, picture])


def _summary(argument, parameters, headline, value, tests):
    """The number in words and, where claims are about it, what becomes of each."""
    spec = quantities.specs(argument.model.Headlines)[headline]
    why = argument.why_undefined(headline, value)
    named = f"{spec.label}: {quantity(value, spec.unit)}"
    lines = [f"<b>{in_html(named)}</b>{in_html(why and f' ({why})')}"]
    for claim in argument.every_claim().values():
        for says in claim.says:
            if says in tests and says.reading in (None, getattr(parameters, "reading", None)):
                error = judging.standard_error(argument, says, parameters)
                word, _, limit, distance = judging.judge(says, value, error)
                short = in_html(claim.short["en"])
                far = "" if np.isnan(distance) else f", {digits(abs(distance))} from {digits(limit)}"
                lines.append(f"{short}: {word}{far}")
    return "<br>".join(lines)
