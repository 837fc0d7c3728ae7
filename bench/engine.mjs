// The bare engine for the benchmark: a chDB session through the same client as the product, with its defaults.
import { rmSync } from 'node:fs';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';

/** Opens an engine in `directory`, which `close` removes. */
export function openEngine(directory) {
  const client = createClient({
    connection: createChdbConnection({ path: directory }),
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    command: (query, query_params = {}, clickhouse_settings = {}) =>
      client.command({ query, query_params, clickhouse_settings }),
    value: async (query) => {
      const [row] = await (await client.query({ query, format: 'JSONCompactEachRow' })).json();
      return row[0];
    },
    close: async () => {
      await client.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
