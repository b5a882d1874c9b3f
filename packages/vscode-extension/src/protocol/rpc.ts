import { type BirpcReturn, createBirpc } from 'birpc';
import { plainError, revive } from './plain-error.js';

/** The two ends of a channel of messages. */
export interface Channel {
  post(message: unknown): void;
  on(receive: (message: unknown) => void): void;
}

/** What the other side offers, to be called. */
export type Remote<Theirs extends object> = BirpcReturn<Theirs, Record<string, unknown>>;

interface Message {
  readonly e?: unknown;
}

/** Offers `ours` to the other side of a channel and gives a handle on what it offers. Errors keep their code and hint. */
export function connect<Theirs extends object>(ours: object, { post, on }: Channel): Remote<Theirs> {
  return createBirpc<Theirs, Record<string, unknown>>(ours as Record<string, unknown>, {
    post,
    on,
    bind: 'functions',
    serialize: (message: Message) => (message.e ? { ...message, e: plainError(message.e) } : message),
    deserialize: (message: Message) => (message.e ? { ...message, e: revive(message.e) } : message),
    // A network may take long; closing the channel ends what waits.
    timeout: -1,
  });
}
