import { stableNumber } from './stable-digest.js';
import { isoTime } from './timestamp.js';

/** `struct stat` modes as decimal numbers show them. */
const MODE = { executable: 0o100755, file: 0o100644, directory: 0o040755, terminal: 0o020620 } as const;

export type FileKind = keyof typeof MODE;

/** The `es_file_t` of eslogger: a path and the file's `stat`, made up from the path. */
export function endpointSecurityFile(path: string, kind: FileKind): object {
  const number = stableNumber(`file ${path}`);
  const system = path.startsWith('/System/') || path.startsWith('/usr/') || path.startsWith('/bin/');
  const size =
    kind === 'terminal' ? 0 : kind === 'directory' ? 64 + (number % 2000) : 20_000 + (number % 9_000_000);
  const changed = isoTime(
    Date.UTC(2025, 8, 1) - (number % 7_000_000) * 1000,
    9,
    system ? 0 : number % 1_000_000,
  );
  return {
    path,
    path_truncated: false,
    stat: {
      st_dev: kind === 'terminal' ? 1_333_267_060 : 16_777_234,
      st_ino: system ? 1_152_921_500_000_000 + number : 1_000_000 + (number % 90_000_000),
      st_mode: MODE[kind],
      st_nlink: kind === 'directory' ? 2 + (number % 40) : 1,
      st_uid: system ? 0 : 501,
      st_gid: system ? 0 : 20,
      st_rdev: kind === 'terminal' ? 268_435_456 + (number % 16) : 0,
      st_size: size,
      st_blocks: kind === 'terminal' || kind === 'directory' ? 0 : Math.ceil(size / 4096) * 8,
      st_blksize: kind === 'terminal' ? 65_536 : 4096,
      st_flags: system ? 524_320 : 0,
      st_gen: 0,
      st_atimespec: changed,
      st_mtimespec: changed,
      st_ctimespec: changed,
      st_birthtimespec: kind === 'terminal' ? '1970-01-01T00:00:00.000000000Z' : changed,
    },
  };
}
