/**
 * How people read the numbers of a finding: decimal bytes, short durations, UTC minutes. Machine formats keep the
 * plain numbers. No locale is consulted, so the same result reads the same on every machine.
 */

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bytes in decimal units, three digits that matter: `0 B`, `1.25 kB`, `40.2 GB`, `312 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unknown';
  let value = Math.abs(bytes);
  let unit = 0;
  // 999.95 rounds to the next unit's 1, never to `1000 kB`.
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const decimals = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  const digits = String(Number(value.toFixed(decimals)));
  return `${bytes < 0 ? '-' : ''}${digits} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** Bytes per second: `5.6 MB/s`; anything above nothing is at least `<1 B/s`. */
export function formatRate(bytesPerSecond: number): string {
  if (bytesPerSecond > 0 && bytesPerSecond < 1) return '<1 B/s';
  return Number.isFinite(bytesPerSecond) ? `${formatBytes(bytesPerSecond)}/s` : 'unknown';
}

/** Seconds as the two largest units that matter, rounded down: `42 s`, `55 min`, `2 h 05 min`, `6 d 02 h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return 'unknown';
  if (seconds === 0) return '0 s';
  if (seconds < 1) return '<1 s';
  const whole = Math.floor(seconds);
  if (whole < 2 * MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY)
    return `${Math.floor(whole / HOUR)} h ${twoDigits(Math.floor((whole % HOUR) / MINUTE))} min`;
  return `${formatCount(Math.floor(whole / DAY))} d ${twoDigits(Math.floor((whole % DAY) / HOUR))} h`;
}

/** A whole number with thousands separators: `1,204,332`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return 'unknown';
  if (Math.abs(count) >= 1e15) return count.toExponential(2);
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number of unknown unit: whole as a count, else at most three significant decimals. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return formatCount(value);
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'unknown';
}

/** What an indicator added to risk, always with its sign: `+18`, `+4.5`, `-3`. */
export function formatPoints(points: number): string {
  if (!Number.isFinite(points)) return '?';
  const rounded = Math.round(points * 10) / 10;
  return rounded < 0 ? String(rounded) : `+${rounded}`;
}

/** `2026-03-04 22:10` (UTC) of a contract time, or null where the text is not one. */
export function formatTime(iso: string | null): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso ?? '');
  return match === null ? null : `${match[1] ?? ''} ${match[2] ?? ''}`;
}

/** Singular or plural with its count: `1 host`, `1,204 hosts`. */
export function formatPlural(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
