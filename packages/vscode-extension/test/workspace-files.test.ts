import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkspaceFiles } from '../src/host/files/workspace-files.js';
import { writeChanges } from '../src/host/files/write-change.js';

/** Sizes of files, and what is asked of the workbench. */
const { sizes, calls } = vi.hoisted(() => ({ sizes: new Map<string, number>(), calls: [] as string[] }));

vi.mock('vscode', () => ({
  FileType: { File: 1, Directory: 2 },
  FileSystemError: class extends Error {},
  l10n: {
    t: (text: string, ...given: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(given[Number(i)])),
  },
  workspace: {
    asRelativePath: ({ path }: { path: string }) => path.slice(1),
    fs: {
      stat: async ({ path }: { path: string }) => ({ type: 1, size: sizes.get(path) ?? 0, mtime: 1 }),
      readFile: async ({ path }: { path: string }) => {
        calls.push(`read ${path}`);
        return new Uint8Array(sizes.get(path) ?? 0);
      },
      writeFile: async ({ path }: { path: string }, bytes: Uint8Array) => {
        calls.push(`write ${path} ${bytes.length}`);
      },
      rename: async () => {
        calls.push('rename');
      },
    },
  },
}));

type Base = ConstructorParameters<typeof WorkspaceFiles>[0];
const uriOf = (scheme: string, path: string): Base =>
  ({ scheme, path, with: (to: { path: string }) => uriOf(scheme, to.path) }) as Base;

describe('files of a workspace that is read whole', () => {
  const files = new WorkspaceFiles(uriOf('vscode-vfs', '/'), {});

  beforeEach(() => {
    calls.length = 0;
  });

  it('are read once, whatever parts are wanted', async () => {
    sizes.set('/a.json', 100);
    expect((await files.read('/a.json', { start: 10, end: 30 })).length).toBe(20);
    expect((await files.read('/a.json', { start: 0, end: 5 })).length).toBe(5);
    expect(calls).toEqual(['read /a.json']);
  });

  it('are refused beyond the limit before a byte is asked for, with one sentence and its cure', async () => {
    sizes.set('/big.json', 620 * 2 ** 20);
    for (const range of [undefined, { start: 0, end: 10 }]) {
      await expect(files.read('/big.json', range)).rejects.toMatchObject({
        code: 'FILE_TOO_LARGE',
        message: 'big.json has 620 MB, and files of this workspace can only be read whole, up to 256 MB.',
        hint: 'Open its folder in VS Code on a desktop or a remote host, or split the file.',
      });
    }
    expect(calls).toEqual([]);
  });

  it('are written in their place: a renaming would close the editors that show them', async () => {
    sizes.set('/a.json', 100);
    const base = { type: 'file', size: 100, modified: 1 } as const;
    await writeChanges(files, [{ type: 'write', path: '/a.json', base, bytes: new Uint8Array(7) }]);
    expect(calls).toEqual(['write /a.json 7']);
  });
});

describe('local files', () => {
  it('are written beside and put in place in one step', async () => {
    sizes.set('/a.json', 100);
    const steps: string[] = [];
    const local = new WorkspaceFiles(uriOf('file', '/'), {
      readRange: async () => new Uint8Array(0),
      writeParts: async ({ path }) => {
        steps.push(path.replace(/\d+/, 'N'));
      },
      replaceFile: async (from, to) => {
        steps.push(`${from.path.replace(/\d+/, 'N')} > ${to.path}`);
      },
    });
    const base = { type: 'file', size: 100, modified: 1 } as const;
    await writeChanges(local, [{ type: 'write', path: '/a.json', base, bytes: new Uint8Array(7) }]);
    expect(steps).toEqual(['/a.json.cutkit-N.tmp', '/a.json.cutkit-N.tmp > /a.json']);
  });
});
