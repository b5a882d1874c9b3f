import { fromWire, toWire, type Wire } from '../wire.js';

/** What all entries of one plugin may take together. */
const QUOTA_BYTES = 5 * 1024 * 1024;

/** `figma.clientStorage`: values by key, outside the document. */
export interface ClientStorage {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  keys(): string[];
}

/** An empty storage in memory. */
export function createClientStorage(): ClientStorage {
  const entries = new Map<string, Wire>();
  const sizeOf = ({ json, bytes }: Wire) => json.length + (bytes?.length ?? 0);
  return {
    get(key) {
      const entry = entries.get(key);
      return entry === undefined ? undefined : fromWire(entry);
    },
    set(key, value) {
      const entry = toWire(value);
      const others = [...entries]
        .filter(([one]) => one !== key)
        .map(([one, held]) => one.length + sizeOf(held));
      const total = others.reduce((sum, size) => sum + size, key.length + sizeOf(entry));
      if (total > QUOTA_BYTES) throw new Error('in clientStorage.setAsync: Exceeded the quota of 5 MB');
      entries.set(key, entry);
    },
    delete: (key) => void entries.delete(key),
    keys: () => [...entries.keys()],
  };
}
