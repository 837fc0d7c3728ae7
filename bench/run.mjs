// npm run bench: the whole command against the bare engine, on the same files. docs/bench.md explains the figures.
import { createReadStream, existsSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DATASETS, dataset } from './datasets.mjs';
import { measure } from './measure.mjs';
import { compareStores } from './store/run.mjs';

/** What Outflow promises (docs/bench.md); `eventsPerSecond` on two cores. */
const LIMITS = { ratio: 3, eventsPerSecond: 100_000, peakBytes: 1.5e9, growth: 0.15 };
const LARGE = 5;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const COMMAND = here('../dist/cli/main.js');

const { values: options } = parseArgs({
  options: {
    gb: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
    source: { type: 'string', multiple: true, default: Object.keys(DATASETS) },
    linear: { type: 'boolean', default: false },
    rss: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
    millions: { type: 'string', default: '100' },
    check: { type: 'boolean', default: false },
  },
});
const gigabytes = number('gb', options.gb);
const runs = Math.ceil(number('runs', options.runs));
for (const source of options.source) {
  if (!(source in DATASETS)) usage(`--source ${source}: known are ${Object.keys(DATASETS).join(', ')}`);
}

const whole = existsSync(COMMAND);
if (!whole) console.log('dist/cli/main.js is missing: landing is measured, not detection.');
const missed = [];

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ` +
    `${(totalmem() / 1e9).toFixed(0)} GB of memory, Node ${process.version}`,
);
for (const source of options.store ? [] : options.source) {
  await compare(source);
  if (options.linear) await growth(source);
  else if (options.rss) await large(source);
}
if (options.store)
  missed.push(...(await compareStores({ millions: number('millions', options.millions), runs })));
for (const line of missed) console.log(`missed: ${line}`);
if (options.check && missed.length > 0) process.exitCode = 1;

/** The bare engine and Outflow in turns, so that both meet the same state of the machine. */
async function compare(source) {
  const data = await prepared(source, gigabytes);
  const bare = [];
  const outflow = [];
  for (let run = 0; run < runs; run++) {
    bare.push(await bareRun(source, data));
    outflow.push(await outflowRun(data));
  }
  console.log(`\n${title(source, data)}; engine ${bare[0].engine}; ${outflow[0].result}`);
  console.table([
    row('bare engine: type and store', bare, data),
    row(whole ? 'outflow detect' : 'landing', outflow, data),
  ]);
  const ratio = median(outflow, 'seconds') / median(bare, 'seconds');
  // The machine's mood during one pair of runs cancels out within the pair.
  const pairs = outflow.map((run, at) => run.seconds / bare[at].seconds).map((it) => it.toFixed(2));
  const cpuRatio = median(outflow, 'cpuSeconds') / median(bare, 'cpuSeconds');
  console.log(
    `ratio ${ratio.toFixed(2)} (of the pairs: ${pairs.join(', ')}; of CPU time: ${cpuRatio.toFixed(2)})`,
  );
  const rate = data.rows / median(outflow, 'seconds');
  expect(ratio <= LIMITS.ratio, `${source}: ratio ${ratio.toFixed(2)} is above ${LIMITS.ratio}`);
  expect(rate >= LIMITS.eventsPerSecond, `${source}: ${Math.round(rate)} events/s`);
  expectMemory(source, outflow);
}

/** Five times the input should take five times as long. */
async function growth(source) {
  const small = await prepared(source, gigabytes);
  const big = await prepared(source, gigabytes * LARGE);
  const smallRuns = [];
  const bigRuns = [];
  for (let run = 0; run < runs; run++) {
    smallRuns.push(await outflowRun(small));
    bigRuns.push(await outflowRun(big));
  }
  console.log(`\n${title(source, big)}; ${bigRuns[0].result}`);
  console.table([row('small', smallRuns, small), row('large', bigRuns, big)]);
  const perEvent = (set, data) => median(set, 'seconds') / data.rows;
  const change = perEvent(bigRuns, big) / perEvent(smallRuns, small) - 1;
  console.log(`time per event ${percent(change)} at ${LARGE} times the input`);
  expect(
    Math.abs(change) <= LIMITS.growth || change < 0,
    `${source}: time per event grows ${percent(change)}`,
  );
  expectMemory(source, bigRuns);
}

async function large(source) {
  const data = await prepared(source, gigabytes * LARGE);
  const set = [await outflowRun(data)];
  console.log(`\n${title(source, data)}; ${set[0].result}`);
  console.table([row(whole ? 'outflow detect' : 'landing', set, data)]);
  expectMemory(source, set);
}

/** The files, read once so that every run finds them in the page cache (or none does, if they do not fit). */
async function prepared(source, size) {
  const data = await dataset(source, size);
  for (const path of data.paths) {
    const file = createReadStream(path, { highWaterMark: 1 << 20 });
    await new Promise((done, fail) => file.resume().once('end', done).once('error', fail));
  }
  return data;
}

async function bareRun(source, { paths, rows }) {
  const measured = await measure(here('bare.mjs'), [source, ...paths]);
  const { rows: stored, engine } = JSON.parse(measured.output);
  complete('the bare engine', stored, rows);
  return { ...measured, engine };
}

async function outflowRun({ paths, rows }) {
  if (!whole) {
    const measured = await measure(here('landing.mjs'), paths);
    const landed = JSON.parse(measured.output);
    complete('landing', landed.rows - landed.rejected, rows);
    return { ...measured, result: 'landing only' };
  }
  const measured = await measure(COMMAND, ['detect', ...paths, '--format', 'json']);
  const { input, findings } = JSON.parse(measured.output);
  complete('outflow detect', input.accepted, rows);
  return {
    ...measured,
    result: `${input.hosts} hosts, ${input.processes} processes, ${input.flows} flows, ${findings.length} findings`,
  };
}

/** A run that dropped something is no measurement. */
function complete(who, accepted, rows) {
  if (accepted !== rows) throw new Error(`${who} took ${accepted} of ${rows} events`);
}

function row(name, set, { rows, bytes }) {
  const seconds = median(set, 'seconds');
  return {
    what: name,
    'events/s': Math.round(rows / seconds),
    'MB/s': Math.round(bytes / seconds / 1e6),
    'seconds (median)': Number(seconds.toFixed(2)),
    'all runs': set.map((run) => run.seconds.toFixed(2)).join(' '),
    'CPU seconds': Number(median(set, 'cpuSeconds').toFixed(2)),
    'peak RSS MB': Math.round(Math.max(...set.map((run) => run.peakBytes)) / 1e6),
  };
}

function title(source, { rows, bytes, paths }) {
  const files = `${paths.length} file${paths.length === 1 ? '' : 's'}`;
  return `${source}: ${(bytes / 1e9).toFixed(2)} GB, ${rows} events of ${Math.round(bytes / rows)} bytes in ${files}`;
}

function median(set, key) {
  const values = set.map((run) => run[key]).sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

function expectMemory(source, set) {
  const peak = Math.max(...set.map((run) => run.peakBytes));
  expect(peak <= LIMITS.peakBytes, `${source}: peak RSS ${Math.round(peak / 1e6)} MB`);
}

function expect(reached, description) {
  if (!reached) missed.push(description);
}

function percent(share) {
  return `${share >= 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}

function number(name, text) {
  const value = Number(text);
  if (!(value > 0)) usage(`--${name} ${text}: a number above 0 is needed`);
  return value;
}

function usage(message) {
  console.error(message);
  process.exit(2);
}
