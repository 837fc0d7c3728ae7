// Prints `N passed, N failed, N skipped` from vitest's JSON report. Fails when no test ran or the report is missing.
import { readFileSync } from 'node:fs';

let report = {};
try {
  report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
} catch {
  // No report: the tests never started, so nothing passed.
}
const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: pending = 0 } = report;
const { numTodoTests: todo = 0 } = report;
const ran = passed + failed;
if (ran === 0) console.error('No test ran.');
console.log(`${passed} passed, ${failed} failed, ${pending + todo} skipped`);
process.exitCode = ran > 0 && failed === 0 ? 0 : 1;
