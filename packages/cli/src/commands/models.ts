import type { Manifest } from '@cutkit/core';
import { listModels, type ModelStatus, pullModel, verifyModel } from '@cutkit/core/node';
import pc from 'picocolors';
import type { GlobalOptions } from '../main.js';
import { failureLine, writeStdout } from '../output/print.js';
import { createBar, downloadTo } from '../output/progress.js';

type Options = GlobalOptions & { readonly json?: boolean };
type Command = (id: string | undefined, options: Options, signal: AbortSignal) => Promise<number>;

/** `cutkit models list|info|pull|verify`; each resolves to the exit code. */
export const models: Readonly<Record<'list' | 'info' | 'pull' | 'verify', Command>> = {
  list,
  info,
  pull,
  verify,
};

async function list(_: string | undefined, options: Options): Promise<number> {
  const statuses = await listModels(options);
  if (options.json) {
    const rows = statuses.map(({ manifest, local, embedded, path }) => ({
      ...manifest,
      local,
      embedded,
      path,
    }));
    await writeStdout(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const rows = statuses.map((one) => [
    one.manifest.id,
    sizeOf(one.manifest),
    one.manifest.licence,
    stateOf(one),
  ]);
  const table = [['id', 'size', 'licence', 'here'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  await writeStdout(`${lines.join('\n')}\n`);
  return 0;
}

async function info(id: string | undefined, options: Options): Promise<number> {
  const { findManifest } = await import('@cutkit/core');
  const manifest = findManifest(id ?? '');
  if (options.json) {
    await writeStdout(`${JSON.stringify(manifest, null, 2)}\n`);
    return 0;
  }
  const { input, output } = manifest;
  const scores = Object.entries(manifest.scores ?? {}).map(([name, value]) => `${name} ${value}`);
  const facts = [
    ['title', manifest.title],
    ['size', sizeOf(manifest)],
    [
      'input',
      `${input.width}×${input.height}, ${input.resize}, ${input.filter}, ÷ ${input.scale}, mean ${input.mean}, std ${input.std}`,
    ],
    ['output', `${output.activation}, ${output.normalise}, ${output.filter} to the picture's size`],
    ['licence', [manifest.licence, manifest.licenceNote].filter(Boolean).join('. ')],
    ['trained on', manifest.trainingData],
    ['source', manifest.source],
    [
      'files',
      Object.values(manifest.files)
        .map((file) => file.url?.[0] ?? 'embedded')
        .join(', ') || 'bring your own',
    ],
    ...(scores.length > 0 ? [['scores', scores.join(', ')]] : []),
  ];
  await writeStdout(`${facts.map(([name = '', text]) => `${pc.bold(name.padEnd(11))}${text}`).join('\n')}\n`);
  return 0;
}

async function pull(id: string | undefined, options: Options, signal: AbortSignal): Promise<number> {
  const bar = await createBar('bytes', options.quiet ?? false);
  try {
    const path = await pullModel(id ?? '', { ...options, signal, onProgress: downloadTo(bar, id ?? '') });
    await writeStdout(`${path}\n`);
    return 0;
  } finally {
    bar.stop();
  }
}

async function verify(id: string | undefined, options: Options): Promise<number> {
  const local = (await listModels(options))
    .filter((status) => status.local)
    .map(({ manifest }) => manifest.id);
  let code = 0;
  for (const one of id === undefined ? local : [id]) {
    try {
      await verifyModel(one, options);
      await writeStdout(`${one}: as published\n`);
    } catch (error) {
      process.stderr.write(`${one}: ${failureLine(error)}\n`);
      code = 1;
    }
  }
  return code;
}

function sizeOf({ files }: Manifest): string {
  const bytes = Object.values(files).reduce((sum, file) => sum + (file.bytes ?? Number.NaN), 0);
  return !(bytes > 0) ? 'not stated' : `${(bytes / 1e6).toFixed(1)} MB`;
}

function stateOf({ embedded, local }: ModelStatus): string {
  return embedded ? 'embedded' : local ? 'yes' : '-';
}
