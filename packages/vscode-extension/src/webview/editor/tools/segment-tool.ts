import type { EngineAnswer, EnginePrompt } from '../../../protocol/engine.js';
import { t } from '../../shared/l10n.js';
import type { Tool, ToolContext, ToolPoint } from './tool.js';

/** What was said about one thing, and the answers to it. */
interface Said {
  readonly points: EnginePrompt['points'];
  readonly box?: NonNullable<EnginePrompt['box']>;
  readonly answers: readonly EngineAnswer[];
  readonly chosen: number;
  /** Whether there may be more candidates, of which no mask was asked for yet. */
  readonly more: boolean;
}

/** A question about a click, and what it refines. */
interface Asked {
  readonly before: Said | undefined;
  readonly points: EnginePrompt['points'];
  readonly answers: readonly EngineAnswer[] | undefined;
}

/** A drag shorter than this many CSS pixels is a click. */
const SLACK = 4;

/**
 * Click to segment: the first click makes an instance, further ones refine it, and each is a step of undo of the document.
 * What was said for each mask is remembered, so that after undo the next click refines what is then there.
 */
export class SegmentTool implements Tool {
  readonly cursor = 'crosshair';
  readonly #context: ToolContext;
  /** With it a press begins a box, whatever follows; without, only a drag does. */
  readonly #boxes: boolean;
  readonly #said = new Map<string, Said>();
  #key: string | undefined;
  #press: ToolPoint | undefined;
  #asked: Promise<Asked> | undefined;
  #corner: ToolPoint | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(context: ToolContext, boxes: boolean) {
    this.#context = context;
    this.#boxes = boxes;
  }

  /** Most presses are clicks: the network is asked at once, and has often answered when the button is released. */
  down(point: ToolPoint): void {
    this.#press = point;
    this.#corner = undefined;
    const ask = () => this.#askAbout(point);
    this.#asked = this.#boxes ? undefined : this.#turn.then(ask, ask);
  }

  move(point: ToolPoint): void {
    if (!this.#press) return;
    const far = Math.hypot(point.x - this.#press.x, point.y - this.#press.y) * this.#context.scale() > SLACK;
    if (far || this.#corner) this.#corner = point;
  }

  up(point: ToolPoint): void {
    const press = this.#press;
    const corner = this.#corner;
    const asked = this.#asked;
    this.#press = undefined;
    this.#corner = undefined;
    if (!press) return;
    if (corner) this.#later(() => this.#box(press, point));
    else if (asked) this.#later(() => this.#click(press, asked));
  }

  /** The next click begins a new thing. */
  finish(): void {
    // After what is still under way: its answer would become the thing that the next click refines.
    this.#later(async () => {
      this.#key = undefined;
      this.#context.store.set({ selected: undefined });
    });
  }

  cancel(): boolean {
    const was = this.#press !== undefined || this.#key !== undefined;
    this.#press = undefined;
    this.#corner = undefined;
    if (this.#key !== undefined) this.finish();
    return was;
  }

  settled(): Promise<void> {
    return this.#turn.catch(() => undefined);
  }

  /** Takes the next of the candidates that one click has. */
  nextCandidate(): void {
    this.#later(async () => {
      const before = this.#current();
      if (!before || !this.#key) return;
      const said = before.more ? await this.#all(before) : before;
      if (said.answers.length < 2) return;
      const chosen = (said.chosen + 1) % said.answers.length;
      await this.#show({ ...said, chosen }, t('Candidate {0} of {1}', chosen + 1, said.answers.length));
    });
  }

  draw(context: CanvasRenderingContext2D, scale: number): void {
    for (const { x, y, label } of this.#current()?.points ?? []) {
      context.beginPath();
      context.arc(x, y, 5 / scale, 0, 2 * Math.PI);
      context.fillStyle = label === 1 ? '#1a7f37' : '#cf222e';
      context.strokeStyle = '#fff';
      context.lineWidth = 2 / scale;
      context.fill();
      context.stroke();
      context.beginPath();
      context.moveTo(x - 2.5 / scale, y);
      context.lineTo(x + 2.5 / scale, y);
      if (label === 1) {
        context.moveTo(x, y - 2.5 / scale);
        context.lineTo(x, y + 2.5 / scale);
      }
      context.lineWidth = 1.5 / scale;
      context.stroke();
    }
    if (!this.#press || !this.#corner) return;
    const { x, y } = this.#press;
    context.strokeStyle = '#fff';
    context.lineWidth = 1.5 / scale;
    context.setLineDash([5 / scale, 4 / scale]);
    context.strokeRect(x, y, this.#corner.x - x, this.#corner.y - y);
    context.setLineDash([]);
  }

  /** One after another: a click that comes while the network works refines the answer that is on its way. */
  #later(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work, work);
  }

  /** What was said for the mask that is there now; undone clicks are forgotten, redone ones known again. */
  #current(): Said | undefined {
    const mask = this.#key === undefined ? undefined : this.#context.store.state.masks.get(this.#key);
    if (mask?.view.mask && mask.view.key === this.#context.store.state.selected) {
      return this.#said.get(mask.view.mask.counts);
    }
    return undefined;
  }

  async #click(press: ToolPoint, asked: Promise<Asked>): Promise<void> {
    const early = await asked;
    // What was finished, undone or redone between press and release is not what the click is about any more.
    const { before, points, answers } =
      early.before === this.#current() ? early : await this.#askAbout(press);
    if (!answers?.length) return;
    const box = before?.box;
    const said = { points, answers, chosen: 0, more: !before, ...(box ? { box } : {}) };
    await this.#show(said, press.alt ? t('Take away by click') : t('Refine by click'));
  }

  async #askAbout({ x, y, alt }: ToolPoint): Promise<Asked> {
    const before = this.#current();
    // There is nothing to take away from.
    if (!before && alt) return { before, points: [], answers: undefined };
    const points = [...(before?.points ?? []), { x, y, label: alt ? (0 as const) : (1 as const) }];
    const refines = before?.answers[before.chosen]?.id;
    const box = before?.box;
    const answers = await this.#context.ask({
      points,
      most: 1,
      ...(box ? { box } : {}),
      ...(refines === undefined ? {} : { refines }),
    });
    return { before, points, answers };
  }

  /** All candidates of a first click, of which only the best was asked for. */
  async #all(said: Said): Promise<Said> {
    const answers = await this.#context.ask({ points: said.points });
    return answers?.length ? { ...said, answers, more: false } : said;
  }

  async #box(from: ToolPoint, to: ToolPoint): Promise<void> {
    const { width, height } = this.#context.size();
    const within = (value: number, high: number) => Math.min(high, Math.max(0, value));
    const [xs, ys] = [
      [within(from.x, width), within(to.x, width)].sort((a, b) => a - b),
      [within(from.y, height), within(to.y, height)].sort((a, b) => a - b),
    ];
    const box = [xs[0]!, ys[0]!, xs[1]!, ys[1]!] as const;
    if (box[2] - box[0] < 1 || box[3] - box[1] < 1) return;
    this.#key = undefined;
    const answers = await this.#context.ask({ points: [], box, most: 1 });
    if (answers?.length)
      await this.#show({ points: [], box, answers, chosen: 0, more: false }, t('Segment in box'));
  }

  async #show(said: Said, label: string): Promise<void> {
    const answer = said.answers[said.chosen];
    if (!answer) return;
    this.#said.set(answer.mask.counts, said);
    const shape = { kind: 'pixels', mask: answer.mask } as const;
    if (this.#current() === undefined && !this.#isSelected())
      this.#key = await this.#context.actions.add(shape);
    else await this.#context.actions.reshape(this.#key!, shape, label);
  }

  #isSelected(): boolean {
    return this.#key !== undefined && this.#context.store.state.selected === this.#key;
  }
}
