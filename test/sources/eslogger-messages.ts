/** Messages as eslogger writes them, and the rows expected of them. */

export type Json = Readonly<Record<string, unknown>>;

const MEMBERS = ['auid', 'euid', 'egid', 'ruid', 'rgid', 'pid', 'asid', 'pidversion'] as const;

/** Members of an audit token in the order of its array form. */
export type Token = readonly [number, number, number, number, number, number, number, number];

export const token = (pid: number, pidversion: number, euid = 501): Token => [
  501,
  euid,
  20,
  501,
  20,
  pid,
  100_013,
  pidversion,
];

const asObject = (value: Token): Json =>
  Object.fromEntries(MEMBERS.map((name, index) => [name, value[index]] as const).reverse());

/** The same message with every audit token as an object, as some versions of macOS write them. */
export function withTokenObjects(message: Json): Json {
  return JSON.parse(
    JSON.stringify(message, (key, value: unknown) =>
      key.endsWith('audit_token') && Array.isArray(value) ? asObject(value as unknown as Token) : value,
    ),
  ) as Json;
}

const file = (path: string): Json => ({ path, path_truncated: false, stat: { st_ino: 9, st_size: 1 } });

export const SHELL: Json = {
  audit_token: token(700, 41),
  parent_audit_token: token(600, 30),
  responsible_audit_token: token(400, 20),
  ppid: 600,
  original_ppid: 600,
  start_time: '2026-05-04T01:02:03.000001Z',
  codesigning_flags: 570_506_001,
  cs_validation_category: 1,
  cdhash: 'AB'.repeat(20),
  signing_id: 'com.apple.zsh',
  team_id: null,
  is_platform_binary: true,
  tty: file('/dev/ttys003'),
  executable: file('/bin/zsh'),
};

export const TOOL: Json = {
  ...SHELL,
  audit_token: token(700, 42, 0),
  codesigning_flags: 4_294_967_295,
  cs_validation_category: 7,
  cdhash: '0'.repeat(40),
  signing_id: 'sender',
  team_id: 'EXAMPLE123',
  is_platform_binary: false,
  executable: file('/opt/tools/sender'),
};

const message = (event_type: number, process: Json, event: Json): Json => ({
  schema_version: 1,
  version: 10,
  time: '2026-05-04T01:02:03.456789123Z',
  mach_time: 241_051_246_374,
  event_type,
  event,
  action: { result: { result_type: 0, result: { auth: 0 } } },
  action_type: 1,
  seq_num: 0,
  global_seq_num: 1,
  thread: { thread_id: 7 },
  process,
});

export const EXEC = message(9, SHELL, {
  exec: {
    target: TOOL,
    args: ['sender', '-f', 'a b'],
    env: ['PATH=/usr/bin'],
    cwd: file('/private/tmp'),
    script: file('/Users/user7/send.sh'),
    fds: [{ fd: 0, fdtype: 1 }],
  },
});

export const FORK = message(11, SHELL, {
  fork: {
    child: {
      ...SHELL,
      audit_token: token(701, 43),
      parent_audit_token: token(700, 41),
      ppid: 700,
      tty: null,
      cs_validation_category: undefined,
    },
  },
});

export const EXIT = message(15, TOOL, { exit: { stat: 0 } });

/** Lines as Apple's serialiser writes them: slashes are escaped. */
export const lines = (...messages: readonly unknown[]): string =>
  messages.map((one) => `${JSON.stringify(one).replaceAll('/', '\\/')}\n`).join('');

const NEVER = '1970-01-01T00:00:00.000000Z';
const AT = '2026-05-04T01:02:03.456789Z';

const COMMON = {
  host_id: 'MBP-7F2A',
  host_name: 'MBP-7F2A',
  ts: AT,
  parent_executable: '',
  user: '',
  code_signed: -1,
  code_trusted: -1,
  code_subject: '',
};

const SHELL_ROW = {
  ...COMMON,
  pid: 700,
  ppid: 600,
  responsible_pid: 400,
  name: 'zsh',
  executable: '/bin/zsh',
  args: [],
  script: '',
  cwd: '',
  uid: '501',
  session: 'terminal',
  signing_id: 'com.apple.zsh',
  team_id: '',
  cdhash: 'ab'.repeat(20),
  platform_binary: 1,
  cs_flags: 570_506_001,
  cs_category: 1,
};

const TOOL_ROW = {
  ...SHELL_ROW,
  name: 'sender',
  executable: '/opt/tools/sender',
  uid: '0',
  signing_id: 'sender',
  team_id: 'EXAMPLE123',
  cdhash: '',
  platform_binary: 0,
  cs_flags: 4_294_967_295,
  cs_category: 7,
};

export const EXEC_ROW = {
  ...TOOL_ROW,
  process_event: 'exec',
  args: ['sender', '-f', 'a b'],
  script: '/Users/user7/send.sh',
  cwd: '/private/tmp',
  start_ts: AT,
  end_ts: NEVER,
};

export const SEEN_ROW = { ...SHELL_ROW, process_event: 'seen', start_ts: NEVER, end_ts: AT };

export const FORK_ROW = {
  ...SHELL_ROW,
  pid: 701,
  ppid: 700,
  session: 'none',
  process_event: 'fork',
  cs_category: -1,
  start_ts: AT,
  end_ts: NEVER,
};

export const EXIT_ROW = { ...TOOL_ROW, process_event: 'exit', start_ts: NEVER, end_ts: AT };
