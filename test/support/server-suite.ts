/** How the suites that need the server end; the global setup counts them when there is none. */
export const SERVER_SUITE = '(ClickHouse server)';
