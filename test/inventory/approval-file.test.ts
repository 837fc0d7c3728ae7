import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseApprovals, printApprovals } from '../../src/inventory/approval-file.js';
import { anApproval, approvals } from '../support/approvals.js';

const GOOD = `# reviewed
- name: nightly copy
  executable: '*/rclone'
  destinations: ['*.bucket.example']
  max_bytes_out_per_day: 2000000000
  owner: data platform
  reason: training set
  expires: 2027-03-31
`;

it.each([
  ['a list', GOOD],
  ['a mapping', `approvals:\n${GOOD.replace(/^/gm, '  ')}`],
])('reads %s', (_what, text) => {
  expect(parseApprovals(text, 'a.yaml')).toEqual([
    {
      name: 'nightly copy',
      executable: '*/rclone',
      destinations: ['bucket.example'],
      max_bytes_out_per_day: 2e9,
      owner: 'data platform',
      reason: 'training set',
      expires: '2027-03-31',
    },
  ]);
});

it('reads nothing where nothing is approved', () => {
  expect(parseApprovals('approvals: []\n', 'a.yaml')).toEqual([]);
  expect(parseApprovals('approvals:\n', 'a.yaml')).toEqual([]);
});

it.each<[string, string, number, RegExp]>([
  ['a broken line', GOOD.replace('  owner', ' owner'), 6, /not valid YAML: /],
  [
    'a quote that does not end',
    GOOD.replace("'*/rclone'", '"*/rclone'),
    9,
    /not valid YAML: Missing closing "quote/,
  ],
  ['an unknown key', `${GOOD}  team: ABC\n`, 9, /approval "nightly copy": .*team/],
  ['a wrong type', GOOD.replace('2000000000', 'much'), 5, /max_bytes_out_per_day: /],
  [
    'a wrong type in a list',
    GOOD.replace("['*.bucket.example']", '\n    - a.example\n    - 7'),
    6,
    /destinations\.1: /,
  ],
  ['a day that is none', GOOD.replace('2027-03-31', '2027-02-30'), 8, /expires: /],
  ['no owner', GOOD.replace(/ {2}owner.*\n/, ''), 2, /owner: /],
  ['an owner left open', GOOD.replace('data platform', "''"), 6, /owner: /],
  ['no program', GOOD.replace(/ {2}executable.*\n/, ''), 2, /names its program/],
  ['no name', GOOD.replace('name: nightly copy\n  ', ''), 2, /approval 1: name: /],
  ['a name twice', GOOD + GOOD.replace('# reviewed\n', ''), 9, /"nightly copy" is there twice/],
  ['something else', 'severity:\n  high: 3\napprovals: []\n', 1, /"severity" is no approval/],
  ['a word', 'rclone\n', 1, /a list of approvals/],
  ['nothing', '', 1, /a list of approvals/],
  ['a null', '- null\n', 1, /approval 1: /],
  ['a mapping twice', 'approvals: []\napprovals: []\n', 2, /not valid YAML/],
  ['two documents', `${GOOD}---\n${GOOD}`, 9, /not valid YAML/],
  ['an alias to nothing', '- *a\n', 1, /not valid YAML/],
])('names file, line and reason: %s', (_what, text, line, reason) => {
  let message = '';
  try {
    parseApprovals(text, 'a.yaml');
  } catch (error) {
    expect(error).toMatchObject({ code: 'OF_INVENTORY_INVALID', exitCode: 2 });
    message = (error as Error).message;
  }
  expect(message.startsWith(`a.yaml:${line}: `), message).toBe(true);
  expect(message).toMatch(reason);
  expect(message).toMatch(/Nothing was imported/);
  expect(message).not.toContain('\n');
});

it('names the first of several mistakes and counts the others', () => {
  const text = GOOD.replace('2027-03-31', 'never').replace('2000000000', '-1');
  expect(() => parseApprovals(text, 'a.yaml')).toThrow(/^a\.yaml:5: .*\(1 more\)/);
});

it('is not blown up by aliases', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
    .join('\n')}\n`;
  expect(() => parseApprovals(bomb, 'a.yaml')).toThrow(/not valid YAML/);
});

it('prints what it reads back to the same', () => {
  const unique = fc.uniqueArray(approvals, { selector: ({ name }) => name, maxLength: 5 });
  fc.assert(
    fc.property(unique, (given) => {
      const text = printApprovals(given, ' proposed');
      expect(parseApprovals(text, 'a.yaml')).toEqual(given);
      expect(printApprovals(parseApprovals(text, 'a.yaml'), ' proposed')).toBe(text);
    }),
  );
});

it('prints nothing a terminal would obey', () => {
  const hostile = anApproval({
    name: 'a\u202eb\u001b[2J\u009b',
    reason: '\u{e0041}\u200b\n- x',
    owner: '\ufeff',
  });
  const text = printApprovals([hostile]);
  expect(text).not.toMatch(/[\p{Cf}\p{Co}]|(?!\n)\p{Cc}/u);
  expect(parseApprovals(text, 'a.yaml')).toEqual([hostile]);
});

it('never fails in another way', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.string().map((text) => GOOD + text),
      ),
      (text) => {
        try {
          parseApprovals(text, 'a.yaml');
        } catch (error) {
          expect((error as Error).message).toMatch(/^a\.yaml:\d+: /);
        }
      },
    ),
  );
});
