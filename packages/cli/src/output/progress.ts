import type { Progress } from '@cutkit/core';

/** A bar on a terminal; nothing when stderr is piped or the user wants quiet. */
export interface Bar {
  update(done: number, total: number, label?: string): void;
  stop(): void;
}

const SILENT: Bar = { update() {}, stop() {} };

/** Starts a bar. `unit` is what is counted: `pictures`, or `bytes` shown in megabytes. */
export async function createBar(unit: 'pictures' | 'bytes' | 'points', quiet: boolean): Promise<Bar> {
  if (quiet || !process.stderr.isTTY) return SILENT;
  const { SingleBar } = await import('cli-progress');
  const scale = unit === 'bytes' ? 1e-6 : 1;
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${unit === 'bytes' ? 'MB' : unit} {label}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update(done, total, label = '') {
      const shown = (value: number) => Math.round(value * scale);
      if (!started) bar.start(shown(total), shown(done), { label });
      else {
        bar.setTotal(shown(total));
        bar.update(shown(done), { label });
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** Feeds a download's progress to a bar. */
export function downloadTo(bar: Bar, label: string): (progress: Progress) => void {
  return ({ stage, done, total }) => {
    if (stage === 'download') bar.update(done, total, label);
  };
}
