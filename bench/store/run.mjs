// npm run bench -- --store: what a day costs over a store with history. docs/bench.md explains the figures.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measure } from '../measure.mjs';
import { preparedStore } from './prepare.mjs';

const COMMAND = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What Outflow promises (docs/bench.md). */
export const STORE_LIMITS = { passSeconds: 60, peakBytes: 2e9, growth: 1.3, backtestSeconds: 300 };

/** Days of history beside each other: ten times as much must hardly cost more. */
const DAYS = { short: 10, long: 100 };

/**
 * @param millions flow observations of the long store
 * @returns lines that tell which limits were missed
 */
export async function compareStores({ millions, runs }) {
  const missed = [];
  const flows = Math.round((millions * 1_000_000) / DAYS.long);
  const passes = { short: [], long: [] };
  for (let run = 0; run < runs; run++) {
    for (const size of Object.keys(DAYS))
      passes[size].push(await passOver(await preparedStore(DAYS[size], flows)));
  }
  console.log(`\na day of ${flows.toLocaleString('en')} flow observations of 1,000 Macs, built and judged`);
  console.table(
    Object.entries(passes).map(([size, set]) => ({
      history: `${DAYS[size]} days, ${((DAYS[size] * flows) / 1e6).toFixed(0)} M observations`,
      'seconds (median)': Number(median(set, 'seconds').toFixed(1)),
      'all runs': set.map((one) => one.seconds.toFixed(1)).join(' '),
      'CPU seconds': Number(median(set, 'cpuSeconds').toFixed(1)),
      'peak RSS MB': Math.round(Math.max(...set.map((one) => one.peakBytes)) / 1e6),
    })),
  );
  const growth = median(passes.long, 'seconds') / median(passes.short, 'seconds');
  console.log(`${DAYS.long / DAYS.short} times the history takes ${growth.toFixed(2)} times the time`);
  expect(median(passes.long, 'seconds') <= STORE_LIMITS.passSeconds, 'detection pass');
  expect(
    Math.max(...passes.long.map((one) => one.peakBytes)) <= STORE_LIMITS.peakBytes,
    'peak RSS of the pass',
  );
  expect(growth <= STORE_LIMITS.growth, `growth with history: ${growth.toFixed(2)}`);

  const backtest = await backtestOver(await preparedStore(DAYS.long, flows));
  console.log(
    `backtest of 14 days: ${backtest.seconds.toFixed(1)} s, peak RSS ${Math.round(backtest.peakBytes / 1e6)} MB`,
  );
  expect(backtest.seconds <= STORE_LIMITS.backtestSeconds, 'backtest');
  return missed;

  function expect(met, what) {
    if (!met) missed.push(`store: ${what}`);
  }
}

/** Each pass works on a copy: what it builds would be there already for the next. */
function passOver(store) {
  return onCopy(store, (copy) => measure(COMMAND, ['detect', '--store', copy, '--format', 'json']));
}

function backtestOver(store) {
  return onCopy(store, async (copy) => {
    await measure(COMMAND, ['detect', '--store', copy, '--format', 'json']);
    const set = ['--set', 'DataRateThreshold=250000', '--since', '14d'];
    return measure(COMMAND, ['tune', 'backtest', '--store', copy, ...set, '--format', 'json']);
  });
}

async function onCopy(store, use) {
  const copy = `${store}.copy`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(store, copy, { recursive: true });
  try {
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function median(set, key) {
  const values = set.map((one) => one[key]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
