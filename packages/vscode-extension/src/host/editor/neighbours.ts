import * as vscode from 'vscode';
import { isPicture } from '../files/is-picture.js';

const collator = new Intl.Collator(undefined, { numeric: true });

/** The pictures of an image's folder in the order of the explorer, and the image's place among them. */
export async function neighbours(image: vscode.Uri): Promise<{ images: vscode.Uri[]; index: number }> {
  const folder = vscode.Uri.joinPath(image, '..');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries
    .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && isPicture(name))
    .map(([name]) => name)
    .sort(collator.compare);
  const own = image.path.slice(image.path.lastIndexOf('/') + 1);
  return { images: names.map((name) => vscode.Uri.joinPath(folder, name)), index: names.indexOf(own) };
}
