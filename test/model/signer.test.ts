import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classifySigner, type SigningFacts } from '../../src/model/signer.js';

const NOTHING: SigningFacts = {
  signingId: '',
  teamId: '',
  platformBinary: -1,
  flags: 0,
  category: -1,
  signed: -1,
  trusted: -1,
  subject: '',
};
const VALID = 0x1;
const ADHOC = 0x2;
const RUNTIME = 0x10000;
const LINKER_SIGNED = 0x20000;
const PLATFORM_BINARY = 0x4000000;
const SIGNED = 0x20000000;
const DATAVAULT = 0x80000000;

// The order of xnu's and Security's own facts: platform, certificate, flags, category, what an agent says, nothing.
it.each<[string, Partial<SigningFacts>, string]>([
  ['nothing reported', {}, 'unknown'],
  ['a signing id alone', { signingId: 'com.example.app' }, 'unknown'],
  ['not an Apple platform binary, nothing else', { platformBinary: 0 }, 'unknown'],
  ['a platform binary whose flags lack the bit', { platformBinary: 1, flags: 0x22010b01 }, 'apple_platform'],
  ['a platform binary without SIGNED', { platformBinary: 1, flags: 0x2010b01 }, 'apple_platform'],
  ['category platform', { category: 1 }, 'apple_platform'],
  ['the leaf of before', { subject: 'Software Signing', trusted: 1, signed: 1 }, 'apple_platform'],
  ['the leaf of now', { subject: 'macOS Software Signing', trusted: 1, signed: 1 }, 'apple_platform'],
  ['a leaf that only begins like it', { subject: 'Software Signing Ltd', signed: 1, trusted: 0 }, 'ad_hoc'],
  ['the leaf, not trusted', { subject: 'Software Signing', trusted: 0, signed: 1 }, 'invalid'],
  [
    'the bit alone is no proof of Apple',
    { flags: VALID | SIGNED | PLATFORM_BINARY, signingId: 'com.apple.fake', teamId: 'ABCDE12345' },
    'developer_id',
  ],
  [
    'App Store, third party',
    {
      subject: 'Apple Mac OS Application Signing',
      signingId: 'com.tinyspeck.slackmacgap',
      teamId: 'BQR82RBBHL',
    },
    'app_store',
  ],
  [
    'App Store, Apple by id',
    { subject: 'Apple Mac OS Application Signing', signingId: 'com.apple.iWork.Keynote' },
    'apple',
  ],
  [
    'App Store, Apple by team',
    { subject: 'Apple Mac OS Application Signing', signingId: 'x', teamId: '74J34U3R6X' },
    'apple',
  ],
  ['App Store by category', { category: 4, signingId: 'com.example.app' }, 'app_store'],
  ['App Store by category, Apple', { category: 4, signingId: 'com.apple.dt.Xcode' }, 'apple'],
  ['TestFlight', { category: 2, signingId: 'com.example.app' }, 'app_store'],
  [
    'Developer ID leaf',
    { subject: 'Developer ID Application: Example GmbH (ABCDE12345)', trusted: 1 },
    'developer_id',
  ],
  [
    'Developer ID leaf, revoked',
    { subject: 'Developer ID Application: Example GmbH (ABCDE12345)', trusted: 0 },
    'invalid',
  ],
  ['Developer ID by category', { category: 6, flags: VALID | SIGNED | RUNTIME }, 'developer_id'],
  [
    'development leaf',
    { subject: 'Apple Development: a@example.com (ABCDE12345)', trusted: 1 },
    'development',
  ],
  ['development by category', { category: 3 }, 'development'],
  ['enterprise by category', { category: 5 }, 'development'],
  ['ad hoc', { flags: VALID | SIGNED | ADHOC, signingId: 'a.out' }, 'ad_hoc'],
  [
    'the linker signed it, no VALID bit',
    { flags: SIGNED | ADHOC | LINKER_SIGNED, signingId: 'a.out' },
    'ad_hoc',
  ],
  ['ad hoc by category', { category: 7 }, 'ad_hoc'],
  ['signed, no longer valid', { flags: SIGNED | RUNTIME, teamId: 'ABCDE12345', signingId: 'x' }, 'invalid'],
  ['signed, no longer valid, with the top bit', { flags: DATAVAULT + SIGNED, signingId: 'x' }, 'invalid'],
  ['team alone', { teamId: 'ABCDE12345' }, 'developer_id'],
  ["Apple's team alone", { teamId: '59GAB85EFG' }, 'apple'],
  ['team, not trusted', { teamId: 'ABCDE12345', signed: 1, trusted: 0 }, 'invalid'],
  ['not signed, says the agent', { signed: 0 }, 'unsigned'],
  ['not signed, not trusted', { signed: 0, trusted: 0 }, 'unsigned'],
  ['no SIGNED bit', { flags: VALID }, 'unsigned'],
  ['signed and trusted, by whom not said', { signed: 1, trusted: 1 }, 'unknown'],
  ['signed by nobody who is trusted', { signed: 1, trusted: 0 }, 'ad_hoc'],
])('%s', (_case, facts, signer) => {
  expect(classifySigner({ ...NOTHING, ...facts })).toBe(signer);
});

const anyFacts = fc.record<SigningFacts>({
  signingId: fc.constantFrom('', 'com.apple.curl', 'com.example.app'),
  teamId: fc.constantFrom('', 'ABCDE12345', '74J34U3R6X'),
  platformBinary: fc.constantFrom(-1, 0, 1),
  flags: fc.nat(0xffffffff),
  category: fc.integer({ min: -1, max: 10 }),
  signed: fc.constantFrom(-1, 0, 1),
  trusted: fc.constantFrom(-1, 0, 1),
  subject: fc.constantFrom('', 'Software Signing', 'Developer ID Application: Example (ABCDE12345)', 'curl'),
});

it('takes no attacker-chosen name for Apple: id and team prove nothing without platform, store or Apple team', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const named = { ...facts, signingId: 'com.apple.curl', teamId: 'ABCDE12345' };
      fc.pre(
        named.platformBinary !== 1 &&
          ![1, 2, 4].includes(named.category) &&
          named.subject !== 'Software Signing',
      );
      expect(['apple_platform', 'apple']).not.toContain(classifySigner(named));
    }),
  );
});

it('calls nothing unsigned that a certificate or a team signed', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      fc.pre(
        facts.signed !== 0 && (facts.subject.includes('Signing') || facts.subject.startsWith('Developer ID')),
      );
      expect(classifySigner(facts)).not.toBe('unsigned');
    }),
  );
});
