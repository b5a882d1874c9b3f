import type { CocoRle } from '@cutkit/core';
import type { Statistics } from '@cutkit/datasets';
import type { ClassView } from './editor.js';

/** Which images a gallery lists. */
export interface GalleryFilter {
  /** Part of the name; '' for all. */
  readonly text: string;
  readonly state: 'all' | 'labelled' | 'empty' | 'unlabelled' | 'problems';
  /** A class that must occur. */
  readonly classIndex: number | undefined;
}

/** What a gallery is of. */
export interface GalleryView {
  readonly title: string;
  /** The format of the annotations, or undefined for plain pictures. */
  readonly format?: string;
  readonly classes: readonly ClassView[];
  /** Images that pass the filter. */
  readonly count: number;
}

/** One cell, before its picture is there. */
export interface GalleryEntry {
  readonly name: string;
  /** Instances; absent while they are not read. */
  readonly count?: number;
}

/** What drawing a cell takes. */
export interface Thumbnail {
  /** Absent where there is no image file. */
  readonly url?: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly masks: readonly { readonly mask: CocoRle; readonly classIndex: number }[];
}

/** What the extension host offers to a gallery: pages of a list that it keeps, never the list itself. */
export interface GalleryHost {
  ready(): Promise<GalleryView>;
  /** Lists what passes; gives how many there are. */
  filter(filter: GalleryFilter): Promise<number>;
  entries(from: number, to: number): Promise<GalleryEntry[]>;
  thumbnail(at: number): Promise<Thumbnail>;
  open(at: number): Promise<void>;
  statistics(): Promise<Statistics | undefined>;
}

/** What a gallery's page offers to the extension host. */
export interface GalleryPage {
  /** Annotations or pictures changed: what the gallery is of now. */
  changed(view: GalleryView): void;
}
