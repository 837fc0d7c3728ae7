import { parse } from 'yaml';
import { overrideConfig } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { KNOWN } from '../detect/known.js';
import { INDICATORS } from '../detect/analytics/AN0082/indicators.js';
import { firstLine, OutflowError } from '../ground/errors.js';
import { SIGNERS } from '../ground/vocabulary.js';

/** A value somebody proposes: `detection.upload_ratio=3`. */
export interface Setting {
  /** As it was written, for messages. */
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A setting with what is in force and what is proposed instead. */
export interface SettingChange {
  /** Path in the configuration: `detection.data_rate_threshold`. */
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Sections whose values cannot be tried on judged days, and why. */
const FIXED: Readonly<Record<string, string>> = {
  baseline: 'history is replayed against the baselines it was judged by',
  peers: 'peer groups belong to the baselines history was judged by',
  retention: 'it changes no judgement',
  approvals: 'approvals count as they are; see outflow inventory',
};

/**
 * Reads one `KEY=VALUE`: a path in the configuration, an AN0082 element by its ATT&CK name, or an indicator's weight. The
 * value is YAML.
 *
 * @throws OutflowError OF_USAGE
 */
export function parseSetting(text: string, config: Config): Setting {
  const at = text.indexOf('=');
  if (at < 1) throw wrong(text, 'write it as KEY=VALUE, such as DataRateThreshold=250000');
  const path = pathOf(text.slice(0, at).trim(), text, config);
  const written = text.slice(at + 1).trim();
  if (written === '') throw wrong(text, 'there is no value');
  try {
    return { text, path, value: parse(written) };
  } catch (error) {
    throw wrong(text, `the value is not YAML: ${firstLine(error)}`);
  }
}

/**
 * The configuration with settings in place, checked as a configuration file would be.
 *
 * @throws OutflowError OF_USAGE
 */
export function proposeConfig(config: Config, texts: readonly string[]): Config {
  const settings = texts.map((text) => parseSetting(text, config));
  for (const [index, { path, text }] of settings.entries()) {
    const first = settings.findIndex((other) => nameOf(other.path) === nameOf(path));
    if (first !== index) throw wrong(text, `${nameOf(path)} is given twice`);
  }
  const { config: proposed, problem } = overrideConfig(config, settings, KNOWN);
  if (proposed !== undefined) return proposed;
  const { path, message } = problem;
  const named = settings.find((one) => startsWith(path, one.path));
  if (named !== undefined) throw wrong(named.text, message);
  throw new OutflowError('OF_USAGE', `--set: ${nameOf(path)}: ${message}.`);
}

/** What differs between two configurations in the sections that judge, by path. */
export function changesBetween(now: Config, proposed: Config): readonly SettingChange[] {
  return tunedSections(now).flatMap((section) => {
    const before = now[section] as Readonly<Record<string, unknown>>;
    const after = proposed[section] as Readonly<Record<string, unknown>>;
    return section === 'indicators'
      ? weightChanges(now, proposed)
      : Object.keys(before)
          .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
          .map((key) => ({ setting: `${section}.${key}`, before: before[key], after: after[key] }));
  });
}

function weightChanges(now: Config, proposed: Config): SettingChange[] {
  return INDICATORS.map(({ id }) => ({
    setting: `indicators.weights.${id}`,
    before: now.indicators.weights[id] ?? 1,
    after: proposed.indicators.weights[id] ?? 1,
  })).filter(({ before, after }) => before !== after);
}

/** Sections that can be tried on judged days. */
export function tunedSections(config: Config): (keyof Config)[] {
  return (Object.keys(config) as (keyof Config)[]).filter((section) => !Object.hasOwn(FIXED, section));
}

function pathOf(key: string, text: string, config: Config): string[] {
  if (key === 'DataRateThreshold') return ['detection', 'data_rate_threshold'];
  const [section = '', ...rest] = key.split('.');
  if (section === 'ProcessSignedStatus') return ['process_signed_status', signerOf(rest, text)];
  if (section === 'indicator') return ['indicators', 'weights', indicatorOf(rest, text)];
  if (section === 'indicators' && rest[0] === 'weights')
    return [section, 'weights', indicatorOf(rest.slice(1), text)];
  if (Object.hasOwn(FIXED, section)) throw wrong(text, `${section} cannot be tried: ${FIXED[section]}`);
  const sections = tunedSections(config);
  if (!sections.includes(section as keyof Config)) {
    const known = ['DataRateThreshold', 'ProcessSignedStatus', 'indicator', ...sections];
    throw wrong(text, `there is no "${section}"; there are ${known.join(', ')}`);
  }
  const keys = Object.keys(config[section as keyof Config]);
  const [name = ''] = rest;
  if (rest.length !== 1 || !keys.includes(name) || section === 'indicators') {
    const known = section === 'indicators' ? 'weights.ID' : keys.join(', ');
    throw wrong(text, `there is no "${key}"; ${section} has ${known}`);
  }
  return [section, name];
}

function signerOf(rest: readonly string[], text: string): string {
  const [signer = ''] = rest;
  if (rest.length === 1 && (SIGNERS as readonly string[]).includes(signer)) return signer;
  throw wrong(text, `ProcessSignedStatus takes a signer class: ${SIGNERS.join(', ')}`);
}

/** `volume` or `volume.weight`. */
function indicatorOf(rest: readonly string[], text: string): string {
  const [id = ''] = rest;
  const whole = rest.length === 1 || (rest.length === 2 && rest[1] === 'weight');
  if (whole && INDICATORS.some((indicator) => indicator.id === id)) return id;
  throw wrong(text, `there is no such indicator; there are ${INDICATORS.map((one) => one.id).join(', ')}`);
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, at) => path[at] === part);
}

const nameOf = (path: readonly string[]): string => path.join('.');

function wrong(text: string, why: string): OutflowError {
  return new OutflowError('OF_USAGE', `--set ${text}: ${why}.`);
}
