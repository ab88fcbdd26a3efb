"""Writes the vectors that the signal functions are held against: SciPy's answers to inputs made here.

    python3 make.py

Needs NumPy and SciPy; the versions that answered are in each file. Inputs are sums of sines and noise of a fixed seed,
rounded so that their text is short; they are written into the files with the answers, so that a test reads nothing else.
"""

import fractions
import json
import math
import pathlib

import numpy
import scipy
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.signal import butter, filtfilt, find_peaks, savgol_filter, sosfilt, sosfiltfilt

HERE = pathlib.Path(__file__).parent


def movement(samples, rate_hz, seed):
    """Degrees: 40 sin(2 pi 0.5 t) + 12 sin(2 pi 1.7 t + 1) + 3 sin(2 pi 9 t), noise of 1 degree, 25 in front of it."""
    t = numpy.arange(samples) / rate_hz
    noise = numpy.random.default_rng(seed).normal(0, 1, samples)
    waves = [40 * numpy.sin(numpy.pi * t), 12 * numpy.sin(3.4 * numpy.pi * t + 1), 3 * numpy.sin(18 * numpy.pi * t)]
    return numpy.round(25 + sum(waves) + noise, 3)


def lowpass():
    """Zero-lag: 3 (order + 1) samples are reflected at each end, so a signal of one more is the shortest."""
    signal = movement(90, 60, 1)
    cases = []
    for order in range(1, 9):
        for cut_off, rate in [(6, 60), (1.5, 100), (24, 60), (12, 250.5)]:
            sos = butter(order, cut_off, fs=rate, output="sos")
            # Each direction alone, so that a fault of the coefficients is not mistaken for one of the ends.
            unit = numpy.zeros(32)
            unit[0] = 1
            shortest = 3 * (order + 1) + 1
            cases.append(
                {
                    "order": order,
                    "cutOff_hz": cut_off,
                    "rate_hz": rate,
                    "impulse": sosfilt(sos, unit).tolist(),
                    "step": sosfilt(sos, numpy.ones(32))[[0, 1, 2, 5, 10, 20, 31]].tolist(),
                    "filtered": sosfiltfilt(sos, signal).tolist() if rate == 60 else [],
                    "shortest": sosfiltfilt(sos, signal[:shortest]).tolist(),
                    "longer": sosfiltfilt(sos, signal[: shortest + 2]).tolist(),
                }
            )
    polynomial = [
        {"cutOff_hz": cut_off, "rate_hz": 60, "filtered": filtfilt(*butter(2, cut_off, fs=60), signal).tolist()}
        for cut_off in (3, 6, 14)
    ]
    return {"signal": signal.tolist(), "steps": [0, 1, 2, 5, 10, 20, 31], "sections": cases, "polynomial": polynomial}


def savitzky_golay():
    signal = movement(51, 60, 2)
    cases = [
        (1, 0, 0, 1), (3, 1, 0, 1), (5, 2, 0, 1), (5, 4, 0, 1), (7, 3, 0, 1), (15, 0, 0, 1), (9, 8, 0, 1), (51, 3, 0, 1),
        (7, 3, 1, 1 / 60), (11, 4, 1, 0.01), (21, 5, 1, 1), (51, 7, 1, 1 / 60),
        (9, 4, 2, 1 / 60), (21, 5, 2, 0.01), (13, 4, 3, 0.5), (25, 6, 4, 1), (7, 2, 3, 1 / 60),
    ]
    return {
        "signal": signal.tolist(),
        "cases": [
            {
                "window": window,
                "degree": degree,
                "derivative": derivative,
                "delta": delta,
                "filtered": savgol_filter(signal, window, degree, deriv=derivative, delta=delta, mode="interp").tolist(),
            }
            for window, degree, derivative, delta in cases
        ],
        # SciPy fits powers of the sample number, and of a high degree keeps seven digits; in fractions all of them stand.
        "exact": [
            {
                "window": window,
                "degree": degree,
                "derivative": derivative,
                "filtered": exact_savitzky_golay([fractions.Fraction(str(value)) for value in signal], window, degree, derivative),
            }
            for window, degree, derivative in [(5, 2, 0), (15, 8, 1), (25, 10, 4)]
        ],
    }


def exact_savitzky_golay(signal, window, degree, derivative):
    """Normal equations over powers of the sample number, solved in fractions."""
    half = window // 2
    samples = range(-half, half + 1)
    powers = range(degree + 1)
    normal = [[fractions.Fraction(sum(i ** (p + q) for i in samples)) for q in powers] for p in powers]
    filtered = []
    for k in range(len(signal)):
        middle = min(max(k, half), len(signal) - 1 - half)
        sides = [sum(i**p * signal[middle + i] for i in samples) for p in powers]
        fitted = solve(normal, sides)
        at = k - middle
        filtered.append(
            float(sum(fitted[p] * math.perm(p, derivative) * at ** (p - derivative) for p in powers if p >= derivative))
        )
    return filtered


def solve(matrix, sides):
    rows = [[*row, side] for row, side in zip(matrix, sides)]
    for i in range(len(rows)):
        pivot = next(j for j in range(i, len(rows)) if rows[j][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(len(rows)):
            if j != i:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i])]
    return [row[-1] for row in rows]


def interpolation():
    """Regular knots are 0.01 s apart, irregular ones 2 to 30 ms; values hold rises, falls and a flat stretch."""
    random = numpy.random.default_rng(3)
    cases = []
    for count in (2, 3, 4, 5, 7, 40):
        steps = numpy.round(random.uniform(0.002, 0.03, count - 1), 4)
        regular = numpy.round(numpy.arange(count) * 0.01 + 1, 4)
        irregular = numpy.round(numpy.concatenate([[0.25], 0.25 + numpy.cumsum(steps)]), 4)
        values = movement(count, 20, 4)
        if count == 40:
            values[12:16] = values[12]
        for knots in (regular, irregular):
            inside = numpy.linspace(knots[0], knots[-1], 2 + min(3 * count, 60))[1:-1]
            at = numpy.sort(numpy.concatenate([numpy.round(inside, 5), knots[[0, count // 2, -1]]]))
            at = numpy.clip(at, knots[0], knots[-1])
            cases.append(
                {
                    "time_s": knots.tolist(),
                    "values": values.tolist(),
                    "instants_s": at.tolist(),
                    "notAKnot": CubicSpline(knots, values)(at).tolist(),
                    "natural": CubicSpline(knots, values, bc_type="natural")(at).tolist(),
                    "monotone": PchipInterpolator(knots, values)(at).tolist(),
                    "linear": numpy.interp(at, knots, values).tolist(),
                }
            )
    return {"cases": cases}


def peaks():
    """
    Which of equal heights yields to the other hangs on a sort. NumPy's own is not stable and differs between processors;
    a stable one puts them in order of time, so that the later one stays.
    """
    unstable = numpy.argsort
    numpy.argsort = lambda values: unstable(values, kind="stable")
    random = numpy.random.default_rng(5)
    plateaus = [0, 1, 1, 0, 2, 2, 2, 1, 3, 3, 3, 3, 0, 4, 5, 5, 4, 5, 5, 5, 0, 1, 0, 0, 6, 6]
    equal = [0, 2, 0, 2, 0, 2, 0, 1, 2, 1, 0, 2, 1, 2, 0, 2, 2, 0, 1, 0, 2, 0]
    signals = {
        "noise": numpy.round(numpy.cumsum(random.normal(0, 1, 400)), 6).tolist(),
        "movement": movement(300, 60, 6).tolist(),
        "plateaus": plateaus,
        "equal": equal,
        "rising": list(range(12)),
        "flat": [3.5] * 8,
        "one": [1.0],
    }
    options = [
        {}, {"distance": 2}, {"distance": 2.5}, {"distance": 5}, {"distance": 30}, {"distance": 1000},
        {"prominence": 0.5}, {"prominence": 1}, {"prominence": 4}, {"prominence": 20},
        {"distance": 3, "prominence": 1}, {"distance": 10, "prominence": 2}, {"distance": 45, "prominence": 8},
    ]
    cases = []
    for name, signal in signals.items():
        for option in options:
            # Asking for a prominence of 0 leaves none out and makes find_peaks measure them.
            found, measured = find_peaks(numpy.array(signal, float), **{"prominence": 0, **option})
            cases.append(
                {
                    "signal": name,
                    "options": option,
                    "indices": found.tolist(),
                    "prominences": measured["prominences"].tolist(),
                }
            )
    numpy.argsort = unstable
    return {"signals": signals, "cases": cases}


def angles():
    """Turns to take out, among them steps of exactly half a turn; and slopes by finite differences."""
    random = numpy.random.default_rng(7)
    wrapped = [
        [0, 170, -170, -10, 170, -179.5],
        [0, 180, 0, -180, 0, 180.5, -180, 180, 540, 0, -540, 0],
        [10, 730, -710, 1090, 10],
        (numpy.mod(numpy.round(numpy.cumsum(random.normal(4, 60, 80)), 3) + 180, 360) - 180).tolist(),
        numpy.round(random.uniform(-2000, 2000, 60), 3).tolist(),
        [42],
    ]
    sloped = [(movement(40, 60, 8), 60), (movement(3, 60, 9), 100), (movement(2, 60, 10), 7.5)]
    return {
        "unwrap": [{"wrapped": w, "unwrapped": numpy.unwrap(numpy.array(w, float), period=360).tolist()} for w in wrapped],
        "gradient": [
            {"values": v.tolist(), "rate_hz": rate, "slopes": numpy.gradient(v, 1 / rate).tolist()} for v, rate in sloped
        ],
    }


for make in (lowpass, savitzky_golay, interpolation, peaks, angles):
    made = {"scipy": scipy.__version__, "numpy": numpy.__version__, **make()}
    file = HERE / f"{make.__name__.replace('_', '-')}.json"
    file.write_text(json.dumps(made, separators=(",", ":")) + "\n")
