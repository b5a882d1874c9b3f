"""Samples of the promptable network: a picture, and masks of things in it that a person may mean."""
import torch
import torch.nn.functional as F
from torch import Tensor

from .light import normalised, relit
from .scenes import Scenes, over, pasted
from .store import MOST_THINGS, Chance, Library
from .view import View, bend, maybe, reflected, sample, uniform, view

SOURCE = {"voc10-coseg": 0.8, "ccp": 0.6, "camvid": 0.5, "wbc": 0.6, "dsb2018": 0.5, "coco": 3.0, "bsds500": 2.5}
"""How often a picture with instances is drawn, by source."""
LABELLED, PHOTOS = 0.62, 0.2
"""Shares of a batch: pictures with label maps, photos with one subject; the rest are composites."""
MOST_PASTED = 5
LAID = 0.4, 0.16
"""Shares of a batch onto whose pictures, whatever they show, one subject of a photo is laid, and a second one (Ghiasi et al.
2021, "Simple copy-paste"): things with exact masks, in as much clutter as there is.
"""
LEAST, MOST = 0.0008, 0.9
"""Shares of the frame below and above which a region is no target."""


class ClickSamples:
    """Gives batches `(image [B, 3, S, S], masks [B, K, S, S] 0-1)`, K things of each picture; the picture's long side is S,
    the rest 0 after normalisation, as the network meets it in use. Where a picture shows nothing, masks are empty.
    """

    def __init__(self, library: Library, count: int) -> None:
        self.count = count
        self.scenes, self.photos, self.labelled = Scenes(library), library.photos.pictures, library.labelled
        self.chance = Chance(SOURCE.get(row["src"], 1.0) for row in self.labelled.rows)

    def __call__(self, batch: int, side: int) -> tuple[Tensor, Tensor]:
        labelled, of_photos = max(1, round(LABELLED * batch)), round(PHOTOS * batch)
        parts = [self.of_labelled(labelled, side), self.of_photos(of_photos, side), self.pasted(batch - labelled - of_photos, side)]
        images, insides, labels = (torch.cat(part) for part in zip(*parts))
        for turn, share in enumerate(LAID):
            images, labels = self.laid(images, labels, insides, round(share * batch), MOST_THINGS - 1 - turn)
        return normalised(relit(images)) * insides, things(labels, self.count)

    def of_labelled(self, count: int, side: int) -> tuple[Tensor, Tensor, Tensor]:
        index = self.chance(count)
        of_map = self.labelled.first[index] + (torch.rand(count) * self.labelled.count[index]).long()
        pictures = self.labelled.pictures
        seen, inside = framed(pictures.sizes[index], 2 * side)
        seen = reflected(seen, pictures.sizes[index])
        labels = sample(self.labelled.maps, of_map, seen.half(), "nearest")
        return F.avg_pool2d(sample(pictures, index, seen), 2), inside, labels[:, 0] * inside[:, 0]

    def of_photos(self, count: int, side: int) -> tuple[Tensor, Tensor, Tensor]:
        index = torch.randint(len(self.photos), (count,))
        seen, inside = framed(self.photos.sizes[index], 2 * side)
        image = F.avg_pool2d(sample(self.photos, index, reflected(seen, self.photos.sizes[index])), 2)
        return image[:, :3], inside, (image[:, 3] > 127) * inside[:, 0]

    def laid(self, images: Tensor, labels: Tensor, insides: Tensor, count: int, name: int) -> tuple[Tensor, Tensor]:
        """A photo's subject over each of `count` pictures, in the label maps as `name`."""
        chosen = torch.rand(len(images)).argsort()[:count]
        index = torch.randint(len(self.photos), (count,))
        layer = pasted(self.photos, index, images.shape[-1], uniform(count, 0.12, 0.7), reach=0.45)
        cover = layer[:, 3:] * insides[chosen]
        image, _ = over(images[chosen], cover, torch.cat((layer[:, :3] * insides[chosen], cover), 1))
        below = labels[chosen]
        return images.index_copy(0, chosen, image), labels.index_copy(0, chosen, torch.where(cover[:, 0] > 127, float(name), below))

    def pasted(self, count: int, side: int) -> tuple[Tensor, Tensor, Tensor]:
        image, _, labels = self.scenes.composite(count, side, MOST_PASTED)
        return image, torch.ones(count, 1, side, side), labels


def framed(sizes: Tensor, side: int) -> tuple[View, Tensor]:
    """Views whose long side fills the frame of `side`, of whole pictures or of crops of at least .35 of a side; and
    `[B, 1, side / 2, side / 2]`, 1 where the frame shows the picture.
    """
    count = len(sizes)
    share = torch.where(maybe(count, 0.65), uniform(count, 0.35, 1), torch.ones(count))
    cut = sizes * (share[:, None] * (1 - 0.2 * torch.rand(count, 2) * (share < 1)[:, None]))
    centre = cut / 2 + torch.rand(count, 2) * (sizes - cut)
    step = cut.amax(1, keepdim=True) / side
    shown = cut / step
    degrees = maybe(count, 0.3) * uniform(count, -20, 20)
    seen = view(side, shown / 2, centre, step.expand(-1, 2), degrees, maybe(count, 0.5))
    seen = bend(seen, maybe(count, 0.15) * 0.02 * sizes.amax(1))
    at = torch.arange(0, side, 2, dtype=torch.float32)
    inside = (at[None, :, None] < shown[:, 1, None, None]) & (at[None, None, :] < shown[:, 0, None, None])
    return seen, inside[:, None].float()


def things(labels: Tensor, count: int) -> Tensor:
    """Masks `[B, count, h, w]` of things drawn from label maps `[B, h, w]`; with fewer things than that, they come again,
    and will be prompted otherwise.
    """
    batch, pixels = len(labels), labels[0].numel()
    flat = labels.flatten(1).long()
    sizes = torch.zeros(batch, MOST_THINGS).scatter_add_(1, flat, torch.ones_like(labels).flatten(1))
    fit = (sizes > LEAST * pixels) & (sizes < MOST * pixels)
    fit[:, 0] = False
    order = torch.where(fit, torch.rand_like(sizes), -1.0).argsort(1, descending=True)
    slot = torch.arange(count) % fit.sum(1, keepdim=True).clamp(min=1)
    chosen = order.gather(1, slot)
    chosen = torch.where(fit.gather(1, chosen), chosen, -1)
    return (labels[:, None] == chosen[:, :, None, None]).float()
