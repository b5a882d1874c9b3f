"""Draws the sample picture that ships with the command line, and its true alpha: a glazed vase on a table.

    python scripts/make-sample.py      # writes packages/cli/sample/{photo.jpg,alpha.png}

Everything is computed, so the picture belongs to nobody and the alpha is exact (supersampled coverage).
"""
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

OUT = Path(__file__).parent.parent / "packages" / "cli" / "sample"
WIDTH, HEIGHT, SUPER = 1200, 900, 3


def profile(t):
    """Radius of the vase, in picture heights, at t = 0 (lip) to 1 (foot)."""
    knots = [0, 0.03, 0.12, 0.3, 0.5, 0.72, 0.92, 0.97, 1.0]
    radii = [0.115, 0.118, 0.075, 0.12, 0.215, 0.225, 0.13, 0.125, 0.13]
    from scipy.interpolate import PchipInterpolator

    return PchipInterpolator(knots, radii)(t)


def background(rng):
    """An out-of-focus room: a wall, a window's glow, a table, discs of light."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] / HEIGHT
    wall = np.stack([118 + 40 * x, 132 + 22 * x, 128 - 6 * x + 10 * y], -1)
    glow = np.exp(-(((x - 1.1) / 0.35) ** 2 + ((y - 0.2) / 0.3) ** 2))[..., None]
    wall += glow * np.array([90, 84, 60])
    for _ in range(26):
        cx, cy, r = rng.uniform(0, 1.33), rng.uniform(0, 0.6), rng.uniform(0.015, 0.05)
        disc = ((x - cx) ** 2 + (y - cy) ** 2 < r * r)[..., None]
        wall += disc * rng.uniform(5, 22, 3)
    table = np.stack([148 - 30 * y, 104 - 28 * y, 70 - 22 * y], -1)
    table += (np.sin(y * 190 + 3 * np.sin(x * 7)) * 5)[..., None]
    edge = np.clip((y - 0.74) * 60, 0, 1)[..., None]
    room = wall * (1 - edge) + table * edge
    image = Image.fromarray(room.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(9))
    return np.asarray(image, np.float64)


def vase():
    """Colour and coverage of the vase, supersampled."""
    h, w = HEIGHT * SUPER, WIDTH * SUPER
    y, x = (np.mgrid[:h, :w] + 0.5) / h
    top, bottom, centre = 0.1, 0.9, 0.62
    t = ((y - top) / (bottom - top)).clip(0, 1)
    radius = profile(t)
    nx = ((x - centre) / radius).clip(-1, 1)
    # The foot is round: seen slightly from above, its edge sags.
    sag = 0.022 * np.sqrt(1 - nx**2)
    inside = (np.abs(x - centre) < radius) & (y > top - 0.3 * sag) & (y < bottom + sag)
    nz = np.sqrt(1 - nx**2)
    slope = np.gradient(profile(np.linspace(0, 1, 2000)), 1 / 2000)
    ny = -np.interp(t, np.linspace(0, 1, 2000), slope) * nz * 0.8
    length = np.sqrt(nx**2 + ny**2 + nz**2)
    light = (0.62 * nx - 0.45 * ny + 0.64 * nz) / length
    glaze = np.array([178.0, 52, 38])
    band = np.array([240.0, 214, 160])
    wave = 0.02 * np.sin(np.arcsin(nx) * 9)
    banded = (np.abs(t - 0.52 - wave) < 0.045) | (np.abs(t - 0.2) < 0.012) | (np.abs(t - 0.86) < 0.015)
    colour = np.where(banded[..., None], band, glaze)
    shade = 0.24 + 0.85 * light.clip(0, 1)
    shine = (light.clip(0, 1) ** 42)[..., None] * 190
    colour = colour * shade[..., None] + shine
    alpha = inside.astype(np.float64)
    pool = lambda a: a.reshape(HEIGHT, SUPER, WIDTH, SUPER, -1).mean((1, 3))
    coverage = pool(alpha)[..., 0]
    colour = pool(colour * alpha[..., None]) / np.maximum(coverage, 1e-9)[..., None]
    return colour.clip(0, 255), coverage


def shadow():
    y, x = np.mgrid[:HEIGHT, :WIDTH] / HEIGHT
    dark = (((x - 0.5) / 0.3) ** 2 + ((y - 0.905) / 0.035) ** 2 < 1).astype(np.float64) * 150
    image = Image.fromarray(dark.astype(np.uint8)).filter(ImageFilter.GaussianBlur(22))
    return 1 - np.asarray(image, np.float64)[..., None] / 255


def main():
    rng = np.random.default_rng(7)
    colour, alpha = vase()
    picture = background(rng) * shadow()
    picture = picture * (1 - alpha[..., None]) + colour * alpha[..., None]
    picture += rng.normal(0, 2.2, picture.shape)
    OUT.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(OUT / "photo.jpg", quality=90)
    Image.fromarray((alpha * 255).round().astype(np.uint8)).save(OUT / "alpha.png", optimize=True)


if __name__ == "__main__":
    main()
