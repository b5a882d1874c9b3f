/** `npm run figma [folder]`: serves the editor with a built plugin (default: Cutkit's) and opens a browser. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
};
const OPENERS = { darwin: ['open'], win32: ['cmd', '/c', 'start'], linux: ['xdg-open'] };

const pages = fileURLToPath(new URL('dist/', import.meta.url));
const OURS = fileURLToPath(new URL('../../packages/figma-plugin/dist/', import.meta.url));

/** Serves the pages on a port of this machine, the plugin's folder below `plugin/`. */
export async function serveFigma(port = 0, plugin = OURS) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const inPlugin = path.startsWith('/plugin/');
    const file = inPlugin ? join(plugin, path.slice('/plugin/'.length)) : join(pages, path);
    try {
      const bytes = await readFile(file);
      response
        .writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  const { port: taken } = server.address();
  return { url: `http://127.0.0.1:${taken}/`, close: () => new Promise((closed) => server.close(closed)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const plugin = resolve(process.argv[2] ?? OURS);
  const { url } = await serveFigma(Number(process.env.PORT ?? 0), plugin);
  console.log(
    `Figma host with the plugin of ${plugin}\n${url}\nSelect a layer, then choose a command. Ctrl+C ends it.`,
  );
  const [command, ...args] = OPENERS[process.platform] ?? OPENERS.linux;
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
