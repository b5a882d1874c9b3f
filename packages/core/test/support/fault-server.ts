import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done to one request instead of a plain answer. */
type Fault =
  | { readonly kind: 'drop'; readonly after: number }
  | { readonly kind: 'short'; readonly length: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'stall' };

/** A server of one file on this machine that misbehaves as told. */
export interface FaultServer {
  readonly url: string;
  /** The Range header of each request so far, in order; empty where there was none. */
  readonly ranges: string[];
  /** Faults for the next requests, in order; after them the file is served well. */
  readonly faults: Fault[];
  close(): Promise<void>;
}

/** Serves `content` under every path. With `ranges: false` it answers ranges with the whole file. */
export async function serveFaults(
  content: Uint8Array,
  { ranges = true }: { ranges?: boolean } = {},
): Promise<FaultServer> {
  const asked: string[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? '');
    answer(request, response, content, ranges, faults.shift());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/model.onnx`,
    ranges: asked,
    faults,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array,
  ranges: boolean,
  fault: Fault | undefined,
): void {
  if (fault?.kind === 'stall') return;
  if (fault?.kind === 'status') {
    response.writeHead(fault.status).end('no');
    return;
  }
  const start = ranges ? Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  const rest = content.subarray(start);
  const body = fault?.kind === 'short' ? rest.subarray(0, fault.length) : rest;
  const range =
    start > 0 ? { 'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { 'Content-Length': body.length, ...range });
  if (fault?.kind !== 'drop') response.end(body);
  else response.write(body.subarray(0, fault.after), () => response.destroy());
}
