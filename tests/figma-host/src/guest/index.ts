/** Runs inside the virtual machine before the plugin: gives it `figma`, `console`, timers, and nothing else. */
import { fromWire } from '../wire.js';
import { call } from './bridge.js';
import { createEmitter } from './events.js';
import { createFigma, type GuestSetup } from './figma.js';
import { fireTimer, installTimers } from './timers.js';

declare global {
  var __boot: (json: string) => void;
  var __emit: (kind: string, json: string, bytes?: ArrayBuffer) => void;
}

const write =
  (level: string) =>
  (...parts: readonly unknown[]): void => {
    call('log', level, parts.map((part) => (typeof part === 'string' ? part : describe(part))).join(' '));
  };
Object.assign(globalThis, {
  console: { log: write('log'), info: write('log'), warn: write('warn'), error: write('error') },
});
installTimers();

function describe(part: unknown): string {
  if (part instanceof Error) return `${part.message}\n${part.stack ?? ''}`;
  return JSON.stringify(part) ?? String(part);
}

globalThis.__boot = (json) => {
  const setup: GuestSetup = { ...(JSON.parse(json) as Omit<GuestSetup, 'html'>), html: __html__ };
  const events = createEmitter();
  const messages = createEmitter();
  const suggestions = createEmitter();
  const figma = Object.freeze(createFigma(setup, events, messages, suggestions));
  Object.assign(globalThis, { figma, __uiFiles__: {} });

  const handlers: Readonly<Record<string, (payload: never) => void>> = {
    message: (payload) => messages.emit('message', payload, { origin: 'null' }),
    event: ({ name, payload }: { name: string; payload: unknown }) => events.emit(name, payload),
    timer: (id: number) => fireTimer(id),
    suggest: ({
      id,
      key,
      query,
      parameters,
    }: {
      id: number;
      key: string;
      query: string;
      parameters: unknown;
    }) =>
      suggestions.emit('input', {
        key,
        query,
        parameters,
        result: {
          setSuggestions: (list: unknown) => call('suggested', id, list),
          setError: (message: string) => call('suggestionFailed', id, message),
          setLoadingMessage: () => {},
        },
      }),
  };
  globalThis.__emit = (kind, wire, bytes) => {
    handlers[kind]?.(fromWire<never>(bytes ? { json: wire, bytes: new Uint8Array(bytes) } : { json: wire }));
  };
};
