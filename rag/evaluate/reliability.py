"""The reliability curve: of the answers said to be this sure, how many were right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ClausesError

BINS = 10


def reliability(
    confidences: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Mean confidence, share right and count, shape (bins with samples,) each; bins of equal width from 0 to 1."""
    place = np.minimum((confidences * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(place, minlength=BINS)
    kept = counts > 0
    said = np.bincount(place, confidences, BINS)[kept] / counts[kept]
    was = np.bincount(place, right.astype(np.float64), BINS)[kept] / counts[kept]
    return said, was, counts[kept]


def draw(curves: dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]], file: Path) -> None:
    """Draw the curves of some sources, {name: (confidences, right)}, into a picture; the same data give the same bytes.

    Raises ClausesError where matplotlib, which only development needs, is not installed.
    """
    try:
        from matplotlib import rcParams
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ClausesError("The curve is drawn with matplotlib: install it with `make install-dev`.") from error
    rcParams["svg.hashsalt"] = "clauses"
    figure = Figure(figsize=(5, 5))
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, linestyle="--", label="as said")
    for name, (confidences, right) in curves.items():
        said, was, counts = reliability(confidences, right)
        axes.plot(said, was, marker="o", markersize=4, label=f"{name} ({counts.sum():,} questions)")
    axes.set(
        xlabel="confidence said (held out)", ylabel="share with a right clause in the first three",
        xlim=(0, 1), ylim=(0, 1), aspect="equal",
    )  # fmt: skip
    axes.legend(loc="upper left", frameon=False)
    FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None})  # type: ignore[no-untyped-call]
