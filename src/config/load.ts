import { readFileSync } from 'node:fs';
import { parse, stringify, YAMLParseError } from 'yaml';
import { sha256OfJson } from '../ground/hash.js';
import { failure } from '../ground/errors.js';
import { configSchema, type Config, type Known } from './schema.js';

const DEFAULT = new URL('./default.yaml', import.meta.url);

/** Sections with the values that differ from the defaults. */
export type ConfigValues = {
  readonly [Section in keyof Config]?: Config[Section] extends readonly unknown[]
    ? Config[Section]
    : Partial<Config[Section]>;
};

/** A YAML file, or values. */
export type GivenConfig = string | ConfigValues;

/**
 * The defaults with what is given laid over them, validated.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID
 */
export function loadConfig(given: GivenConfig | undefined, known: Known): Config {
  const defaults = parse(readFileSync(DEFAULT, 'utf8')) as Record<string, unknown>;
  const values = typeof given === 'string' ? readYaml(given) : { ...given };
  const result = configSchema(known).safeParse(overlay(defaults, values));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue?.path.join('.') ?? '';
  const where = typeof given === 'string' ? given : 'configuration';
  throw failure('OF_CONFIG_INVALID.value', {
    where: at === '' ? where : `${where}: ${at}`,
    reason: issue?.message ?? 'invalid',
  });
}

/** The configuration with values put in at their paths, or the first of them that does not fit. */
export function overrideConfig(
  config: Config,
  values: readonly { readonly path: readonly string[]; readonly value: unknown }[],
  known: Known,
):
  | { readonly config: Config; readonly problem?: never }
  | { readonly config?: never; readonly problem: { readonly path: string[]; readonly message: string } } {
  const given = values.reduce<Record<string, unknown>>(
    (all, { path, value }) =>
      overlay(
        all,
        path.reduceRight<unknown>((below, key) => ({ [key]: below }), value) as Record<string, unknown>,
      ),
    config,
  );
  const result = configSchema(known).safeParse(given);
  if (result.success) return { config: result.data };
  const [issue] = result.error.issues;
  return { problem: { path: issue?.path.map(String) ?? [], message: issue?.message ?? 'invalid' } };
}

/** SHA-256 of the effective configuration, hex: two runs with the same hash judged by the same rules. */
export function configHash(config: Partial<Config>): string {
  return sha256OfJson(config);
}

/** The effective configuration as YAML. */
export function printConfig(config: Config): string {
  return stringify(config);
}

function readYaml(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw failure('OF_CONFIG_UNREADABLE.config', { file: path }, error);
  }
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1;
    throw failure('OF_CONFIG_INVALID.yaml', { file: path, line }, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw failure('OF_CONFIG_INVALID.noMapping', { file: path });
  }
  return value as Record<string, unknown>;
}

function overlay(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = base[key];
    merged[key] = isSection(below) && isSection(value) ? overlay(below, value) : value;
  }
  return merged;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
