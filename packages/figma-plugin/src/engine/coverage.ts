import {
  type Alpha,
  decodeRle,
  type ImageEmbedding,
  pixelsOf,
  planLogits,
  resize,
  upscaleLogits,
} from '@cutkit/core';
import { paintStrokes } from '../edges/brush.js';
import { finishEdges } from '../edges/finish-edges.js';
import type { Edit } from './engine-api.js';

/** What bases are made of. */
export interface Sources {
  /** The network's coverage, at the size that it saw. */
  readonly matte?: Alpha | undefined;
  readonly existing?: Alpha | undefined;
  readonly embedding?: ImageEmbedding | undefined;
}

/** Grey levels that one logit is worth at the edge: its softness is most of one logit either way, about a pixel. */
const LOGIT_GAIN = 160;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The coverage of an edit at a size, which is that of the picture (`full`) or of its preview. */
export function coverageOf(edit: Edit, sources: Sources, { width, height }: Size, full: Size): Alpha {
  const scale = width / full.width;
  const base = baseOf(edit, sources, width, height);
  if (edit.strokes.length === 0) return finishEdges(base, edit.edges, scale);
  const data = Uint8Array.from(base.data);
  paintStrokes(data, width, height, edit.strokes, scale);
  return finishEdges(alphaOf(width, height, data), edit.edges, scale);
}

function baseOf({ base }: Edit, sources: Sources, width: number, height: number): Alpha {
  switch (base.kind) {
    case 'matte':
      return sized(sources.matte, width, height);
    case 'existing':
      return sized(sources.existing, width, height);
    case 'logits': {
      if (!sources.embedding) return nothing(width, height);
      const { frame, content } = sources.embedding;
      const side = Math.sqrt(base.logits.length);
      const logits = upscaleLogits(planLogits({ side, frame, content, width, height }), base.logits);
      return alphaOf(
        width,
        height,
        Uint8Array.from(logits, (value) => Math.min(255, Math.max(0, 127.5 + value * LOGIT_GAIN))),
      );
    }
    case 'masks': {
      const masks = base.masks.map(decodeRle);
      const [first] = masks;
      if (!first) return nothing(width, height);
      const united = new Uint8Array(first.width * first.height);
      for (const mask of masks) {
        const pixels = pixelsOf(mask);
        for (let i = 0; i < united.length; i++) united[i] = united[i]! | (pixels[i]! * 255);
      }
      return sized(alphaOf(first.width, first.height, united), width, height);
    }
  }
}

function sized(alpha: Alpha | undefined, width: number, height: number): Alpha {
  if (!alpha) return nothing(width, height);
  if (alpha.width === width && alpha.height === height) return alpha;
  return resize(alpha, width, height, 'bilinear') as Alpha;
}

function nothing(width: number, height: number): Alpha {
  return alphaOf(width, height, new Uint8Array(width * height));
}

function alphaOf(width: number, height: number, data: Uint8Array): Alpha {
  return { width, height, channels: 1, data };
}
