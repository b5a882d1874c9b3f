import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  type AutomaskOptions,
  automask,
  type CocoRle,
  createStandIn,
  decodeRle,
  expandRle,
  type MaskRecord,
  pixelsOf,
  type Raster,
} from '../../src/index.js';

/** Whole runs of the official generator over the stand-in network. */
const FILE = new URL('../../../../../shared/goldens/automask.json', import.meta.url);

interface Golden {
  readonly counts: string;
  readonly area: number;
  readonly bbox: number[];
  readonly predicted_iou: number;
  readonly point_coords: number[][];
  readonly stability_score: number | null;
  readonly crop_box: number[];
}
interface Scene {
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly png: string;
  readonly cases: { readonly params: Record<string, unknown>; readonly records: Golden[] }[];
}

/** Python writes 0 / 0 as NaN, which JSON does not know. */
const read = () => JSON.parse(readFileSync(FILE, 'utf8').replaceAll(':NaN', ':null')).scenes;
const scenes: Scene[] = existsSync(FILE) ? read() : [];
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

async function run(scene: Scene, params: Record<string, unknown>): Promise<MaskRecord[]> {
  const data = await sharp(Buffer.from(scene.png, 'base64'))
    .removeAlpha()
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const image: Raster = { width: scene.width, height: scene.height, channels: 1, data };
  const options = Object.fromEntries(Object.entries(params).map(([name, value]) => [camel(name), value]));
  const records: MaskRecord[] = [];
  const given = { ...options, outputMode: 'coco_rle' } as Partial<AutomaskOptions>;
  for await (const record of automask(createStandIn(), image, given)) records.push(record);
  return records;
}

function differingPixels(a: CocoRle, b: string): number {
  const [ours, theirs] = [a, { size: a.size, counts: b }].map((rle) => pixelsOf(decodeRle(expandRle(rle))));
  return ours!.reduce((sum, value, i) => sum + (value === theirs![i] ? 0 : 1), 0);
}

describe.runIf(scenes.length > 0)('automask against the official generator', () => {
  for (const [number, scene] of scenes.entries()) {
    it.each(scene.cases)(`scene ${number} (${scene.kind}) with $params`, async ({ params, records }) => {
      const found = await run(scene, params);
      expect(found.map(({ bbox }) => bbox)).toEqual(records.map(({ bbox }) => bbox));
      for (const [i, golden] of records.entries()) {
        const record = found[i]!;
        expect(record.point_coords).toEqual(golden.point_coords);
        expect(record.crop_box).toEqual(golden.crop_box);
        expect(record.predicted_iou).toBe(golden.predicted_iou);
        if (golden.stability_score === null) expect(record.stability_score).toBeNaN();
        else expect(record.stability_score).toBeCloseTo(golden.stability_score, 4);
        expect(differingPixels(record.segmentation as CocoRle, golden.counts)).toBe(0);
      }
    });
  }
});
