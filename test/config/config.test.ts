import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configHash, printConfig } from '../../src/config/load.js';
import { loadConfig } from '../../src/service/load-config.js';
import { OutflowError } from '../../src/ground/errors.js';
import { SIGNERS } from '../../src/ground/vocabulary.js';

let directory = '';
let files = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'outflow-config-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(text: string): string {
  const path = join(directory, `${files++}.yaml`);
  writeFileSync(path, text);
  return path;
}

const load = (text: string) => loadConfig(write(text));

function failure(path: string): { code: string; exitCode: number; message: string } {
  try {
    loadConfig(path);
  } catch (error) {
    if (error instanceof OutflowError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const APPROVAL = `
approvals:
  - name: nightly copy
    executable: "*/rclone"
    owner: data platform
    reason: weekly training set
    expires: 2027-03-31
`;

describe('the defaults', () => {
  it('are valid, and weigh every signer', () => {
    expect(Object.keys(loadConfig().process_signed_status).sort()).toEqual([...SIGNERS].sort());
  });

  it('give missing and Apple facts no points, and nothing more than a broken signature', () => {
    const weights = loadConfig().process_signed_status;
    expect([weights.unknown, weights.apple_platform, weights.apple]).toEqual([0, 0, 0]);
    expect(Math.max(...Object.values(weights))).toBe(weights.invalid);
  });
});

describe('a file laid over them', () => {
  it('changes what it names, and nothing else', () => {
    const defaults = loadConfig();
    const config = load('detection:\n  upload_ratio: 7\nseverity:\n  critical: 90\n');
    expect(config).toEqual({
      ...defaults,
      detection: { ...defaults.detection, upload_ratio: 7 },
      severity: { ...defaults.severity, critical: 90 },
    });
  });

  it('replaces lists as a whole', () => {
    const config = load(
      'detection:\n  long_lived_hours: [2, 3, 4, 5]\norganisation:\n  domains: [corp.example]\n',
    );
    expect(config.detection.long_lived_hours).toEqual([2, 3, 4, 5]);
    expect(config.organisation.domains).toEqual(['corp.example']);
  });

  it.each(['', '# nothing set\n', '---\n'])('may be empty: %j', (text) => {
    expect(load(text)).toEqual(loadConfig());
  });

  it('is the same whatever the order of its keys', () => {
    const one = load('severity:\n  critical: 90\n  high: 70\ndetection:\n  upload_ratio: 3\n');
    const other = load('detection:\n  upload_ratio: 3\nseverity:\n  high: 70\n  critical: 90\n');
    expect(configHash(other)).toBe(configHash(one));
    expect(configHash(one)).not.toBe(configHash(loadConfig()));
    expect(configHash(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads an approval', () => {
    expect(load(APPROVAL).approvals).toEqual([
      {
        name: 'nightly copy',
        executable: '*/rclone',
        owner: 'data platform',
        reason: 'weekly training set',
        expires: '2027-03-31',
      },
    ]);
  });
});

it.each(['', 'severity:\n  critical: 90\n', APPROVAL])('prints what loads to the same: %j', (text) => {
  const config = load(text);
  const again = load(printConfig(config));
  expect(again).toEqual(config);
  expect(configHash(again)).toBe(configHash(config));
});

describe('a mistake', () => {
  it.each([
    ['an unknown section', 'detect:\n  upload_ratio: 3\n', /detect/],
    ['an unknown key', 'detection:\n  upload_rate: 3\n', /detection: .*upload_rate/],
    ['a wrong type', 'detection:\n  upload_ratio: many\n', /detection\.upload_ratio: /],
    ['a section without values', 'detection:\n', /detection: /],
    ['a value out of range', 'detection:\n  upload_ratio: 0.5\n', /detection\.upload_ratio: /],
    ['a fraction of a byte', 'detection:\n  data_rate_threshold: 0.5\n', /detection\.data_rate_threshold: /],
    ['not a number', 'detection:\n  data_rate_threshold: .nan\n', /detection\.data_rate_threshold: /],
    ['infinity', 'detection:\n  data_rate_threshold: .inf\n', /detection\.data_rate_threshold: /],
    ['an unknown signer', 'process_signed_status:\n  notarised: 3\n', /process_signed_status: .*notarised/],
    ['severities out of order', 'severity:\n  high: 90\n', /severity: severity thresholds must fall/],
    ['a ladder too short', 'detection:\n  long_lived_hours: [1, 2]\n', /detection\.long_lived_hours/],
    [
      'an approval of no program',
      APPROVAL.replace('executable: "*/rclone"', 'hosts: [A]'),
      /approvals\.0: an approval names its program/,
    ],
    ['an approval without end', APPROVAL.replace(/ {4}expires.*\n/, ''), /approvals\.0\.expires/],
    [
      'an approval until a day that is none',
      APPROVAL.replace('2027-03-31', '2027-02-30'),
      /approvals\.0\.expires/,
    ],
  ])('is named: %s', (_case, text, message) => {
    const path = write(text);
    const error = failure(path);
    expect(error).toMatchObject({ code: 'OF_CONFIG_INVALID', exitCode: 2 });
    expect(error.message.startsWith(`${path}: `)).toBe(true);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/See docs\/configuration\.md\.$/);
    expect(error.message).not.toContain('\n');
  });

  it.each(['- a\n- b\n', 'text\n', '5\n'])('is a file that is no mapping: %j', (text) => {
    expect(failure(write(text)).message).toMatch(/a mapping of sections is expected/);
  });

  it.each([
    ['detection:\n  upload_ratio: 3\n  - 4\n', 3],
    ['detection: [1, 2\nseverity:\n', 2],
    ['a: 1\na: 2\n', 2],
    ['a: 1\n---\nb: 2\n', 2],
    ['a: "open\n', 2],
  ])('in the YAML is named with its line: %j', (text, line) => {
    const path = write(text);
    const error = failure(path);
    expect(error).toMatchObject({ code: 'OF_CONFIG_INVALID', exitCode: 2 });
    expect(error.message.startsWith(`${path}:${line}: not valid YAML: `)).toBe(true);
    expect(error.message).not.toContain('\n');
  });

  it('is a file that is not there, or a directory', () => {
    for (const path of [join(directory, 'missing.yaml'), directory]) {
      const error = failure(path);
      expect(error).toMatchObject({ code: 'OF_CONFIG_UNREADABLE', exitCode: 2 });
      expect(error.message).toContain(path);
      expect(error.message).toMatch(/Check the path given with --config\.$/);
    }
  });

  it('is too much of a file that multiplies itself', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]!}`).join(',')}]`),
    ];
    expect(failure(write(`${bomb.join('\n')}\n`)).code).toBe('OF_CONFIG_INVALID');
  });

  it('is a key that would reach the prototype', () => {
    expect(failure(write('__proto__:\n  x: 1\n')).code).toBe('OF_CONFIG_INVALID');
    expect({}).not.toHaveProperty('x');
  });
});
