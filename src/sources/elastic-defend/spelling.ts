import { loadSql } from '../../ground/sql-file.js';

/** Objects that have members which are read; a key may join any run of them to a member by dots. */
const OBJECTS = [
  'agent',
  'event',
  'host',
  'os',
  'process',
  'code_signature',
  'parent',
  'Ext',
  'effective_parent',
  'source',
  'destination',
  'network',
  'user',
];

/** How dotted keys begin, with the quote before them. */
export const DOTTED_KEYS: readonly string[] = OBJECTS.map((name) => `"${name}.`);

/** How many objects a field that is read is in, at most: `process.Ext.effective_parent.pid`. */
const DEPTH = 3;

/** An SQL expression over JSON text `object`: the same with every dotted key as objects in objects. */
export const RESPELLED: string = loadSql(new URL('respelled.sql', import.meta.url)).replace(
  '{flattened}',
  () => flattened(DEPTH),
);

function flattened(depth: number): string {
  if (depth === 0) return 'JSONExtractKeysAndValuesRaw(object)';
  return `arrayFlatten(arrayMap(
    field -> if(startsWith(field.2, '{') AND field.2 != '{}',
      arrayMap(member -> (concat(field.1, '.', member.1), member.2), JSONExtractKeysAndValuesRaw(field.2)),
      [(field.1, field.2)]),
    ${flattened(depth - 1)}))`;
}
