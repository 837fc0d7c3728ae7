import { parse } from 'yaml';
import { overrideConfig } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { KNOWN } from '../detect/known.js';
import { INDICATORS } from '../detect/analytics/registry.js';
import { failure } from '../ground/errors.js';
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
 * Reads one `KEY=VALUE`: a path in the configuration (`analytics.AN0377.persistence_hours` too), an AN0082 element by its
 * ATT&CK name, or an indicator's weight. The value is YAML.
 *
 * @throws OutflowError OF_USAGE
 */
export function parseSetting(text: string, config: Config): Setting {
  const at = text.indexOf('=');
  if (at < 1) throw failure('OF_USAGE.settingForm', { setting: text });
  const path = pathOf(text.slice(0, at).trim(), text, config);
  const written = text.slice(at + 1).trim();
  if (written === '') throw failure('OF_USAGE.settingEmpty', { setting: text });
  try {
    return { text, path, value: parse(written) };
  } catch (error) {
    throw failure('OF_USAGE.settingNoYaml', { setting: text }, error);
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
    if (first !== index) throw failure('OF_USAGE.settingTwice', { setting: text, key: nameOf(path) });
  }
  const { config: proposed, problem } = overrideConfig(config, settings, KNOWN);
  if (proposed !== undefined) return proposed;
  const { path, message } = problem;
  const named = settings.find((one) => startsWith(path, one.path));
  if (named !== undefined) throw failure('OF_USAGE.settingInvalid', { setting: named.text, reason: message });
  throw failure('OF_USAGE.settingsDisagree', { key: nameOf(path), reason: message });
}

/** What differs between two configurations in the sections that judge, by path. */
export function changesBetween(now: Config, proposed: Config): readonly SettingChange[] {
  return tunedSections(now).flatMap((section) => {
    if (section === 'indicators') return weightChanges(now, proposed);
    if (section !== 'analytics') return changesIn(section, now[section], proposed[section]);
    return Object.keys(now.analytics).flatMap((id) =>
      changesIn(`${section}.${id}`, now.analytics[id], proposed.analytics[id]),
    );
  });
}

function changesIn(section: string, now: unknown, proposed: unknown): SettingChange[] {
  const before = now as Readonly<Record<string, unknown>>;
  const after = proposed as Readonly<Record<string, unknown>>;
  return Object.keys(before)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ setting: `${section}.${key}`, before: before[key], after: after[key] }));
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
  const reason = Object.hasOwn(FIXED, section) ? FIXED[section] : undefined;
  if (reason !== undefined) throw failure('OF_USAGE.settingFixed', { setting: text, section, reason });
  const sections = tunedSections(config);
  if (!sections.includes(section as keyof Config)) {
    const known = ['DataRateThreshold', 'ProcessSignedStatus', 'indicator', ...sections];
    throw failure('OF_USAGE.settingNoSection', { setting: text, section, known: known.join(', ') });
  }
  if (section === 'analytics') return [section, ...keyOfAnalytic(rest, key, text, config)];
  const keys = Object.keys(config[section as keyof Config]);
  const [name = ''] = rest;
  if (rest.length !== 1 || !keys.includes(name) || section === 'indicators') {
    const known = section === 'indicators' ? 'weights.ID' : keys.join(', ');
    throw failure('OF_USAGE.settingNoKey', { setting: text, key, section, known });
  }
  return [section, name];
}

/** `AN0377.persistence_hours`: an analytic that configures something of its own, and one of its keys. */
function keyOfAnalytic(rest: readonly string[], key: string, text: string, config: Config): string[] {
  const known = Object.entries(config.analytics).flatMap(([id, keys]) =>
    Object.keys(keys as object).map((name) => `${id}.${name}`),
  );
  if (known.includes(rest.join('.'))) return [...rest];
  throw failure('OF_USAGE.settingNoKey', {
    setting: text,
    key,
    section: 'analytics',
    known: known.join(', '),
  });
}

function signerOf(rest: readonly string[], text: string): string {
  const [signer = ''] = rest;
  if (rest.length === 1 && (SIGNERS as readonly string[]).includes(signer)) return signer;
  throw failure('OF_USAGE.settingNoSigner', { setting: text, known: SIGNERS.join(', ') });
}

/** `volume` or `volume.weight`. */
function indicatorOf(rest: readonly string[], text: string): string {
  const [id = ''] = rest;
  const whole = rest.length === 1 || (rest.length === 2 && rest[1] === 'weight');
  if (whole && INDICATORS.some((indicator) => indicator.id === id)) return id;
  const known = INDICATORS.map((one) => one.id).join(', ');
  throw failure('OF_USAGE.settingNoIndicator', { setting: text, known });
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, at) => path[at] === part);
}

const nameOf = (path: readonly string[]): string => path.join('.');
