import { loadSql } from '../../ground/sql-file.js';
import type { LandingContext, LandingPlan, Source } from '../source.js';
import { newDays } from './new-days.js';
import { recognise } from './recognise.js';
import { TEXT_STYLES } from './text-style.js';

const layer = (name: string): string => loadSql(new URL(`./${name}.sql`, import.meta.url));

/** From the outside in: each reads FROM ({inner}); the innermost turns lines into records. */
const LAYERS = ['observations', 'kernel', 'app', 'shape'].map(layer);
const NDJSON = nested([...LAYERS, layer('ndjson')]);
const TEXT = nested([...LAYERS, layer('text')]);

/** Apple's unified log: what the kernel, libnetwork and CFNetwork say about connections when they end. */
export const source: Source = {
  id: 'unified-log',
  title: 'macOS unified log (log show, log stream, Console)',
  carries: { process: true, signing: false, bytes: true, duration: true, open_connections: true },
  namesHost: false,
  recognise,
  plan: async (context: LandingContext): Promise<LandingPlan> => {
    const style = TEXT_STYLES.get(context.variant);
    if (style === undefined) return { sql: NDJSON, params: { host: context.host } };
    return {
      sql: TEXT,
      ordered: true,
      params: {
        host: context.host,
        header: style.header,
        process_at: style.pidFirst ? 3 : 2,
        pid_at: style.pidFirst ? 2 : 3,
        clock_only: style.clockOnly,
        date: context.date,
        timezone: context.timezone,
        new_days: style.clockOnly ? await newDays(context.readLines()) : [],
      },
    };
  },
};

function nested(layers: readonly string[]): string {
  return layers.reduceRight((inner, outer) => outer.replace('{inner}', () => inner));
}
