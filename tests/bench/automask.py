"""The official generator over the closed-form stand-in network: what its own post-processing costs.

    python automask.py PICTURE.png      (segment_anything on PYTHONPATH; two threads)

torchvision's compiled NMS is replaced by the same greedy rule in numpy where it cannot be loaded. Prints JSON.
"""
import importlib
import json
import sys
import time
import types

import numpy as np
import torch
from PIL import Image

torch.set_num_threads(2)
FRAME, SIDE = 256, 64


def nms(boxes, scores, _groups, iou_threshold):
    boxes, order, keep = boxes.numpy(), np.argsort(-scores.numpy(), kind="stable"), []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order):
        best, rest = order[0], order[1:]
        keep.append(int(best))
        low, high = np.maximum(boxes[best, :2], boxes[rest, :2]), np.minimum(boxes[best, 2:], boxes[rest, 2:])
        both = (high - low).clip(0).prod(1)
        order = rest[both / (areas[best] + areas[rest] - both) <= iou_threshold]
    return torch.tensor(keep, dtype=torch.long)


def stand_in_torchvision():
    names = ["torchvision", "torchvision.ops", "torchvision.ops.boxes", "torchvision.transforms", "torchvision.transforms.functional"]
    for name in names:
        sys.modules[name] = types.ModuleType(name)
    sys.modules["torchvision.ops.boxes"].batched_nms = nms
    sys.modules["torchvision.ops.boxes"].box_area = lambda b: (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    functional = sys.modules["torchvision.transforms.functional"]
    functional.resize = functional.to_pil_image = None


stand_in_torchvision()
generator = importlib.import_module("segment_anything.automatic_mask_generator")
Sam = importlib.import_module("segment_anything.modeling").Sam
ResizeLongestSide = importlib.import_module("segment_anything.utils.transforms").ResizeLongestSide


class Encoder(torch.nn.Module):
    img_size = FRAME


class StandIn(Sam):
    mask_threshold = 0.0

    def __init__(self):
        torch.nn.Module.__init__(self)
        self.image_encoder = Encoder()
        self.register_buffer("pixel_mean", torch.zeros(3, 1, 1), False)


def blur(plane):
    """3 x 3 means with replicated edges."""
    padded = np.pad(plane, 1, mode="edge")
    return sum(padded[i : i + SIDE, j : j + SIDE] for i in range(3) for j in range(3)) / np.float32(9)


class Predictor:
    def __init__(self, model):
        self.model, self.transform, self.device, self.network = model, ResizeLongestSide(FRAME), torch.device("cpu"), 0.0

    def reset_image(self):
        pass

    def set_image(self, image):
        self.grey, self.original_size = image[..., 0].astype(np.int64), image.shape[:2]
        self.input_size = ResizeLongestSide.get_preprocess_shape(*self.original_size, FRAME)
        (h, w), (nh, nw) = self.original_size, self.input_size
        centre = (np.arange(SIDE) + 0.5) * (FRAME / SIDE)
        y, x = np.floor(centre * h / nh).astype(int), np.floor(centre * w / nw).astype(int)
        self.labels = np.full((SIDE, SIDE), -1)
        rows, columns = centre < nh, centre < nw
        self.labels[np.ix_(rows, columns)] = self.grey[np.ix_(y[rows].clip(max=h - 1), x[columns].clip(max=w - 1))]

    def predict_torch(self, points, labels, multimask_output=True, return_logits=True):
        start = time.perf_counter()
        (h, w), (nh, nw) = self.original_size, self.input_size
        logits, scores = [], []
        for px, py in points[:, 0].double().numpy():
            label = int(self.grey[min(h - 1, int(py * h / nh)), min(w - 1, int(px * w / nw))])
            region = self.labels == label
            padded = np.pad(region, 1)
            inner = np.all([padded[i : i + SIDE, j : j + SIDE] for i in range(3) for j in range(3)], 0)
            quarter = (self.labels >= 0) & (self.labels // 4 == label // 4)
            steep = np.float32(0.5 + (37 * label % 11) / 20)
            logits.append(np.stack([blur(np.where(m, np.float32(48), np.float32(-48))) * steep for m in (region, quarter, inner)]))
            scores.append([0.7 + 0.03 * (7 * label % 11), 0.65 + 0.03 * (5 * label % 12), 0.6 + 0.025 * (3 * label % 14)])
        low = torch.from_numpy(np.stack(logits))
        self.network += time.perf_counter() - start
        return self.model.postprocess_masks(low, self.input_size, self.original_size), torch.tensor(scores, dtype=torch.float32), low


def main(picture):
    image = np.array(Image.open(picture).convert("RGB"))
    model = StandIn()
    run = generator.SamAutomaticMaskGenerator(model, output_mode="coco_rle")
    run.predictor = Predictor(model)
    start = time.perf_counter()
    records = run.generate(image)
    total = time.perf_counter() - start
    print(json.dumps({"records": len(records), "total_ms": total * 1e3, "stand_in_ms": run.predictor.network * 1e3}))


if __name__ == "__main__":
    main(sys.argv[1])
