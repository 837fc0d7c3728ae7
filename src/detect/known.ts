import type { Known } from '../config/schema.js';
import { ANALYTICS, INDICATORS } from './analytics/registry.js';

/** What a configuration may name of this room. */
export const KNOWN: Known = {
  indicators: INDICATORS.map(({ id }) => id),
  analytics: Object.fromEntries(
    ANALYTICS.flatMap(({ id, configuration }) => (configuration === undefined ? [] : [[id, configuration]])),
  ),
};
