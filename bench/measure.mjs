// Runs a Node program in a process of its own and measures it from the outside, start-up included.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const REPORTER = new URL('report-usage.mjs', import.meta.url).href;

/**
 * @returns `{ seconds, cpuSeconds, peakBytes, output }`: wall clock, user + system time of the process, its peak
 *   resident set, and what it printed on standard output
 */
export async function measure(program, args) {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-bench-'));
  const usagePath = join(directory, 'usage.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', REPORTER, program, ...args], {
    env: { ...process.env, OUTFLOW_BENCH_USAGE: usagePath },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((done) => child.once('close', done));
  const seconds = (performance.now() - started) / 1000;
  try {
    if (code !== 0) throw new Error(`${program} ended with ${code}:\n${errors.slice(-2000)}`);
    const usage = JSON.parse(readFileSync(usagePath, 'utf8'));
    return { seconds, ...usage, output };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
