import { Recent } from '../../engine/recent.js';
import type { GalleryEntry, GalleryHost, GalleryView } from '../../protocol/gallery.js';
import type { Remote } from '../../protocol/rpc.js';
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

/** What is known of the cells of a gallery, and the requests, of any kind in one queue, for what is not. */
export class Cells {
  readonly #host: Remote<GalleryHost>;
  readonly #view: GalleryView;
  readonly #onChange: () => void;
  /** Thumbnails by their places, pages of entries by −1 and less. */
  readonly #queue = new RequestQueue();
  readonly #thumbnails = new Recent<number, ImageBitmap | 'none'>(KEPT);
  #entries = new Map<number, GalleryEntry>();
  /** Counts lists: an answer about the one before says nothing of this one. */
  #list = 0;
  /** The first cell that was asked for last, and the timer that runs while whole screens pass by. */
  #first = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** `onChange` is called when there is more to show. */
  constructor(host: Remote<GalleryHost>, view: GalleryView, onChange: () => void) {
    this.#host = host;
    this.#view = view;
    this.#onChange = onChange;
  }

  /** Undefined while it is not known. */
  entry(at: number): GalleryEntry | undefined {
    return this.#entries.get(at);
  }

  /** Undefined while it is not known, and where there is nothing to draw. */
  thumbnail(at: number): ImageBitmap | undefined {
    const made = this.#thumbnails.get(at);
    return made === 'none' ? undefined : made;
  }

  /** Another list: all that was known of the one before is forgotten. */
  reset(): void {
    this.#list++;
    this.#entries = new Map();
    this.#thumbnails.clear();
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
      if (this.#entries.has(at) && this.#thumbnails.get(at) === undefined) this.#askForThumbnail(at);
    }
    for (let page = lastPage; page >= firstPage; page--) {
      if (!this.#entries.has(Math.max(from, page * PAGE))) this.#askForPage(page);
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
      if (list !== this.#list) return;
      for (const [i, entry] of entries.entries()) this.#entries.set(page * PAGE + i, entry);
      this.#onChange();
    });
  }

  #askForThumbnail(at: number): void {
    const list = this.#list;
    this.#queue.add(at, async () => {
      const made = await this.#make(at, list).catch(() => undefined);
      if (list !== this.#list) return;
      this.#thumbnails.set(at, made ?? 'none');
      this.#onChange();
    });
  }

  async #make(at: number, list: number): Promise<ImageBitmap | undefined> {
    const thumbnail = await this.#host.thumbnail(at);
    if (list !== this.#list) return undefined;
    const entry = this.#entries.get(at);
    if (entry && entry.count === undefined && this.#view.format) {
      this.#entries.set(at, { ...entry, count: thumbnail.count });
    }
    return drawThumbnail(thumbnail, this.#view.classes);
  }
}

/** The page of entries that an entry is in. */
function pageOf(at: number): number {
  return Math.floor(at / PAGE);
}
