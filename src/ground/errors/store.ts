import { EXIT, type ErrorEntry } from './entry.js';

/** A store that cannot be used, or is not as it must be. */
export const STORE_ERRORS = {
  OF_STORE_UNAVAILABLE: {
    exit: EXIT.store,
    http: 503,
    happened:
      'The directory of the store does not exist, cannot be created, locked or opened, or the server does not answer.',
    todo: 'Check the path or the URL; choose a directory you may write to.',
    text: {
      missing:
        'there is no store at {store}. Check the path, or make one with outflow ingest PATH… --store {store}.',
      unusable: 'store {store} cannot be used: {cause}. Check the path or URL and its permissions.',
      notCreated: 'store {store} cannot be created: {cause}. Choose a directory you may write to.',
      notLocked: 'store {store} cannot be locked: {cause}. Choose a directory you may write to.',
      silent:
        'store {store} does not answer: {cause}. Check that ClickHouse runs there and the credentials in the URL.',
      noUrl: 'the store URL cannot be understood. Write it as https://user:password@host:8443/database.',
    },
  },
  OF_STORE_BUSY: {
    exit: EXIT.store,
    http: 409,
    happened: 'Another process has the directory open, or this one has another.',
    todo: 'Wait for it, use another directory, or a ClickHouse server, which many may share.',
    text: {
      held: 'store {store} is in use by process {holder}. Wait for it, or point --store at another directory.',
      engine:
        'store {store} cannot be opened beside another one: the engine in this process holds one directory at a time. Close that first.',
      opening: 'store {store} is being opened by another process. Try again.',
    },
  },
  // 503, not 409: nothing the caller sends differently would help, only a newer Outflow behind the service.
  OF_STORE_NEWER: {
    exit: EXIT.store,
    http: 503,
    happened: 'A later version of Outflow wrote the store.',
    todo: 'Use that version.',
    text: 'store {store} has schema {schema}, this Outflow knows {known}. Use the newer Outflow that wrote it.',
  },
  OF_STORE_EMPTY: {
    exit: EXIT.store,
    http: 409,
    happened: 'The store holds no telemetry that could be judged, or nothing in it was judged yet.',
    todo: 'Add some with `outflow ingest PATH… --store DIR` and judge it with `outflow detect --store DIR`.',
    text: {
      noTelemetry: 'store {store} has no telemetry yet. Add some: outflow ingest PATH… --store {store}.',
      noJudgedDays:
        'store {store} has no judged days yet. Judge what is in it first: outflow detect --store {store}.',
      nothingJudged: 'nothing in store {store} was judged yet. Do so with outflow detect --store {store}.',
    },
  },
  OF_LEDGER_UNBALANCED: {
    exit: EXIT.store,
    http: 500,
    happened: 'The lines counted in a file and the lines its adapter accounted for differ.',
    todo: 'Run again on a file that no longer changes; if it stays, report it with the first lines of the file.',
    text: "{file}: {lines} lines in the file, {landed} accounted for by {source} ({variant}). Nothing of it is used; please report this with the file's first lines.",
  },
  OF_HISTORY_BROKEN: {
    exit: EXIT.store,
    http: 500,
    happened: 'The history of decisions is not as it was written.',
    todo: 'Keep the store as evidence, find out who could write to it, and compare with the copies you have.',
    text: 'the history of {store} ({decisions}) is broken: {problem}. See docs/errors.md.',
  },
  OF_INTERNAL: {
    exit: EXIT.store,
    http: 500,
    happened: 'A fault in Outflow, not in your input.',
    todo: 'Set `OUTFLOW_DEBUG=1` to see where it happened, and report it with the message, the command and the version.',
    text: '{cause}. Set OUTFLOW_DEBUG=1 for details and report it.',
  },
} as const satisfies Record<string, ErrorEntry>;
