import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AnnotationDocument } from '../src/host/document/annotation-document.js';

/** A workbench whose files are in memory; `afterWrite` is called when one has been written. */
const workbench = vi.hoisted(() => ({
  files: new Map<string, Uint8Array>(),
  time: 1,
  afterWrite: () => {},
}));

vi.mock('vscode', () => {
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  const bytesOf = (path: string) => {
    const bytes = workbench.files.get(path);
    if (!bytes) throw new FileSystemError(path);
    return bytes;
  };
  return {
    FileSystemError,
    FileType: { File: 1, Directory: 2 },
    EventEmitter: class {
      readonly event = () => {};
      fire() {}
      dispose() {}
    },
    l10n: { t: (text: string) => text },
    workspace: {
      asRelativePath: String,
      getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }),
      getWorkspaceFolder: () => undefined,
      fs: {
        stat: async ({ path }: { path: string }) => ({
          type: 1,
          size: bytesOf(path).length,
          mtime: workbench.time,
        }),
        readFile: async ({ path }: { path: string }) => bytesOf(path),
        readDirectory: async ({ path }: { path: string }) =>
          [...workbench.files.keys()]
            .filter((file) => file.startsWith(`${path}/`))
            .map((file) => [file.slice(path.length + 1), 1]),
        writeFile: async ({ path }: { path: string }, bytes: Uint8Array) => {
          workbench.files.set(path, bytes);
          workbench.time++;
          workbench.afterWrite();
        },
      },
    },
  };
});

type Uri = AnnotationDocument['uri'];
const uriOf = (path: string): Uri =>
  ({ scheme: 'memory', path, with: (to: { path: string }) => uriOf(to.path) }) as Uri;

const LABELME = {
  version: '5.0.1',
  flags: {},
  shapes: ['cat', 'dog'].map((label) => ({
    label,
    points: [
      [1, 1],
      [9, 1],
      [9, 9],
    ],
    group_id: null,
    shape_type: 'polygon',
    flags: {},
  })),
  imagePath: 'photo.jpg',
  imageData: null,
  imageHeight: 20,
  imageWidth: 20,
};

describe('the annotations of an image', () => {
  const file = '/w/photo.json';
  let document: AnnotationDocument;
  const shapes = () => JSON.parse(new TextDecoder().decode(workbench.files.get(file))).shapes;
  const removeFirst = () =>
    document.apply({
      label: 'Delete',
      steps: [{ type: 'remove', key: document.record.instances[0]!.key }],
    });

  /** Saves; asks a question of the document when its file has been written, before the save ends. */
  const saveAsking = async (question: () => Promise<boolean>) => {
    let answer: Promise<boolean> | undefined;
    workbench.afterWrite = () => {
      answer = question();
    };
    await document.save();
    workbench.afterWrite = () => {};
    return answer;
  };

  beforeEach(async () => {
    workbench.afterWrite = () => {};
    workbench.files.set('/w/photo.jpg', new Uint8Array());
    workbench.files.set(file, new TextEncoder().encode(JSON.stringify(LABELME)));
    document = await AnnotationDocument.open(uriOf('/w/photo.jpg'), { platform: {} });
  });

  it('are current while they are saved, and after', async () => {
    removeFirst();
    expect(await saveAsking(() => document.isCurrent())).toBe(true);
    expect(shapes()).toHaveLength(1);
    expect(await document.isCurrent()).toBe(true);
  });

  it('are not once another program writes', async () => {
    workbench.files.set(file, new TextEncoder().encode(JSON.stringify({ ...LABELME, shapes: [] })));
    workbench.time++;
    expect(await document.isCurrent()).toBe(false);
    expect(await document.reloadUntouched()).toBe(true);
    expect(document.record.instances).toHaveLength(0);
  });

  it('are read anew only when a save has ended', async () => {
    removeFirst();
    expect(await saveAsking(() => document.reloadUntouched())).toBe(true);
    expect(document.record.instances).toHaveLength(1);
    removeFirst();
    await document.save();
    expect(shapes()).toHaveLength(0);
  });

  it('keep what is done while they wait to be read anew', async () => {
    const reloaded = document.reloadUntouched();
    removeFirst();
    expect(await reloaded).toBe(false);
    expect(document.record.instances).toHaveLength(1);
  });
});
