import type { Config } from '../config/schema.js';
import { SEVERITIES, type Severity } from '../ground/vocabulary.js';

/** Severities an alert budget can be about: the least that makes an alert. */
export type AlertSeverity = Exclude<Severity, 'informational'>;
export const ALERT_SEVERITIES = SEVERITIES.slice(1) as readonly AlertSeverity[];

/** What the thresholds of amounts and rates are multiplied with. */
export const FACTORS = [0.5, 1, 2, 4] as const;

/** Thresholds that are scaled together: how much has to leave before it counts. */
const SCALED = ['volume_day_bytes', 'tool_volume_day_bytes', 'data_rate_threshold'] as const;

/** One combination of settings: all thresholds of amounts times a factor, and where a severity begins. */
export interface Variant {
  readonly factor: number;
  /** Least risk of the severity that makes an alert. */
  readonly level: number;
}

/** The configuration with a variant's settings in place. */
export function configOf(config: Config, severity: AlertSeverity, { factor, level }: Variant): Config {
  return {
    ...scaled(config, factor),
    severity: { ...config.severity, [severity]: level },
  };
}

export function scaled(config: Config, factor: number): Config {
  const { detection } = config;
  const values = Object.fromEntries(
    SCALED.map((key) => [key, Math.max(1, Math.round(detection[key] * factor))]),
  );
  return { ...config, detection: { ...detection, ...values } };
}

/** Where the severity may begin without touching its neighbours; both included. */
export function levelsOf(config: Config, severity: AlertSeverity): readonly [least: number, most: number] {
  const at = ALERT_SEVERITIES.indexOf(severity);
  const below = ALERT_SEVERITIES[at - 1];
  const above = ALERT_SEVERITIES[at + 1];
  const least = below === undefined ? Math.max(1, config.report.min_risk) : config.severity[below] + 1;
  const most = above === undefined ? 100 : config.severity[above] - 1;
  return [Math.ceil(least), Math.max(Math.ceil(least), Math.floor(most))];
}
