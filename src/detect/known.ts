import type { Known } from '../config/schema.js';
import { INDICATORS } from './registry.js';

/** What a configuration may name of this room. */
export const KNOWN: Known = { indicators: INDICATORS.map(({ id }) => id) };
