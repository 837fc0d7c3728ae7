import { loadSql } from '../../ground/sql-file.js';
import type { FileHead, Recognised, Source } from '../source.js';
import { DOTTED_KEYS, RESPELLED } from './spelling.js';

/** How most documents are written: as they are indexed, or as search hits (`_source`). Either may have the other beside it. */
type Variant = 'document' | 'hit';

const sqlOf = (name: string): string => loadSql(new URL(name, import.meta.url));
const OBSERVATIONS = sqlOf('observations.sql');
const DOCUMENTS = sqlOf('documents.sql');
const ANY_SPELLING = sqlOf('any-spelling.sql');

/** Where the document is in its line: the arguments of JSONExtract before the type. */
const PLACE: Readonly<Record<Variant, string>> = { document: 'line', hit: `line, '_source'` };

const UNSETTLED = 'unsettled';

/** Fast, for the one spelling that Defend itself writes. */
function plainSql(variant: Variant): string {
  return filled(OBSERVATIONS, {
    documents: DOCUMENTS.replace('{document}', PLACE[variant]),
    unsettled: sqlOf('unsettled.sql'),
  });
}

/** What a line has that is not plainly a nested document; a quote in a text is escaped, so `":` ends a key. */
const UNUSUAL = [...DOTTED_KEYS, '"_source":', '"_source" :'];

/** For files in which any line may be spelled in any way. It takes about twice as long. */
const ANY_SQL = filled(OBSERVATIONS, {
  documents: filled(ANY_SPELLING, {
    unusual: texts(UNUSUAL),
    dotted: texts(DOTTED_KEYS),
    respelled: RESPELLED,
    mended: sqlOf('mended.sql'),
  }),
  unsettled: 'false',
});

function filled(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (part, name: string) => parts[name] ?? part);
}

function texts(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}]`;
}

export const source: Source = {
  id: 'elastic-defend',
  title: 'Elastic Defend documents (NDJSON, _bulk bodies, search hits)',
  carries: { process: true, signing: true, bytes: true, duration: true, open_connections: true },
  namesHost: true,
  recognise,
  plan: ({ variant }) => ({
    sql: plainSql(variant as Variant),
    params: {},
    otherwise: { reason: UNSETTLED, plan: { sql: ANY_SQL, params: {} } },
  }),
};

function recognise(head: FileHead): Recognised | undefined {
  for (const line of head.lines) {
    const variant = MENTIONS.test(line) ? variantOf(parseObject(line)) : undefined;
    if (variant !== undefined) return { variant };
  }
  return undefined;
}

/** Spares parsing every line of a long file of another format. */
const MENTIONS = /@timestamp/;

type Json = Readonly<Record<string, unknown>>;

function variantOf(record: Json | undefined): Variant | undefined {
  if (record === undefined) return undefined;
  const hit = asObject(record['_source']);
  const document = hit ?? record;
  if (!isDefend((path) => fieldOf(document, path.split('.')))) return undefined;
  return hit === undefined ? 'document' : 'hit';
}

/** Defend says so in its data set; a document cut down to chosen fields still has Defend's entity ids and actions. */
function isDefend(field: (path: string) => unknown): boolean {
  if (field('@timestamp') === undefined) return false;
  const datasets = [field('event.dataset'), field('data_stream.dataset')].filter(
    (name) => name !== undefined,
  );
  if (datasets.length > 0)
    return datasets.some((name) => typeof name === 'string' && name.startsWith('endpoint.'));
  if (field('event.module') !== undefined) return field('event.module') === 'endpoint';
  if (field('agent.type') !== undefined) return field('agent.type') === 'endpoint';
  return (
    typeof field('process.entity_id') === 'string' &&
    [field('event.action')].flat().some((it) => ACTIONS.has(it))
  );
}

const ACTIONS = new Set<unknown>([
  'connection_attempted',
  'connection_accepted',
  'disconnect_received',
  'fork',
  'exec',
  'end',
]);

/** A field in whatever spelling: any run of names may be one dotted key. */
function fieldOf(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  const object = asObject(value);
  if (object === undefined) return undefined;
  for (let length = 1; length <= path.length; length++) {
    const found = fieldOf(object[path.slice(0, length).join('.')], path.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function parseObject(line: string): Json | undefined {
  const text = /^\s*\[?\s*(\{.*\})\s*[\],]?\s*$/s.exec(line.replace(/^\uFEFF/, ''))?.[1];
  if (text === undefined) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
