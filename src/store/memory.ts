import type { ClickHouseSettings } from '@clickhouse/client';

/**
 * Engine settings for a memory bound: a hard limit for one query, and thresholds from which grouping and
 * sorting go to disk; joins are written so that their right side is small. A quarter of the bound is left for what the engine holds between queries (parts, merges).
 */
export function memorySettings(bytes: number): ClickHouseSettings {
  const share = (part: number): string => String(Math.floor(bytes * part));
  return {
    max_memory_usage: share(0.75),
    max_bytes_before_external_group_by: share(0.25),
    max_bytes_before_external_sort: share(0.25),
    max_bytes_ratio_before_external_group_by: 0,
    max_bytes_ratio_before_external_sort: 0,
    join_algorithm: 'default',
    max_insert_block_size: '262144',
    min_insert_block_size_rows: '262144',
    min_insert_block_size_bytes: String(96 * 1024 * 1024),
    max_block_size: '32768',
  };
}

/** Reads `--memory`: `700M`, `1.5GiB`, `1GB`, or plain bytes. Returns bytes, or undefined when it makes no sense. */
export function parseMemory(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([KMGT])(i?)B?)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const power = match[2] === undefined ? 0 : 'KMGT'.indexOf(match[2].toUpperCase()) + 1;
  const base = match[3] === 'i' ? 1024 : 1000;
  const bytes = Number(match[1]) * base ** power;
  return bytes >= 256e6 && bytes <= 1e13 ? Math.floor(bytes) : undefined;
}
