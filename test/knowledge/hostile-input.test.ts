import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifyDestination,
  dualUse,
  identityDrift,
  interpreterScript,
  matchTool,
  matchUploader,
  pathClass,
  uploadIntent,
} from '../../src/knowledge/index.js';
import { SIGNERS } from '../../src/ground/vocabulary.js';

const TOOLS = [
  'curl',
  'ssh',
  'scp',
  'rsync',
  'sh',
  'zsh',
  'python3',
  'osascript',
  'node',
  'env',
  'nc',
  'socat',
  'rclone',
  'aws',
  'git',
  'lftp',
  'chisel',
  'openssl',
  'restic',
  'http',
  'sftp',
  'wget',
  'docker',
  'npx',
  'perl',
];
const PIECES = [
  '-c',
  '-e',
  '-T',
  '-F',
  'f=@x',
  '-R',
  '-o',
  '--',
  '-',
  '',
  'host:x',
  'a@b:c',
  '::',
  '[',
  '[]:',
  ':',
  '://',
  'http://',
  's3://',
  '|',
  '"',
  "'",
  '\\',
  '$(',
  '`',
  '-m',
  '-K',
  '\u0000',
  '🦊',
  'tunnel',
  'send',
  'push',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom(...PIECES));
const argv = fc.array(text, { maxLength: 20 });

const program = fc.record({
  executable: fc.oneof(
    text,
    fc.constantFrom(...TOOLS).map((tool) => `/usr/bin/${tool}`),
  ),
  name: fc.oneof(text, fc.constantFrom(...TOOLS)),
  signingId: fc.oneof(
    text,
    fc.constantFrom('com.apple.curl', 'com.apple.ssh', 'com.apple.osascript', 'com.apple.bash'),
  ),
  teamId: fc.oneof(text, fc.constantFrom('', 'UBF8T346G9', 'EQHXZ8M8AV')),
  signer: fc.constantFrom(...SIGNERS),
  script: text,
  args: argv,
});

function everything(given: typeof program extends fc.Arbitrary<infer T> ? T : never) {
  return {
    tool: matchTool(given),
    intent: uploadIntent(given),
    uploader: matchUploader(given),
    drift: identityDrift(given),
    role: dualUse(given),
    path: pathClass(given.executable),
    script: interpreterScript(given.args),
    destination: classifyDestination(given.name, given.teamId),
  };
}

describe('lookups', () => {
  it('never throw and always answer the same', () => {
    fc.assert(
      fc.property(program, (given) => {
        expect(everything(given)).toEqual(everything(structuredClone(given)));
      }),
      { numRuns: 1500, seed: 82 },
    );
  });

  it('never call an unsigned or ad hoc program a certain uploader, nor drift and certain at once', () => {
    fc.assert(
      fc.property(program, (given) => {
        const found = matchUploader(given);
        if (found?.certain !== true) return;
        expect(['apple_platform', 'apple', 'app_store', 'developer_id']).toContain(given.signer);
        expect(identityDrift(given)).toBeUndefined();
      }),
      { numRuns: 1500, seed: 82 },
    );
  });

  it('bound the target they report', () => {
    fc.assert(
      fc.property(program, (given) => {
        expect(uploadIntent(given)?.target?.length ?? 0).toBeLessThanOrEqual(253);
      }),
      { numRuns: 1500, seed: 82 },
    );
  });
});

/** A pattern that backtracks would run for minutes on these; the test's time-out is the judge. */
describe('long input ends', () => {
  const long = 200_000;
  it.each<[string, string]>([
    ['letters', 'a'.repeat(long)],
    ['slashes', '/'.repeat(long)],
    ['dots', '.'.repeat(long)],
    ['labels', 'a.'.repeat(long / 2)],
    ['colons', ':'.repeat(long)],
    ['options', '-a '.repeat(long / 3)],
    ['commands', 'cat '.repeat(long / 4)],
    ['quotes', '\'\\"$('.repeat(long / 5)],
    ['credentials', `http://${'@'.repeat(long)}`],
    ['folders', `/users/a/library/application support/${'a1b2c3d4/'.repeat(long / 9)}x`],
    ['mirror', `mirror ${'x '.repeat(long / 2)}`],
    ['spaces', `git receive-pack ${' '.repeat(long)}`],
    ['scp flags', `scp ${'-a '.repeat(long / 3)}`],
    ['redirections', '>'.repeat(long)],
  ])(
    '%s',
    (_title, value) => {
      for (const tool of TOOLS) {
        const made = {
          executable: `/usr/bin/${tool}`,
          name: tool,
          signingId: '',
          teamId: '',
          signer: 'unknown' as const,
          script: value,
        };
        for (const args of [
          [tool, value],
          [tool, '-c', value],
          [tool, '-e', value],
          [tool, 'host.example', value],
        ]) {
          uploadIntent({ ...made, args });
          matchTool({ ...made, args });
          interpreterScript(args);
        }
      }
      const odd = {
        executable: value,
        name: value,
        signingId: value,
        teamId: '',
        signer: 'ad_hoc' as const,
        script: '',
        args: [value],
      };
      expect(everything(odd).destination).toBeUndefined();
    },
    30_000,
  );

  it('many arguments', () => {
    const args = ['ssh', ...Array.from({ length: 50_000 }, (_, at) => (at % 2 === 0 ? '-v' : '-4'))];
    const made = { executable: '/usr/bin/ssh', name: 'ssh', signingId: '', teamId: '', script: '' };
    expect(uploadIntent({ ...made, args })).toBeUndefined();
    expect(matchTool({ ...made, args })?.family).toContain('ssh');
  });
});
