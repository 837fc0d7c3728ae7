import { createClient, type ClickHouseSettings } from '@clickhouse/client';
import { failure } from '../../ground/errors.js';
import type { Store } from '../store.js';
import { PINNED, SILENT, statements } from './statements.js';

/** A ClickHouse server: lines go to it in the body of a request. */
export async function connectServer(target: string, memory: ClickHouseSettings): Promise<Store> {
  const url = parseUrl(target);
  const database = url.pathname.replace(/^\/+|\/+$/g, '') || 'outflow';
  url.pathname = '';
  const shown = `${url.protocol}//${url.host}/${database}`;
  const options = {
    url: url.href,
    request_timeout: 3_600_000,
    log: SILENT,
    clickhouse_settings: {
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: '20000',
    } satisfies ClickHouseSettings,
  };
  const bootstrap = createClient({ ...options, database: 'default' });
  try {
    await bootstrap.command({
      query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      query_params: { database },
    });
  } catch (error) {
    throw failure('OF_STORE_UNAVAILABLE.silent', { store: shown }, error);
  } finally {
    await bootstrap.close();
  }
  const client = createClient({ ...options, database });
  return {
    ...statements(client, memory),
    engine: 'clickhouse',
    target: shown,
    database,
    temporary: false,
    exclusive: false,
    insertLines: async (query, query_params, file, settings) => {
      const { stream } = await client.exec({
        query: `${query.replace('{lines}', () => "input('line String')")} FORMAT LineAsString`,
        query_params: { ...query_params },
        values: file.open(),
        clickhouse_settings: { ...PINNED, ...memory, ...settings },
      });
      stream.resume();
      await new Promise<void>((done, fail) => stream.once('end', done).once('error', fail));
    },
    close: () => client.close(),
  };
}

/** The text is not repeated in the message: it may hold a password. */
function parseUrl(target: string): URL {
  try {
    return new URL(target);
  } catch (error) {
    throw failure('OF_STORE_UNAVAILABLE.noUrl', {}, error);
  }
}
