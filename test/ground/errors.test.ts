import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ErrorEntry, ERRORS, failure, firstLine, OutflowError } from '../../src/ground/errors.js';

describe('failure', () => {
  it('says the text of its case, with code, exit and HTTP status of its entry', () => {
    const error = failure('OF_STORE_BUSY.held', { store: '/tmp/s', holder: 7 });
    expect(error).toBeInstanceOf(OutflowError);
    expect(error.message).toBe(
      'store /tmp/s is in use by process 7. Wait for it, or point --store at another directory.',
    );
    expect(error).toMatchObject({ code: 'OF_STORE_BUSY', exitCode: 4, httpStatus: 409 });
  });

  it('fills a name as often as it stands there', () => {
    expect(failure('OF_STORE_EMPTY.noTelemetry', { store: 'x' }).message).toBe(
      'store x has no telemetry yet. Add some: outflow ingest PATH… --store x.',
    );
  });

  it('takes values as they are: no name in them is filled, no pattern of them read', () => {
    expect(
      failure('OF_FINDING_UNKNOWN.unknown', { finding: '{store} $& $1', store: '{finding}' }).message,
    ).toBe('no finding {store} $& $1 in {finding}. See outflow findings list.');
  });

  it('quotes the first line of the cause and keeps the cause', () => {
    const cause = new Error('disk full\nat line 3');
    const error = failure('OF_INPUT_UNREADABLE.notLanded', { path: 'a.log' }, cause);
    expect(error.message).toBe('a.log could not be landed: disk full');
    expect(error.cause).toBe(cause);
    expect(failure('OF_INTERNAL', {}, cause).message).toBe(
      'disk full. Set OUTFLOW_DEBUG=1 for details and report it.',
    );
  });

  it('does not compile with a value missing, too many, or without the cause it quotes', () => {
    // @ts-expect-error -- the holder is missing
    failure('OF_STORE_BUSY.held', { store: 'x' });
    // @ts-expect-error -- there is no such value in this text
    failure('OF_STORE_BUSY.opening', { store: 'x', holder: 7 });
    // @ts-expect-error -- this text quotes its cause
    failure('OF_STORE_UNAVAILABLE.unusable', { store: 'x' });
    // @ts-expect-error -- the code has several texts
    failure('OF_STORE_BUSY', { store: 'x' });
    // @ts-expect-error -- there is no such text
    failure('OF_STORE_BUSY.unheard', { store: 'x' });
    // @ts-expect-error -- this text takes no values
    failure('OF_USAGE.noPath', { path: 'x' });
    expect(failure('OF_USAGE.noPath').message).toMatch(/^detect needs a path/);
  });
});

const texts = (Object.entries(ERRORS) as [string, ErrorEntry][]).flatMap(
  ([code, { text }]): [string, string][] =>
    typeof text === 'string'
      ? [[code, text]]
      : Object.entries(text).map(([name, one]) => [`${code}.${name}`, one]),
);

describe('the catalogue', () => {
  it.each(texts)('%s is one line without a name left open', (_key, text) => {
    expect(text).not.toMatch(/\n/);
    expect(text.replace(/\{[a-z]+\}/gi, '')).not.toMatch(/[{}]/);
  });
});

describe('src', () => {
  const root = new URL('../../src/', import.meta.url);
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('ground'))
    .map((name) => readFileSync(new URL(name, root), 'utf8'))
    .join('\n');

  it('throws every text of the catalogue', () => {
    expect(texts.map(([key]) => key).filter((key) => !source.includes(`'${key}'`))).toEqual([]);
  });

  it('says nothing that is not in it', () => {
    expect(source.match(/new OutflowError\b/g)).toBeNull();
  });
});

describe('firstLine', () => {
  it('cuts what an engine quotes', () => {
    expect(firstLine(new Error(`${'x'.repeat(400)}\nmore`))).toBe(`${'x'.repeat(300)}…`);
    expect(firstLine('plain')).toBe('plain');
  });
});
