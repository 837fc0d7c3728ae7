import { z } from 'zod';
import type { VersionTable } from './version.js';

/** What the first line of an exported baseline says it is. */
export const BASELINE_SCHEMA = 'outflow.baseline/1';

const day = z.iso.date();
const count = z.number().int().nonnegative();

/** The first line. */
export const headerSchema = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  version: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/),
  name: z.string(),
  applies_from: day,
  learned_from: day,
  learned_until: day,
  days: count,
  hosts: count,
  actors: count,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  settings: z.record(z.string(), z.unknown()),
  excluded: z.array(
    z.strictObject({
      analytic: z.string().optional(),
      host_id: z.string(),
      actor: z.string(),
      reason: z.enum(['true_positive', 'escalated', 'unresolved']),
      days: z.array(day),
    }),
  ),
  created_at: z.iso.datetime(),
});

/** The last line: how many lines there are before it, and the SHA-256 of them, each with its line feed. */
export const endSchema = z.strictObject({
  end: z.literal(true),
  lines: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `baseline_actors` is written as `actors`. */
export const lineName = (table: VersionTable): string => table.slice('baseline_'.length);

/**
 * Why a value does not fit a column of the engine's type, or undefined. Covers the types of a baseline's tables: strings,
 * unsigned integers (64-bit ones as text), floats, dates, arrays of them.
 */
export function misfit(type: string, value: unknown): string | undefined {
  const inner = /^(?:LowCardinality)\((.+)\)$/.exec(type)?.[1];
  if (inner !== undefined) return misfit(inner, value);
  const element = /^Array\((.+)\)$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return 'a list is expected';
    for (const one of value) {
      const reason = misfit(element, one);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }
  if (type === 'String') return typeof value === 'string' ? undefined : 'text is expected';
  if (type === 'Date') return day.safeParse(value).success ? undefined : 'a day, YYYY-MM-DD, is expected';
  if (type === 'Float64') return typeof value === 'number' && value >= 0 ? undefined : 'a number is expected';
  const bits = /^UInt(\d+)$/.exec(type)?.[1];
  return bits !== undefined && isUnsigned(value, Number(bits))
    ? undefined
    : `a whole number of ${type} is expected`;
}

function isUnsigned(value: unknown, bits: number): boolean {
  if (
    typeof value === 'number'
      ? !Number.isSafeInteger(value)
      : typeof value !== 'string' || !/^\d{1,20}$/.test(value)
  )
    return false;
  const number = BigInt(value as number | string);
  return number >= 0n && number < 1n << BigInt(bits);
}
