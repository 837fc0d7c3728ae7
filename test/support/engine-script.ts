/** What tests run in a second process: `hold STORE` or `land STORE FILE…`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { landFile } from '../../src/landing/land-file.js';
import { openStore } from '../../src/service/open-store.js';
import { OutflowError } from '../../src/ground/errors.js';
import { TEST_SOURCES } from './line-source.js';

/** Ended by its parent long before that. */
const HOLD_MILLISECONDS = 60_000;

const [step, ...args] = process.argv.slice(2);

try {
  await run();
} catch (error) {
  if (!(error instanceof OutflowError)) throw error;
  console.log(`${error.code} ${error.message}`);
  process.exitCode = error.exitCode;
}

async function run(): Promise<void> {
  const [target, ...files] = args;
  const store = await openStore(target);
  if (step === 'hold') {
    console.log('opened');
    await sleep(HOLD_MILLISECONDS);
  }
  if (step === 'land') {
    console.log('landing');
    for (const path of files) {
      const { lines } = (await landFile(
        store,
        { path, shown: path, explicit: true },
        { sources: TEST_SOURCES },
      )) as {
        lines: number;
      };
      console.log(`landed ${lines}`);
    }
  }
  await store.close();
}
