"""Scans and photographs made from a text PDF, worse and worse, the same for the same seed.

    python benches/degrade.py FILE.pdf FOLDER [--seeds 0-11] [--pages 1-2]

needs Pillow, numpy and pdftoppm. Each seed gives one PDF of page pictures: 150, 200 or 300 dots an inch, turned by up to two
degrees, blurred, with noise and specks, a red seal, saved as JPEG of quality 40 to 90; a third of the seeds are photographs:
a page in mild perspective under uneven light. Every third seed (n % 3 == 2) is held back: nothing is tuned on it.
"""

import argparse
import random
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def pages(file, resolution, first, last):
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(resolution), "-f", str(first), "-l", str(last), file, f"{folder}/p"]
        subprocess.run(command, check=True)
        return [Image.open(path).convert("RGB").copy() for path in sorted(Path(folder).iterdir())]


def seal(picture, chance, resolution):
    """A transparent red ring with a star, somewhere on the page."""
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    radius = int(resolution * 0.82)
    x = chance.randint(radius, picture.width - radius)
    y = chance.randint(radius, picture.height - radius)
    red = (214, 36, 40, 170)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=resolution // 40)
    points = []
    for corner in range(10):
        reach = radius * (0.35 if corner % 2 == 0 else 0.14)
        angle = corner * np.pi / 5 - np.pi / 2
        points.append((x + reach * np.cos(angle), y + reach * np.sin(angle)))
    draw.polygon(points, fill=red)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def perspective(picture, chance):
    """The page as a camera sees it that is not held straight above it."""
    width, height = picture.size
    shift = lambda side: chance.uniform(0.0, 0.025) * side
    seen = [
        (shift(width), shift(height)),
        (width - shift(width), shift(height)),
        (width - shift(width), height - shift(height)),
        (shift(width), height - shift(height)),
    ]
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, right = [], []
    for (x, y), (u, v) in zip(seen, corners):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    factors = np.linalg.solve(np.array(rows, float), np.array(right, float))
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, factors, Image.Resampling.BICUBIC, fillcolor=(214, 212, 208))


def uneven(values, chance):
    height, width = values.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 0.86 + 0.14 * (chance.uniform(-1, 1) * x + chance.uniform(-1, 1) * y)
    return values * np.clip(light, 0.6, 1.0)[:, :, None]


def degraded(picture, chance, noise, resolution):
    is_photograph = chance.random() < 1 / 3
    if chance.random() < 0.5:
        picture = seal(picture, chance, resolution)
    if is_photograph:
        picture = perspective(picture, chance)
    else:
        turn = chance.uniform(-2.0, 2.0)
        picture = picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=(252, 252, 252))
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.7)))
    values = np.asarray(picture, float)
    if is_photograph:
        values = uneven(values, chance)
    values = values + noise.normal(0, chance.uniform(2, 8), values.shape)
    specks = noise.random(values.shape[:2]) < 0.00004
    values[specks] = 40
    turned = chance.choice([0, 0, 0, 0, 90, 180])
    return Image.fromarray(np.clip(values, 0, 255).astype("uint8")).rotate(turned, expand=True), is_photograph


def numbers(text):
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="0-5")
    parser.add_argument("--pages", default="1-2")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    first, last = numbers(options.pages)
    start, end = numbers(options.seeds)
    for seed in range(start, end + 1):
        chance, noise = random.Random(seed), np.random.default_rng(seed)
        resolution = chance.choice([150, 200, 300])
        quality = chance.choice([40, 60, 80, 90])
        made = [degraded(page, chance, noise, resolution) for page in pages(options.file, resolution, first, last)]
        pictures = [picture for picture, _ in made]
        name = f"{Path(options.file).stem}_{seed:02}_{resolution}dpi_q{quality}{'_photo' if made[0][1] else ''}"
        target = options.folder / f"{name}.pdf"
        pictures[0].save(target, save_all=True, append_images=pictures[1:], resolution=resolution, quality=quality)
        print(target)


if __name__ == "__main__":
    main()
