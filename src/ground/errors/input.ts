import { EXIT, type ErrorEntry } from './entry.js';

/** What was to be read is missing, damaged, or not telemetry. */
export const INPUT_ERRORS = {
  OF_INPUT_MISSING: {
    exit: EXIT.input,
    http: 422,
    happened: 'A path does not exist, or a pattern matches nothing.',
    todo: 'Check the path; quote patterns if your shell should not expand them.',
    text: {
      telemetry: '{path}: no such file or directory. Check the path or pattern.',
      baseline: '{path} does not exist. Check the path of the exported baseline.',
    },
  },
  OF_INPUT_UNREADABLE: {
    exit: EXIT.input,
    http: 422,
    happened: 'A file exists and cannot be read or landed.',
    todo: 'Check its permissions, free space, raise `--memory`, or leave the file out.',
    text: {
      telemetry: '{path} cannot be read: {cause}. Check that it exists, is a file and may be read.',
      notLanded: '{path} could not be landed: {cause}',
      baseline: '{path} cannot be read: {cause}. Check the file, or export it again.',
      approvals: '{path} cannot be read: {cause}. Check the path and its permissions.',
    },
  },
  OF_INPUT_UNKNOWN_FORMAT: {
    exit: EXIT.input,
    http: 422,
    happened: 'A file is none of the known sources, or not the one it was said to be.',
    todo: 'Check that the file is an export Outflow reads; name its format with `--source`.',
    text: {
      file: '{file}: line 1 fits no known telemetry format. Known: {known}; name one with --source.',
      asked:
        '{file}: line 1 fits no known telemetry format (asked for {source}). Known: {known}; name one with --source.',
      none: '{paths}: {count} file(s), none of them telemetry Outflow knows ({file}: {reason}). Name the format with --source.',
    },
  },
  OF_INPUT_NO_HOST: {
    exit: EXIT.input,
    http: 422,
    happened: 'The source names no host, and there is no file name to take it from.',
    todo: 'Give `--host NAME`, or name the file after the Mac: `MBP-7F2A.log.ndjson`.',
    text: '{file}: {source} names no host. Give it with --host, or name the file after the host (HOST.log.ndjson).',
  },
  OF_INPUT_EMPTY: {
    exit: EXIT.input,
    http: 422,
    happened: 'There are no files, or the files are empty.',
    todo: 'Check what should have written them.',
    text: {
      noFiles: '{paths}: no files there. Name files or directories with telemetry.',
      none: '{paths}: {count} file(s), none of them telemetry Outflow knows ({file}: {reason}). Name the format with --source.',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
