import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorOf, UNKNOWN_ACTOR, type CodeIdentity } from '../../src/model/actor.js';
import { foldPath } from '../../src/model/fold-path.js';

it.each([
  ['/Users/ada/bin/tool', '/Users/*/bin/tool'],
  ['/Users/grace/bin/tool', '/Users/*/bin/tool'],
  ['/Users/ada', '/Users/*'],
  ['/Volumes/Installer 3/tool', '/Volumes/*/tool'],
  ['/opt/homebrew/Cellar/rclone/1.66.0/bin/rclone', '/opt/homebrew/Cellar/rclone/*/bin/rclone'],
  ['/opt/homebrew/Cellar/rclone/1.66.0_1/bin/rclone', '/opt/homebrew/Cellar/rclone/*/bin/rclone'],
  ['/usr/local/Caskroom/ngrok/3.8.0,abc/ngrok', '/usr/local/Caskroom/ngrok/*/ngrok'],
  [
    '/Library/Frameworks/Python.framework/Versions/3.12/bin/python3',
    '/Library/Frameworks/Python.framework/Versions/*/bin/python3',
  ],
  ['/x/A.framework/Versions/A/Helpers/h', '/x/A.framework/Versions/*/Helpers/h'],
  ['/private/tmp/x', '/tmp/x'],
  ['/private/var/tmp/x', '/var/tmp/x'],
  ['/privately/tmp/x', '/privately/tmp/x'],
  ['/private/etc/x', '/private/etc/x'],
  ['/private/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/x', '/var/folders/*/T/x'],
  ['/x/AppTranslocation/0F3D5E5A-7A5C-4B32-A7B5-2B0F0D1E2F3A/d/A.app', '/x/AppTranslocation/*/d/A.app'],
  ['/x/0f3d5e5a-7a5c-4b32-a7b5-2b0f0d1e2f3a/y', '/x/*/y'],
  ['/x/tool-1.2.3/bin', '/x/tool-*/bin'],
  ['/x/tool@20.11.1/bin', '/x/tool@*/bin'],
  ['/x/v20.11.1/bin/node', '/x/v*/bin/node'],
  ['/x/go-build2913847561/b001/exe/main', '/x/go-build*/b001/exe/main'],
  ['/x/builds/4711/run.sh', '/x/builds/*/run.sh'],
  ['/x/da39a3ee5e6b4b0d3255bfef95601890afd80709', '/x/*'],
  ['/usr/bin/python3', '/usr/bin/python3'],
  ['/usr/local/bin/python3.12', '/usr/local/bin/python3.12'],
  ['', ''],
])('folds %s', (path, folded) => {
  expect(foldPath(path)).toBe(folded);
});

const segment = fc.oneof(
  fc.constantFrom(
    ...[
      'Users',
      'Volumes',
      'Cellar',
      'Versions',
      'private',
      'tmp',
      'AppTranslocation',
      'bin',
      '*',
      '12',
      '1.2.3',
    ],
    ...['v20.1.0', 'tool-1.2', 'go-build1234567', '0f3d5e5a-7a5c-4b32-a7b5-2b0f0d1e2f3a'],
  ),
  fc.string({ maxLength: 8 }),
  fc.stringMatching(/^[0-9a-f.]{0,24}$/),
);
const path = fc.array(segment, { maxLength: 7 }).map((parts) => `/${parts.join('/')}`);

it('folds a folded path no further', () => {
  fc.assert(
    fc.property(path, (one) => {
      const folded = foldPath(one);
      expect(foldPath(folded)).toBe(folded);
    }),
  );
});

it('never grows, and is bounded whatever the path', () => {
  fc.assert(
    fc.property(path, (one) => {
      expect(foldPath(one).length).toBeLessThanOrEqual(one.length);
    }),
  );
  expect(foldPath(`/${'a/'.repeat(100_000)}`).length).toBeLessThanOrEqual(1024);
});

it('makes one program of one user one program of every user', () => {
  const user = fc.stringMatching(/^[a-z][a-z0-9._-]{0,14}$/);
  fc.assert(
    fc.property(user, user, path, (one, other, rest) => {
      expect(foldPath(`/Users/${one}${rest}`)).toBe(foldPath(`/Users/${other}${rest}`));
    }),
  );
});

describe('the actor', () => {
  const identity: CodeIdentity = {
    signer: 'unknown',
    signingId: '',
    teamId: '',
    executable: '/Users/ada/bin/tool',
    name: 'tool',
  };
  it.each<[string, Partial<CodeIdentity>, string]>([
    ['a path, folded', {}, 'path:/Users/*/bin/tool'],
    ['a name, when nobody reported a path', { executable: '' }, 'name:tool'],
    ['unknown, when nobody reported anything', { executable: '', name: '' }, UNKNOWN_ACTOR],
    [
      'Team ID and signing id',
      { signer: 'developer_id', teamId: 'T', signingId: 'com.x.app' },
      'team:T/com.x.app',
    ],
    [
      'its app, for a helper',
      { teamId: 'T', signingId: 'com.google.Chrome.helper.renderer' },
      'team:T/com.google.Chrome',
    ],
    [
      'its app, for a plain helper',
      { teamId: 'T', signingId: 'com.google.Chrome.helper' },
      'team:T/com.google.Chrome',
    ],
    [
      'itself, when helper is part of a word',
      { teamId: 'T', signingId: 'com.x.helperless' },
      'team:T/com.x.helperless',
    ],
    ['Team ID and file name without a signing id', { teamId: 'T' }, 'team:T/tool'],
    [
      'the same on every path, for Apple',
      { signer: 'apple_platform', signingId: 'com.apple.curl' },
      'apple:com.apple.curl',
    ],
    ['the file name, for Apple without a signing id', { signer: 'apple_platform' }, 'apple:tool'],
    [
      "a path, for a claim to Apple's id that nobody proves",
      { signer: 'ad_hoc', signingId: 'com.apple.curl' },
      'path:/Users/*/bin/tool',
    ],
  ])('is %s', (_case, more, actor) => {
    expect(actorOf({ ...identity, ...more })).toBe(actor);
  });

  it('is never Apple for anything but platform code, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (signingId, teamId, executable, name) => {
          expect(actorOf({ signer: 'ad_hoc', signingId, teamId, executable, name })).not.toMatch(/^apple:/);
        },
      ),
    );
  });
});
