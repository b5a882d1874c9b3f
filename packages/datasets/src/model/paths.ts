/** The folder of a path, without the last `/`; empty for a bare name. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : at === 0 ? '/' : path.slice(0, at);
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The last name without its extension. */
export function stemOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** The extension in small letters, without its dot. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

/** `folder/name`, with `.` and `..` resolved and backslashes turned; an absolute name stands for itself. */
export function join(folder: string, name: string): string {
  const turned = name.replaceAll('\\', '/');
  const whole = /^(\/|[A-Za-z]:\/)/.test(turned) || folder === '' ? turned : `${folder}/${turned}`;
  const names: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..' && names.length > 0 && names.at(-1) !== '..' && names.at(-1) !== '') names.pop();
    else if (part !== '.' && (part !== '' || names.length === 0)) names.push(part);
  }
  return names.join('/') || '/';
}

/** From a folder to a file, by `..` where it lies elsewhere. */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [folder.split('/'), path.split('/')];
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

const IMAGES = new Set(['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'bmp', 'gif', 'tif', 'tiff', 'avif']);

/** Whether a name is that of a picture. */
export function isImage(name: string): boolean {
  return IMAGES.has(extensionOf(name));
}

/** Names in the order in which people count: `img2` before `img10`. */
export const byName: (a: string, b: string) => number = new Intl.Collator('en', { numeric: true }).compare;
