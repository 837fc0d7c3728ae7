// Landing alone, without detection: `landing.mjs FILE…`. Prints `{ rows, rejected }`. Uses the build in dist/.
import { landFile } from '../dist/landing/land-file.js';
import { openStore } from '../dist/service/open-store.js';

const store = await openStore();
let rows = 0;
let rejected = 0;
for (const path of process.argv.slice(2)) {
  const landed = await landFile(store, { path, shown: path, explicit: true }, {});
  rows += landed.lines;
  rejected += landed.rejected;
}
console.log(JSON.stringify({ rows, rejected }));
await store.close();
