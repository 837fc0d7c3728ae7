import { loadSql } from '../../ground/sql-file.js';
import type { FileHead, Recognised, Source } from '../source.js';

/** How the documents are written: as they are indexed, as search hits (`_source`), or with flattened keys. */
type Variant = 'document' | 'hit' | 'dotted' | 'dotted-hit';

const NESTED = loadSql(new URL('documents.sql', import.meta.url));
const DOTTED = loadSql(new URL('documents-dotted.sql', import.meta.url));
const OBSERVATIONS = loadSql(new URL('observations.sql', import.meta.url));

/** Where the document is in its line: the arguments of JSONExtract before the type. */
const WHOLE = 'line';
const SOURCE = `line, '_source'`;

const DOCUMENTS: Readonly<Record<Variant, string>> = {
  document: NESTED.replace('{document}', WHOLE),
  hit: NESTED.replace('{document}', SOURCE),
  dotted: DOTTED.replace('{document}', WHOLE),
  'dotted-hit': DOTTED.replace('{document}', SOURCE),
};

export const source: Source = {
  id: 'elastic-defend',
  title: 'Elastic Defend documents (NDJSON, _bulk bodies, search hits)',
  carries: { process: true, signing: true, bytes: true, duration: true, open_connections: true },
  namesHost: true,
  recognise,
  plan: ({ variant }) => ({
    sql: OBSERVATIONS.replace('{documents}', () => DOCUMENTS[variant as Variant]),
    params: {},
  }),
};

/** Lines of the head that are looked at; a file of another format is turned down after these. */
const LINES_CONSIDERED = 200;

function recognise(head: FileHead): Recognised | undefined {
  for (const line of head.lines.slice(0, LINES_CONSIDERED)) {
    const variant = variantOf(parseObject(line));
    if (variant !== undefined) return { variant };
  }
  return undefined;
}

type Json = Readonly<Record<string, unknown>>;

function variantOf(record: Json | undefined): Variant | undefined {
  if (record === undefined) return undefined;
  const hit = asObject(record['_source']);
  const document = hit ?? record;
  if (isDefend((path) => nested(document, path))) return hit === undefined ? 'document' : 'hit';
  if (isDefend((path) => document[path])) return hit === undefined ? 'dotted' : 'dotted-hit';
  return undefined;
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

function nested(document: Json, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => asObject(value)?.[key], document);
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function parseObject(line: string): Json | undefined {
  const text = line.replace(/^\uFEFF/, '');
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
