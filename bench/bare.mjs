// One run of the bare engine: `bare.mjs SOURCE FILE…` types the fields of every line and stores them sorted.
// Prints `{ rows, engine }`.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openEngine } from './engine.mjs';

const [source, ...paths] = process.argv.slice(2);
const select = readFileSync(new URL(`bare/${source}.sql`, import.meta.url), 'utf8');
const engine = openEngine(mkdtempSync(join(tmpdir(), 'outflow-bench-')));
const host = (path) => basename(path).split('.', 1)[0];

await engine.command(
  `CREATE TABLE bare ENGINE = MergeTree ORDER BY (host_id, process_id, ts) EMPTY AS ${select}`,
  { path: paths[0], host: host(paths[0]) },
);
for (const path of paths) await engine.command(`INSERT INTO bare ${select}`, { path, host: host(path) });
console.log(
  JSON.stringify({
    rows: Number(await engine.value('SELECT count() FROM bare')),
    engine: await engine.value('SELECT version()'),
  }),
);
await engine.close();
