import { SOURCES } from '../../src/sources/registry.js';
import type { Source } from '../../src/sources/source.js';

/**
 * The smallest possible source, for tests of landing itself: a line that begins with `ok ` is a flow whose remote name
 * is the rest of the line, anything else is rejected. A file is recognised by `ok ` in its first kilobyte.
 */
const lineSource: Source = {
  id: 'test-lines',
  title: 'Lines of the landing tests',
  carries: { process: false, signing: false, bytes: false, duration: false, open_connections: false },
  namesHost: false,
  recognise: (head) =>
    head.lines.join('\n').slice(0, 1024).includes('ok ') ? { variant: 'lines' } : undefined,
  plan: ({ host }) => ({
    sql: `
      SELECT if(startsWith(line, 'ok '), 'flow', 'reject') AS kind,
             if(kind = 'flow', '', 'not_ok') AS reason,
             if(kind = 'flow', '', substring(line, 1, 2000)) AS raw,
             {host:String} AS host_id,
             if(kind = 'flow', substring(line, 4), '') AS remote_name,
             cityHash64(line) AS record_id
      FROM {lines}`,
    params: { host },
  }),
};

/** What landing tests land with: every source there is, and the smallest. */
export const TEST_SOURCES: readonly Source[] = [...SOURCES, lineSource];
