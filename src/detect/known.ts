import type { Known } from '../config/schema.js';
import { INDICATORS } from './analytics/AN0082/indicators.js';

/** What a configuration may name of this room. */
export const KNOWN: Known = { indicators: INDICATORS.map(({ id }) => id) };
