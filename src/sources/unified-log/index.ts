import { loadSql } from '../../engine/sql-file.js';
import type { LandingContext, LandingPlan, Source } from '../source.js';
import { recognise } from './recognise.js';

const layer = (name: string): string => loadSql(new URL(`./${name}.sql`, import.meta.url));

/** From the outside in; each reads from `{inner}`, the innermost are the readers of the three ways to write a log. */
const LAYERS = ['observations', 'app', 'kernel', 'shape'].map(layer);

/** Apple's unified log: what the kernel, libnetwork and CFNetwork say about connections when they end. */
export const source: Source = {
  id: 'unified-log',
  title: 'macOS unified log (log show, log stream, Console)',
  carries: { process: true, signing: false, bytes: true, duration: true, open_connections: true },
  namesHost: false,
  recognise,
  plan: (context: LandingContext): LandingPlan => ({
    sql: nested([...LAYERS, layer('ndjson')]),
    params: { host: context.host },
  }),
};

function nested(layers: readonly string[]): string {
  return layers.reduceRight((inner, outer) => outer.replace('{inner}', () => inner));
}
