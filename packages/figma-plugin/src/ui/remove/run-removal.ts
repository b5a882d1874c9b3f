import type { Edges } from '../../edges/edges.js';
import type { OpenedPicture, Timings } from '../../engine/engine-api.js';
import { pixelsToLayer } from '../../geometry/paint-geometry.js';
import type {
  Layer,
  LayerNote,
  LayerResult,
  OutputChoice,
  Picture,
  Report,
  Selected,
} from '../../protocol.js';
import { outputFor } from '../describe-output.js';
import type { Engine } from '../engine.js';
import { layerBytes, pictureKey } from '../layer-bytes.js';
import type { Main } from '../main-half.js';
import { wordsOf } from '../words.js';

/** How far a run is: pictures, not layers, since layers that share one are computed together. */
export interface RunProgress {
  readonly done: number;
  readonly total: number;
  /** Seconds, once one picture is done. */
  readonly left: number | undefined;
}

/** What a run needs. */
export interface Removal {
  readonly main: Main;
  readonly engine: Engine;
  readonly selected: Selected;
  readonly output: OutputChoice;
  readonly edges: Edges;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
  /** Milliseconds of each picture by stage. */
  readonly onTimings?: (
    timings: Timings & { readonly open: number; readonly finish: number; readonly total: number },
  ) => void;
}

/** How a run went; `notes` are worth knowing but no failures. */
export interface Outcome extends Report {
  readonly notes: readonly LayerNote[];
}

/** What comes of a run, picture by picture. */
interface Made {
  readonly pictures: Picture[];
  readonly results: LayerResult[];
  readonly notes: LayerNote[];
}

interface Job {
  readonly key: string;
  readonly layers: readonly { readonly layer: Layer; readonly output: LayerResult['output'] }[];
}

/** Pictures that are opened ahead of the one that is cut. */
const AHEAD = 2;

/** Cuts every layer of a selection. One failure stops no other; a cancelled run leaves the file as it was. */
export async function runRemoval(removal: Removal): Promise<Outcome> {
  const { main, engine, selected, signal, onProgress } = removal;
  const problems: LayerNote[] = [...selected.problems];
  const jobs = plan(selected.layers, removal.output, problems);
  const made: Made = { pictures: [], results: [], notes: [] };
  const { open, close, closeAll } = openings(removal);
  const stop = () => engine.cancel();
  signal.addEventListener('abort', stop);
  const start = performance.now();
  if (jobs.length > 0) engine.prepare('cutout');
  try {
    for (const [done, job] of jobs.entries()) {
      const begun = performance.now();
      const each = (begun - start) / done / 1000;
      onProgress({ done, total: jobs.length, left: done > 0 ? each * (jobs.length - done) : undefined });
      signal.throwIfAborted();
      try {
        const opened = await open(job);
        const openMs = performance.now() - begun;
        // While the network runs, its worker hears of nothing: the picture after next is asked for, so that the next is decoded.
        for (const next of jobs.slice(done + 1, done + 1 + AHEAD)) open(next).catch(() => {});
        const timings = await cut(removal, job, opened, made);
        removal.onTimings?.({ open: openMs, ...timings, total: performance.now() - begun });
      } catch (error) {
        signal.throwIfAborted();
        for (const { layer } of job.layers) problems.push({ layer: layer.name, text: wordsOf(error) });
      } finally {
        await close(job);
      }
    }
    onProgress({ done: jobs.length, total: jobs.length, left: 0 });
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
    void closeAll();
  }
  const { pictures, results, notes } = made;
  if (results.length === 0) return { done: 0, problems, notes };
  const report = await main.apply({ pictures, results });
  return { done: report.done, problems: [...problems, ...report.problems], notes };
}

/** Pictures of jobs in the engine: opened once each, closed once each. */
function openings({ main, engine }: Removal) {
  const opened = new Map<Job, Promise<OpenedPicture>>();
  const open = (job: Job): Promise<OpenedPicture> => {
    const known = opened.get(job);
    if (known) return known;
    const { key, layers } = job;
    const opening = layerBytes(main, layers[0]!.layer).then((bytes) => engine.open(key, bytes));
    opened.set(job, opening);
    return opening;
  };
  const close = async (job: Job): Promise<void> => {
    await opened.get(job)?.catch(() => {});
    opened.delete(job);
    await engine.close(job.key);
  };
  return { open, close, closeAll: () => Promise.all([...opened.keys()].map(close)) };
}

/** Layers by picture, those that cannot have the wanted result left out. */
function plan(layers: readonly Layer[], choice: OutputChoice, problems: LayerNote[]): Job[] {
  const jobs = new Map<string, { layer: Layer; output: LayerResult['output'] }[]>();
  for (const layer of layers) {
    const answer = outputFor(layer, choice);
    if ('refused' in answer) {
      problems.push({ layer: layer.name, text: answer.refused });
      continue;
    }
    const key = pictureKey(layer);
    jobs.set(key, [...(jobs.get(key) ?? []), { layer, output: answer.output }]);
  }
  return [...jobs].map(([key, members]) => ({ key, layers: members }));
}

/** Computes one picture, adds what its layers become, and says how long that took. */
async function cut(
  { engine, edges }: Removal,
  { key, layers }: Job,
  opened: OpenedPicture,
  { pictures, results, notes }: Made,
): Promise<Timings & { readonly finish: number }> {
  const { verdict, timings } = await engine.matte(key);
  const matted = performance.now();
  if (verdict === 'empty')
    throw new Error('Nothing stands out in this picture. Use “Click to segment” to point at what you mean.');
  const outlined = layers.filter(({ output }) => output === 'vector-outline');
  const edit = { base: { kind: 'matte' }, strokes: [], edges } as const;
  const finished = await engine.finish(key, edit, {
    mask: layers.some(({ output }) => output === 'mask-group'),
    cutout: layers.some(({ output }) => output !== 'mask-group' && output !== 'vector-outline'),
    outlines: outlined.map(({ layer }) => pixelsToLayer(layer.geometry, layer, opened)),
  });
  const index = { mask: -1, cutout: -1 };
  for (const kind of ['mask', 'cutout'] as const) {
    const bytes = finished[kind];
    if (bytes) index[kind] = pictures.push({ bytes, scale: opened.scale }) - 1;
  }
  let outline = 0;
  for (const { layer, output } of layers) {
    const target = { id: layer.id, layer: layer.name, output };
    if (output === 'vector-outline') results.push({ ...target, outline: finished.outlines[outline++] ?? '' });
    else results.push({ ...target, picture: output === 'mask-group' ? index.mask : index.cutout });
    if (verdict === 'uncertain')
      notes.push({ layer: layer.name, text: 'The subject is not clear: look at the edge.' });
    if (opened.isGif) notes.push({ layer: layer.name, text: 'Of the GIF, the first frame was cut.' });
    if (opened.scale < 1)
      notes.push({ layer: layer.name, text: 'It is over 4096 pixels; its mask is a little coarser.' });
  }
  return { ...timings, finish: performance.now() - matted };
}
