import { InvalidArgumentError, Option } from 'commander';
import { parseDay } from '../ground/day.js';
import { parseMemory } from '../store/memory.js';

/** The store a command works on; the environment may name it. */
export function storeOption(): Option {
  return new Option('--store <dir|url>', 'directory of the store, or URL of a ClickHouse server')
    .env('OUTFLOW_STORE')
    .makeOptionMandatory();
}

export function isoTime(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Use ISO 8601, such as 2026-11-24T00:00:00Z.');
  return new Date(ms).toISOString();
}

/** A UTC day, as written. */
export function utcDay(text: string): string {
  const day = parseDay(text);
  if (day === undefined) throw new InvalidArgumentError('Use a day, such as 2026-11-24.');
  return day;
}

export function ianaZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Use an IANA zone, such as Europe/Berlin.');
  }
}

export function memorySize(text: string): number {
  const bytes = parseMemory(text);
  if (bytes === undefined)
    throw new InvalidArgumentError('Use a size of at least 256M, such as 700M or 2GiB.');
  return bytes;
}
