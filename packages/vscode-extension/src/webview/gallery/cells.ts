import { Recent } from '../../engine/recent.js';
import type { GalleryEntry, GalleryHost, GalleryView } from '../../protocol/gallery.js';
import { drawThumbnail } from './draw-thumbnail.js';
import { RequestQueue } from './request-queue.js';

/** Thumbnails that are kept when they are scrolled away: about a hundred megabytes at most. */
const KEPT = 400;
/** Entries that are asked for at a time. */
const PAGE = 200;
/** What is on the screen for less than this many milliseconds while it is scrolled is not asked for. */
const REST_MS = 90;
/** Requests at once while it is scrolled: pictures are decoded beside the frames, on the same processor. */
const AT_ONCE_SCROLLING = 2;

/** What cells ask for. */
export type CellHost = Pick<GalleryHost, 'entries' | 'thumbnail'>;

/** Of cells, by their places. */
interface Known {
  readonly entries: Map<number, GalleryEntry>;
  readonly thumbnails: Recent<number, ImageBitmap | 'none'>;
}

function nothingKnown(): Known {
  return { entries: new Map(), thumbnails: new Recent(KEPT) };
}

/** What is known of the cells of a gallery, and the requests, of any kind in one queue, for what is not. */
export class Cells {
  readonly #host: CellHost;
  #view: GalleryView;
  readonly #onChange: () => void;
  /** Thumbnails by their places, pages of entries by −1 and less. */
  readonly #queue = new RequestQueue();
  #known = nothingKnown();
  /** What was known before the last change of the data set: shown until it is known anew. */
  #before = nothingKnown();
  /** Counts lists: an answer about the one before says nothing of this one. */
  #list = 0;
  /** The first cell that was asked for last, and the timer that runs while whole screens pass by. */
  #first = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** `onChange` is called when there is more to show. */
  constructor(host: CellHost, view: GalleryView, onChange: () => void) {
    this.#host = host;
    this.#view = view;
    this.#onChange = onChange;
  }

  /** Undefined while it is not known. */
  entry(at: number): GalleryEntry | undefined {
    return this.#known.entries.get(at) ?? this.#before.entries.get(at);
  }

  /** Undefined while it is not known, and where there is nothing to draw. */
  thumbnail(at: number): ImageBitmap | undefined {
    const made = this.#known.thumbnails.get(at) ?? this.#before.thumbnails.get(at);
    return made === 'none' ? undefined : made;
  }

  /** Another list: all that was known of the one before is forgotten. */
  reset(): void {
    this.#forget();
    this.#before = nothingKnown();
  }

  /** The same list after its data set changed: what was known stays in sight until it is known anew. */
  refresh(view: GalleryView): void {
    this.#view = view;
    this.#before = this.#known;
    this.#forget();
  }

  #forget(): void {
    this.#list++;
    this.#known = nothingKnown();
    this.#queue.keep(() => false);
  }

  /** Asks for what the cells from `from` to before `to` lack, unless they are merely passing by, and for nothing else. */
  ask(from: number, to: number, isScrolling: boolean): void {
    if (to <= from) return;
    const [firstPage, lastPage] = [pageOf(from), pageOf(to - 1)];
    this.#queue.keep((key) =>
      key < 0 ? firstPage <= -1 - key && -1 - key <= lastPage : from <= key && key < to,
    );
    this.#queue.restrict(isScrolling ? AT_ONCE_SCROLLING : undefined);
    const isPassing = Math.abs(from - this.#first) >= to - from;
    this.#first = from;
    clearTimeout(this.#resting);
    const isResting = !isPassing && (this.#resting === undefined || !isScrolling);
    this.#resting = isResting ? undefined : setTimeout(() => this.#rest(), REST_MS);
    if (!isResting) return;
    // The queue begins with the newest: the first cells, and their entries before all.
    for (let at = to - 1; at >= from; at--) {
      const { entries, thumbnails } = this.#known;
      if (entries.has(at) && thumbnails.get(at) === undefined) this.#askForThumbnail(at);
    }
    for (let page = lastPage; page >= firstPage; page--) {
      if (!this.#known.entries.has(Math.max(from, page * PAGE))) this.#askForPage(page);
    }
  }

  #rest(): void {
    this.#resting = undefined;
    this.#onChange();
  }

  #askForPage(page: number): void {
    const list = this.#list;
    this.#queue.add(-1 - page, async () => {
      const entries = await this.#host.entries(page * PAGE, (page + 1) * PAGE);
      if (list === this.#list) {
        for (const [i, entry] of entries.entries()) this.#known.entries.set(page * PAGE + i, entry);
      }
      this.#onChange();
    });
  }

  #askForThumbnail(at: number): void {
    const list = this.#list;
    this.#queue.add(at, async () => {
      const made = await this.#make(at, list).catch(() => undefined);
      if (list === this.#list) this.#known.thumbnails.set(at, made ?? 'none');
      this.#onChange();
    });
  }

  async #make(at: number, list: number): Promise<ImageBitmap | undefined> {
    const thumbnail = await this.#host.thumbnail(at);
    if (list !== this.#list) return undefined;
    const entry = this.#known.entries.get(at);
    if (entry && entry.count === undefined && this.#view.format) {
      this.#known.entries.set(at, { ...entry, count: thumbnail.count });
    }
    return drawThumbnail(thumbnail, this.#view.classes);
  }
}

/** The page of entries that an entry is in. */
function pageOf(at: number): number {
  return Math.floor(at / PAGE);
}
