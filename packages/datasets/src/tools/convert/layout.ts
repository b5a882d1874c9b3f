import type { Format } from '../../model/dataset.js';
import { extensionOf, nameOf, stemOf } from '../../model/paths.js';

/** Where the files of a format stand in its folder: paths without a leading `/`. */
export interface Layout {
  /** Of an image's own annotation file, without its extension. */
  stem(name: string): string;
  /** Of the copy of an image that was found at `path`. */
  picture(name: string, path: string): string;
}

/** The layout that people who use a format expect; masks need folders of their own where pictures are beside them. */
export function layoutOf(format: Format, pictures: boolean): Layout {
  const within = (folder: string, stem: (name: string) => string): Layout['picture'] => {
    return (name, path) => `${folder}${stem(name)}.${extensionOf(path)}`;
  };
  switch (format) {
    case 'yolo':
      return { stem: (name) => `labels/${belowImages(name)}`, picture: within('images/', belowImages) };
    case 'voc':
      return { stem: stemOf, picture: within('JPEGImages/', stemOf) };
    case 'masks':
      return {
        stem: (name) => `${pictures ? 'masks/' : ''}${stemOf(name)}`,
        picture: within('images/', stemOf),
      };
    case 'labelme':
      return { stem: bare, picture: within('', bare) };
    default:
      return { stem: belowImages, picture: within('images/', belowImages) };
  }
}

/** A name without its extension, and without what leads out of a folder. */
function bare(name: string): string {
  const inside = name.replaceAll('\\', '/').replace(/^([A-Za-z]:)?(\.\.\/|\.\/|\/)+/, '');
  return inside.slice(0, inside.length - nameOf(inside).length) + stemOf(inside);
}

/** The same, less its last folder that is called `images`: formats with such a folder have it already. */
function belowImages(name: string): string {
  return bare(name).replace(/^(.*\/)?images\//, '$1');
}
