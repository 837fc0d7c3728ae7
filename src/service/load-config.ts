import { loadConfig as loadKnown, type GivenConfig } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { KNOWN } from '../detect/known.js';

export type { GivenConfig } from '../config/load.js';

/**
 * The defaults with what is given laid over them, validated.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID
 */
export const loadConfig = (given?: GivenConfig): Config => loadKnown(given, KNOWN);
