import { InvalidArgumentError, Option } from 'commander';
import { parseBytes, parseSeconds } from '../ground/amounts.js';
import { parseDay } from '../ground/day.js';
import { currentUser } from '../service/current-user.js';
import { SOURCES } from '../sources/registry.js';
import { parseMemory } from '../store/memory.js';

/** The store a command works on; the environment may name it. */
export function storeOption(): Option {
  return new Option('--store <dir|url>', 'directory of the store, or URL of a ClickHouse server')
    .env('OUTFLOW_STORE')
    .makeOptionMandatory();
}

export const configOption = (what = 'YAML file with values that differ from the defaults'): Option =>
  new Option('--config <file>', what);

/** The first format is the one without the option. */
export const formatOption = (...formats: readonly string[]): Option =>
  new Option('--format <format>', 'output format').choices(formats).default(formats[0]);

export const byOption = (): Option =>
  new Option('--by <name>', 'who decides').default(currentUser(), 'your account');

/** Not for people: tests fix the time with it. */
export const nowOption = (): Option =>
  new Option('--now <time>', 'time to write as that of the command').argParser(isoTime).hideHelp();

/** How telemetry is read. */
export function readingOptions(): readonly Option[] {
  return [
    new Option('--source <name>', 'read every file as this source').choices(SOURCES.map(({ id }) => id)),
    new Option('--host <name>', 'host of sources that name none (default: file name up to its first dot)'),
    new Option(
      '--timezone <zone>',
      'IANA zone of sources that log local time without an offset (default: UTC)',
    ).argParser(ianaZone),
    new Option(
      '--memory <size>',
      'working memory of the engine, e.g. 700M or 2GiB (default: 700MiB)',
    ).argParser(memorySize),
  ];
}

/** What {@link readingOptions} give. */
export interface ReadingFlags {
  readonly source?: string;
  readonly host?: string;
  readonly timezone?: string;
  readonly memory?: number;
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

export function byteSize(text: string): number {
  const amount = parseBytes(text);
  if (amount === undefined) throw new InvalidArgumentError('Use a size, such as 2GB or 500MB.');
  return amount;
}

export function timeSpan(text: string): number {
  const amount = parseSeconds(text);
  if (amount === undefined) throw new InvalidArgumentError('Use a time, such as 12h or 90min.');
  return amount;
}

function ianaZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Use an IANA zone, such as Europe/Berlin.');
  }
}

function memorySize(text: string): number {
  const bytes = parseMemory(text);
  if (bytes === undefined)
    throw new InvalidArgumentError('Use a size of at least 256M, such as 700M or 2GiB.');
  return bytes;
}
