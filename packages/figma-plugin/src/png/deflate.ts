/** The bytes as a zlib stream, as PNG has it. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { writable, readable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  // Written in one piece: a stream made of the bytes would cut them up and hand them on one by one.
  const written = writer.write(bytes).then(() => writer.close());
  const [stream] = await Promise.all([new Response(readable).arrayBuffer(), written]);
  return new Uint8Array(stream);
}
