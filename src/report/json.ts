/** The machine formats, described in docs/output.md. */
import type { DetectResult } from '../ground/finding.js';
import type { FindingDetail, FindingQueue } from '../service/findings.js';
import { orderFinding, orderResult, orderRun } from './contract-order.js';

// JSON leaves these as they are; a terminal would act on some of them. They only occur inside strings.
const UNSAFE = /[\x7f-\x9f\p{Zl}\p{Zp}\p{Cf}]/gu;

/** The result as one indented object in the key order of the contract, with a trailing newline. */
export function renderJson(result: DetectResult): string {
  return jsonText(orderResult(result));
}

/** Any value as indented JSON, safe for whoever looks at the raw text, with a trailing newline. */
export function jsonText(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value, null, 2))}\n`;
}

/** Any value as JSON on one line, safe for whoever looks at the raw text. */
export function jsonLine(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value))}\n`;
}

/** The queue, its findings in the key order of the contract. */
export function renderQueueJson({ findings, ...queue }: FindingQueue): string {
  return jsonText({ ...queue, findings: findings.map(orderFinding) });
}

/** One finding and what was decided on it. */
export function renderDetailJson({ schema, finding, decisions }: FindingDetail): string {
  return jsonText({ schema, finding: orderFinding(finding), decisions });
}

/** One finding a line, each with `schema` and `run` in front so that it stands alone; nothing for no findings. */
export function renderNdjson(result: DetectResult): string {
  const head = { schema: result.schema, run: orderRun(result.run) };
  return result.findings.map((finding) => jsonLine({ ...head, ...orderFinding(finding) })).join('');
}

/** Same value for every JSON reader, no control or invisible character for whoever looks at the raw text. */
function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
