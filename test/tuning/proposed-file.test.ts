import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { OutflowError } from '../../src/ground/errors.js';
import { proposedText, refuseExisting, writeProposal } from '../../src/tuning/proposed-file.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-proposed-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const MEDIUM = { setting: 'severity.medium', before: 45, after: 52 };
const RATE = { setting: 'detection.data_rate_threshold', before: 125_000, after: 250_000 };

describe('a proposed file', () => {
  it('is the file in force with the values in place, comments and all', () => {
    const original =
      '# ours\nseverity:\n  # agreed in March\n  medium: 45 # was 40\norganisation:\n  domains: [corp.example]\n';
    const text = proposedText(original, [MEDIUM, RATE], ['Proposed.', 'From two weeks.']);
    expect(text).toBe(
      '# Proposed.\n# From two weeks.\n\n# ours\nseverity:\n  # agreed in March\n  medium: 52 # was 40\norganisation:\n' +
        '  domains: [ corp.example ]\ndetection:\n  data_rate_threshold: 250000\n',
    );
  });

  it.each(['', '# nothing yet\n', '---\n', '{}\n', 'severity: { medium: 45 }\n'])(
    'begins with %j',
    (original) => {
      const path = join(directory, 'begun.yaml');
      writeFileSync(path, proposedText(original, [MEDIUM, RATE], ['Proposed.']));
      const config = loadConfig(path);
      const { severity, detection } = loadConfig();
      expect(config).toEqual({
        ...loadConfig(),
        severity: { ...severity, medium: 52 },
        detection: { ...detection, data_rate_threshold: 250_000 },
      });
    },
  );

  it('cannot be broken out of by what is in its head', () => {
    expect(proposedText('', [MEDIUM], ['store a\nseverity: { low: 1 }'])).toBe(
      '# store a\\nseverity: { low: 1 }\n\nseverity:\n  medium: 52\n',
    );
  });

  it('never replaces a file unless told to', () => {
    const path = join(directory, 'there.yaml');
    writeFileSync(path, 'mine\n');
    const refused = (action: () => void): void => {
      expect(action).toThrow(OutflowError);
      expect(action).toThrow(/exists already.*--force/);
      expect(readFileSync(path, 'utf8')).toBe('mine\n');
    };
    refused(() => refuseExisting(path));
    refused(() => writeProposal(path, '', [MEDIUM], ['x'], false));
    writeProposal(path, '', [MEDIUM], ['x'], true);
    expect(loadConfig(path).severity.medium).toBe(52);
    expect(() => writeProposal(join(directory, 'no', 'x.yaml'), '', [MEDIUM], [], false)).toThrow(
      /cannot write/,
    );
  });
});
