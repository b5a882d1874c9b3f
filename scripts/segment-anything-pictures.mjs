import { readFileSync } from 'node:fs';
import {
  automask,
  canvasOf,
  createPredictor,
  decodeRle,
  expandRle,
  showAnns,
  showBox,
  showMask,
  showPoints,
} from '@cutkit/core';
import { decodeImage, openPromptModel } from '@cutkit/core/node';
import sharp from 'sharp';

const VASE = new URL('../packages/cli/sample/photo.jpg', import.meta.url);
const CELLS = new URL('../docs/images/segment-anything/cells.jpg', import.meta.url);
const WIDTH = 480;

/** What is asked of the pictures; the guide's text says the same. */
const PROMPTS = {
  'vase-click': { picture: VASE, points: [{ x: 560, y: 560, label: 1 }] },
  'vase-box': { picture: VASE, box: [350, 75, 770, 835] },
  'cells-click': { picture: CELLS, points: [{ x: 411, y: 466, label: 1 }] },
  'cells-box': { picture: CELLS, box: [389, 432, 433, 500] },
};

/** The post's tuned values. */
const TUNED = {
  pointsPerSide: 32,
  predIouThresh: 0.86,
  stabilityScoreThresh: 0.92,
  cropNLayers: 1,
  cropNPointsDownscaleFactor: 2,
  minMaskRegionArea: 100,
};
/** Lower thresholds, for a small network whose scores and logits are low. */
const LOOSE = { pointsPerSide: 32, predIouThresh: 0.7, stabilityScoreThresh: 0.8, minMaskRegionArea: 100 };

const EVERYTHING = {
  'cells-defaults': { picture: CELLS, options: {} },
  'cells-tuned': { picture: CELLS, options: TUNED },
  'cells-loose': { picture: CELLS, options: LOOSE },
};

async function read(url) {
  const { srgb } = await decodeImage(readFileSync(url));
  return srgb;
}

async function encode({ width, height, channels, data }) {
  const picture = sharp(data, { raw: { width, height, channels } });
  return picture.resize(Math.min(WIDTH, width)).jpeg({ quality: 85 }).toBuffer();
}

/** The guide's pictures of clicks and boxes as JPEG bytes, with the embedded network, and the scores of the answers. */
export async function promptPictures() {
  const predictor = createPredictor(await openPromptModel({ backend: 'wasm' }));
  const made = {};
  for (const [name, { picture, points = [], box }] of Object.entries(PROMPTS)) {
    const image = await read(picture);
    await predictor.setImage(image);
    const [answer] = await predictor.predict({ points, box }, { multimask: false });
    const canvas = canvasOf(image);
    showMask(canvas, answer.mask);
    if (box) showBox(canvas, box);
    showPoints(canvas, points);
    made[name] = { bytes: await encode(canvas), score: answer.score };
  }
  await predictor.dispose();
  return made;
}

/** The guide's pictures of everything found, and how many masks each has; all, or those named. Takes a minute or two. */
export async function everythingPictures(names = Object.keys(EVERYTHING)) {
  const model = await openPromptModel();
  const made = {};
  for (const name of names) {
    const { picture, options } = EVERYTHING[name];
    const image = await read(picture);
    const found = [];
    for await (const { segmentation, area } of automask(model, image, { ...options, outputMode: 'coco_rle' }))
      found.push({ mask: decodeRle(expandRle(segmentation)), area });
    const canvas = canvasOf(image);
    showAnns(canvas, found, { outlines: true });
    made[name] = { bytes: await encode(canvas), masks: found.length };
  }
  await model.dispose();
  return made;
}
