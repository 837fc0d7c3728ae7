/**
 * The source formats the simulator can write. Writers keep counters over a run, so each run creates its own:
 * `FORMATS.map(({ create }) => create(simulationEnd))`; slices of one host must come in the order of their days.
 */
import type { FormatWriter } from '../event.js';
import { createElasticDefendWriter } from './elastic-defend.js';
import { createEsloggerWriter } from './eslogger.js';
import { createNettopWriter } from './nettop.js';
import { createUnifiedLogWriter } from './unified-log.js';
import { createZeekConnWriter } from './zeek-conn.js';

export interface Format {
  /** Source id. */
  readonly id: string;
  /** `simulationEnd` (epoch ms): when flows without an end have reached their totals. */
  readonly create: (simulationEnd: number) => FormatWriter;
}

export const FORMATS: readonly Format[] = [
  { id: 'elastic-defend', create: createElasticDefendWriter },
  { id: 'eslogger', create: createEsloggerWriter },
  { id: 'nettop', create: createNettopWriter },
  { id: 'unified-log', create: createUnifiedLogWriter },
  { id: 'zeek-conn', create: createZeekConnWriter },
];
