import { describe, expect, it } from 'vitest';
import { qualificationOf } from '../../src/approvals/qualification.js';

describe('what a general tool is told apart by', () => {
  it('is what the facts say, whatever the text looks like', () => {
    const said = { by: 'parent', of: 'path:/Users/*/run by night/agent' } as const;
    expect(
      qualificationOf({ actor: 'apple:curl by path:/Users/*/run by night/agent', qualification: said }),
    ).toEqual(said);
    const none = { by: '', of: '' } as const;
    expect(qualificationOf({ actor: 'path:/Users/*/stand by me/app', qualification: none })).toEqual(none);
  });

  it.each([
    ['apple:com.apple.curl by team:ABCDE12345/com.agent', { by: 'parent', of: 'team:ABCDE12345/com.agent' }],
    ['apple:python3 running /opt/nightly.py', { by: 'script', of: '/opt/nightly.py' }],
    ['apple:com.apple.curl', { by: '', of: '' }],
    ['apple:sh running /opt/two\nlines.sh', { by: 'script', of: '/opt/two\nlines.sh' }],
    ['', { by: '', of: '' }],
  ])('is read from the text of facts from before: %j', (actor, said) => {
    expect(qualificationOf({ actor })).toEqual(said);
  });
});
