import type { Output } from '../protocol.js';

const KEY = 'cutkit';

/** What the plugin writes onto nodes, so that it knows its own work again. Ids are not used: copies get new ones. */
export type CutoutData =
  /** The group around a masked layer, and the looks that moved from the layer to it. */
  | { readonly role: 'group'; readonly looks: Looks | null }
  | { readonly role: 'mask' }
  /** A layer that was cut by a mask beside it. */
  | { readonly role: 'source'; readonly output: 'mask-group' | 'vector-outline' }
  /** A layer whose paint was cut: the paint as it was, the cut-out's picture, and the style that the fills had. */
  | {
      readonly role: 'source';
      readonly output: 'fill-stack' | 'replace-fill';
      readonly original: ImagePaint;
      readonly cutHash: string;
      readonly fillStyleId: string;
    }
  /** A layer that the plugin added. */
  | { readonly role: 'copy'; readonly output: Output };

/** What a group shows in its layer's stead, so that shadows follow the cut-out's shape. */
export interface Looks {
  readonly opacity: number;
  readonly blendMode: BlendMode;
  readonly effects: readonly Effect[];
}

/** Reads what {@link writeData} wrote; undefined for nodes that are not the plugin's work. */
export function readData(node: BaseNode): CutoutData | undefined {
  const text = node.getPluginData(KEY);
  if (text === '') return undefined;
  try {
    const data = JSON.parse(text) as CutoutData;
    return typeof data === 'object' && data !== null && 'role' in data ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Marks a node as the plugin's work. */
export function writeData(node: BaseNode, data: CutoutData): void {
  node.setPluginData(KEY, JSON.stringify(data));
}

/** Takes the mark and the relaunch buttons off. */
export function clearData(node: SceneNode): void {
  node.setPluginData(KEY, '');
  node.setRelaunchData({});
}

/** The buttons that a finished cut-out carries in Figma's sidebar. */
export function offerRelaunch(node: SceneNode): void {
  node.setRelaunchData({ refine: 'Click, brush and edge controls', restore: 'Bring the original back' });
}
