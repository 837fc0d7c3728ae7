import { loadConfig as loadKnown } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { KNOWN } from '../detect/known.js';

/**
 * The defaults with the values of `path` laid over them, validated.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID
 */
export const loadConfig = (path?: string): Config => loadKnown(path, KNOWN);
