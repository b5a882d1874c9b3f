/** Where the primaries lie in the profile's connection space, adapted to its white, D50. */
const COLOURS = {
  wtpt: [0.95045, 1, 1.08905],
  rXYZ: [0.60974, 0.31111, 0.01947],
  gXYZ: [0.20528, 0.62567, 0.06087],
  bXYZ: [0.14919, 0.06322, 0.74457],
};
const D50 = [0.9642, 1, 0.8249];
/** 2.19921875, in 256ths. */
const GAMMA = 563;
const HEADER = 128;

/** An ICC profile of Adobe RGB (1998), by its published primaries and curve: three colours, one gamma. */
export function adobeRgb(): Buffer {
  const curve = Buffer.concat([
    word('curv'),
    number(0),
    number(1),
    Buffer.from([GAMMA >> 8, GAMMA & 255, 0, 0]),
  ]);
  const tags: [string, Buffer][] = [
    ['desc', describe('Adobe RGB (1998)')],
    ['cprt', Buffer.concat([word('text'), number(0), Buffer.from('None\0\0\0\0')])],
    ...Object.entries(COLOURS).map(([name, xyz]): [string, Buffer] => [
      name,
      Buffer.concat([word('XYZ '), number(0), ...xyz.map(fixed)]),
    ]),
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = [number(tags.length)];
  let at = HEADER + 4 + tags.length * 12;
  for (const [name, { length }] of tags) {
    table.push(word(name), number(at), number(length));
    at += length;
  }
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12);
  header.write('acsp', 36);
  Buffer.concat(D50.map(fixed)).copy(header, 68);
  return Buffer.concat([header, ...table, ...tags.map(([, tag]) => tag)]);
}

/** A description of the profile's second version: its words in ASCII, none in Unicode or Macintosh's script. */
function describe(text: string): Buffer {
  const ascii = Buffer.from(`${text}\0`);
  const rest = Buffer.alloc(4 + 4 + 2 + 1 + 67);
  const bytes = Buffer.concat([word('desc'), number(0), number(ascii.length), ascii, rest]);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function word(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** As 16.16 bits. */
function fixed(value: number): Buffer {
  return number(Math.round(value * 65536));
}
