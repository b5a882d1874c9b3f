import type { Channel } from './rpc.js';

/** Several conversations over one pair of ends: each hears only messages under its own name. */
export interface Tagged {
  readonly to: string;
  readonly message: unknown;
}

/** The conversation `name` on `channel`. */
export function tagged(channel: Channel, name: string): Channel {
  return {
    post: (message) => channel.post({ to: name, message } satisfies Tagged),
    on: (receive) =>
      channel.on((raw) => {
        if (isTagged(raw) && raw.to === name) receive(raw.message);
      }),
  };
}

/** Whether a message belongs to a conversation at all. */
export function isTagged(raw: unknown): raw is Tagged {
  return typeof raw === 'object' && raw !== null && 'to' in raw && 'message' in raw;
}
