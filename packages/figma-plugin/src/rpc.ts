import { type BirpcReturn, createBirpc } from 'birpc';

/** One end's way of sending and hearing messages. */
export interface Channel {
  post(message: unknown): void;
  on(hear: (message: unknown) => void): void;
}

/** A failure as it crosses: errors lose their class on the way, and in Figma their message too. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
}

interface Message {
  readonly t: 'q' | 's';
  readonly e?: unknown;
}

/** Calls across the two halves: ours for them to call, theirs to call. Work takes as long as it takes: no time limit. */
export function connect<Theirs extends object, Ours extends object>(
  ours: Ours,
  { post, on }: Channel,
): BirpcReturn<Theirs, Ours> {
  return createBirpc<Theirs, Ours>(ours, {
    post,
    on: (hear: (message: unknown) => void) => on(hear),
    serialize: (message: Message) =>
      message.t === 's' && message.e ? { ...message, e: toFailure(message.e) } : message,
    deserialize: (message: Message) =>
      message.t === 's' && message.e ? { ...message, e: toError(message.e as Failure) } : message,
    timeout: -1,
  });
}

function toFailure(error: unknown): Failure {
  const { name = 'Error', message = String(error), code, hint } = (error ?? {}) as Partial<Failure>;
  return { name, message, code, hint };
}

function toError({ message, ...rest }: Failure): Error {
  return Object.assign(new Error(message), rest);
}
