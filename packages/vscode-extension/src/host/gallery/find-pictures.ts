import * as vscode from 'vscode';
import { isPicture } from '../files/is-picture.js';

const PATTERN = '**/*.{png,jpg,jpeg,jpe,webp,avif,gif,bmp,PNG,JPG,JPEG}';

/** Schemes whose files the workbench itself can search. */
const SEARCHED = new Set(['file', 'vscode-remote']);

/** Folders that hold no pictures of a data set. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** The paths of at most `most` pictures in a folder and all folders in it, sorted. */
export async function findPictures(root: vscode.Uri, most: number): Promise<string[]> {
  if (!SEARCHED.has(root.scheme)) return (await walk(root, most)).sort();
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(root, PATTERN), undefined, most);
  return found.map(({ path }) => path).sort();
}

/** Virtual file systems need not offer a search; the workbench would wait for one without end. */
async function walk(root: vscode.Uri, most: number): Promise<string[]> {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder && found.length < most; folder = folders.pop()) {
    for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory) {
        if (!SKIPPED.has(name)) folders.push(uri);
      } else if (isPicture(name) && found.length < most) found.push(uri.path);
    }
  }
  return found;
}
