import { ClickHouseLogLevel, type ClickHouseClient, type ClickHouseSettings } from '@clickhouse/client';
import type { SqlParams, Store } from '../store.js';

/** The client would print whole queries with their parameters; errors reach the user through the catalogue instead. */
export const SILENT = { level: ClickHouseLogLevel.OFF };

/** What both engines do through the one client. */
export function statements(
  client: ClickHouseClient,
  memory: ClickHouseSettings,
): Pick<Store, 'command' | 'rows' | 'insert'> {
  const merged = (settings?: ClickHouseSettings): ClickHouseSettings => ({
    ...PINNED,
    ...memory,
    ...settings,
  });
  return {
    command: async (query, params = {}, settings) => {
      await client.command({ query, query_params: { ...params }, clickhouse_settings: merged(settings) });
    },
    rows: async <Row>(query: string, params: SqlParams = {}, settings?: ClickHouseSettings) => {
      const result = await client.query({
        query,
        query_params: { ...params },
        clickhouse_settings: merged(settings),
        format: 'JSONEachRow',
      });
      return result.json<Row>();
    },
    insert: async (table, values) => {
      const [database = '', name = ''] = table.includes('.') ? table.split('.', 2) : ['', table];
      const count = async (): Promise<number> => {
        const result = await client.query({
          query:
            database === ''
              ? 'SELECT count() AS n FROM {name:Identifier}'
              : 'SELECT count() AS n FROM {database:Identifier}.{name:Identifier}',
          query_params: { database, name },
          format: 'JSONEachRow',
        });
        const [row] = await result.json<{ n: string }>();
        return Number(row?.n ?? 0);
      };
      const before = await count();
      await client.insert({
        table,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: merged({ input_format_skip_unknown_fields: 0 }),
      });
      const written = (await count()) - before;
      if (written !== values.length)
        throw new Error(`${table}: ${written} of ${values.length} rows were written`);
    },
  };
}

/**
 * Acknowledged means on disk: no asynchronous inserts (the tables pin `fsync_after_insert` and
 * `fsync_part_directory`). 64-bit integers come as strings, since JavaScript numbers end at 2^53, and a name means a
 * column before it means an alias, as in standard SQL.
 */
export const PINNED: ClickHouseSettings = {
  async_insert: 0,
  wait_for_async_insert: 1,
  output_format_json_quote_64bit_integers: 1,
  date_time_output_format: 'iso',
  prefer_column_name_to_alias: 1,
  // This rewrite is quadratic in nested SELECTs: it took two thirds of the analysis of the larger statements.
  optimize_and_compare_chain: 0,
  max_partitions_per_insert_block: '0',
};
