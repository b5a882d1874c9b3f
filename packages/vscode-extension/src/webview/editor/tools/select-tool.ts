import type { Part } from '@cutkit/datasets';
import { t } from '../../shared/l10n.js';
import { instancesAt } from '../instances-at.js';
import type { Tool, ToolContext, ToolPoint } from './tool.js';

/** Corners and edges are caught within this many CSS pixels. */
const REACH = 7;

/** An instance whose corners can be moved. */
interface Polygon {
  readonly key: string;
  readonly parts: readonly Part[];
}

interface Grip {
  readonly ring: number;
  /** Index of the corner's x in its ring. */
  readonly at: number;
}

/** Selects what is clicked; drags, adds and removes corners of a selected polygon. */
export class SelectTool implements Tool {
  readonly cursor = 'default';
  readonly #context: ToolContext;
  /** Rings being changed, and the corner that moves. */
  #editing: (Polygon & { rings: number[][]; grip: Grip; moved: boolean }) | undefined;
  #hover: Grip | undefined;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(point: ToolPoint): void {
    const polygon = this.#polygon();
    if (polygon) {
      const rings = ringsOf(polygon.parts);
      const grip = this.#cornerAt(rings, point) ?? this.#insertOnEdge(rings, point);
      if (grip) {
        this.#editing = { ...polygon, rings, grip, moved: false };
        return;
      }
    }
    const under = instancesAt(this.#context.store.state, point.x, point.y);
    const at = under.findIndex(({ key }) => key === this.#context.store.state.selected);
    // A second click on the same place takes what lies below.
    this.#context.store.set({ selected: under[(at + 1) % Math.max(1, under.length)]?.key });
  }

  move(point: ToolPoint): void {
    if (this.#editing) {
      const { rings, grip } = this.#editing;
      rings[grip.ring]!.splice(grip.at, 2, point.x, point.y);
      this.#editing.moved = true;
      return;
    }
    const polygon = this.#polygon();
    this.#hover = polygon && this.#cornerAt(ringsOf(polygon.parts), point);
  }

  up(): void {
    const editing = this.#editing;
    this.#editing = undefined;
    if (!editing?.moved) return;
    void this.#context.actions.reshape(
      editing.key,
      { kind: 'polygons', parts: partsLike(editing.parts, editing.rings) },
      t('Move corner'),
    );
  }

  cancel(): boolean {
    if (this.#editing) {
      this.#editing = undefined;
      return true;
    }
    if (this.#context.store.state.selected === undefined) return false;
    this.#context.store.set({ selected: undefined });
    return true;
  }

  remove(): boolean {
    const polygon = this.#polygon();
    if (!polygon || !this.#hover) return false;
    const rings = ringsOf(polygon.parts);
    const ring = rings[this.#hover.ring];
    if (!ring || ring.length <= 6) return false;
    ring.splice(this.#hover.at, 2);
    this.#hover = undefined;
    void this.#context.actions.reshape(
      polygon.key,
      { kind: 'polygons', parts: partsLike(polygon.parts, rings) },
      t('Remove corner'),
    );
    return true;
  }

  draw(context: CanvasRenderingContext2D, scale: number): void {
    const rings = this.#editing?.rings ?? ringsOf(this.#polygon()?.parts ?? []);
    const half = 3.5 / scale;
    for (const [r, ring] of rings.entries()) {
      for (let i = 0; i < ring.length; i += 2) {
        const hot = this.#hover?.ring === r && this.#hover.at === i;
        context.fillStyle = hot ? '#ff0' : '#fff';
        context.strokeStyle = '#000';
        context.lineWidth = 1 / scale;
        context.fillRect(ring[i]! - half, ring[i + 1]! - half, 2 * half, 2 * half);
        context.strokeRect(ring[i]! - half, ring[i + 1]! - half, 2 * half, 2 * half);
      }
    }
  }

  #polygon(): Polygon | undefined {
    const { selected, masks, view } = this.#context.store.state;
    const instance = selected === undefined ? undefined : masks.get(selected)?.view;
    if (!view.editable || !instance?.parts) return undefined;
    return { key: instance.key, parts: instance.parts };
  }

  #cornerAt(rings: readonly (readonly number[])[], { x, y }: ToolPoint): Grip | undefined {
    const reach = REACH / this.#context.scale();
    for (const [ring, corners] of rings.entries()) {
      for (let at = 0; at < corners.length; at += 2) {
        if (Math.hypot(corners[at]! - x, corners[at + 1]! - y) <= reach) return { ring, at };
      }
    }
    return undefined;
  }

  /** Adds a corner where an edge is pressed. */
  #insertOnEdge(rings: number[][], { x, y }: ToolPoint): Grip | undefined {
    const reach = (REACH * 0.6) / this.#context.scale();
    for (const [ring, corners] of rings.entries()) {
      for (let at = 0; at < corners.length; at += 2) {
        const next = (at + 2) % corners.length;
        const [ax, ay, bx, by] = [corners[at]!, corners[at + 1]!, corners[next]!, corners[next + 1]!];
        if (distanceToSegment(x, y, ax, ay, bx, by) > reach) continue;
        corners.splice(at + 2, 0, x, y);
        return { ring, at: at + 2 };
      }
    }
    return undefined;
  }
}

function distanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Copies of all rings: of each part the outline, then its holes. */
function ringsOf(parts: readonly Part[]): number[][] {
  return parts.flatMap(({ outline, holes }) => [[...outline], ...holes.map((hole) => [...hole])]);
}

/** The rings as parts again, in the order of {@link ringsOf}. */
function partsLike(parts: readonly Part[], rings: readonly number[][]): Part[] {
  let at = 0;
  return parts.map(({ holes }) => ({ outline: rings[at++]!, holes: holes.map(() => rings[at++]!) }));
}
