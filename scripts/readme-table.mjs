import { readdirSync, readFileSync } from 'node:fs';

const MODELS = new URL('../models/', import.meta.url);

/** README's model table, from the manifests: embedded first, then by size. */
export function modelTable() {
  const rows = readdirSync(MODELS, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, MODELS)).includes('model.json'),
    )
    .map((entry) => JSON.parse(readFileSync(new URL(`${entry.name}/model.json`, MODELS), 'utf8')))
    .sort((a, b) => bytes(a) - bytes(b))
    .map(
      (m) =>
        `| \`${m.id}\` | ${size(m)} | ${m.input.width}×${m.input.height} | ${m.licence} | ${m.trainingData} |`,
    );
  return ['| id | size | input | licence | trained on |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** README's text with the table between its markers replaced. */
export function withTable(readme) {
  return readme.replace(
    /(<!-- models:start -->)[\s\S]*(<!-- models:end -->)/,
    (_, start, end) => `${start}\n${modelTable()}\n${end}`,
  );
}

function bytes({ files }) {
  const all = Object.values(files);
  if (all.some(({ path }) => path)) return 0;
  return all.reduce(
    (sum, file) => sum + (file.bytes ?? Number.POSITIVE_INFINITY),
    all.length > 0 ? 0 : Number.POSITIVE_INFINITY,
  );
}

function size({ files }) {
  const all = Object.values(files);
  if (all.length === 0) return 'bring your own';
  const total = all.reduce((sum, file) => sum + (file.bytes ?? Number.NaN), 0);
  const text = total ? `${(total / 1e6).toFixed(total < 1e7 ? 1 : 0)} MB` : 'not stated';
  return all.some(({ path }) => path) ? `${text}, embedded` : text;
}
