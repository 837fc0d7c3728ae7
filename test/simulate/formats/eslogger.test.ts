import { describe, expect, it } from 'vitest';
import { createEsloggerWriter } from '../../../src/simulate/formats/eslogger.js';
import {
  DAY,
  DAY_MS,
  at,
  hostNamed,
  makeProcess,
  parseLines,
  sliceOf,
  textOf,
  type Json,
} from './hand-made.js';

function rawText(name: string, withheld: Parameters<typeof textOf>[2] = []): string {
  const host = hostNamed(name);
  const app = makeProcess(host, { start: DAY + 1000, end: DAY + DAY_MS + 5000 });
  const tool = makeProcess(host, {
    pid: 4242,
    pidversion: 9001,
    name: 'tool\u2028"x',
    executable: '/tmp/tool\u2028"x',
    args: ['/tmp/tool\u2028"x', '-a', 'b c'],
    script: '/tmp/run.sh',
    tty: 'ttys003',
    parent: app,
    responsible: app,
    signing: { signer: 'unsigned', signingId: '', teamId: '', cdhash: '', subject: '' },
    start: DAY + 2000,
    end: DAY + 2500,
  });
  const days = [DAY, DAY + DAY_MS].map((day) => sliceOf(host, [app, tool], [], { day, last: day > DAY }));
  return textOf(createEsloggerWriter(), days, withheld).get(`${name}.eslogger.jsonl`) ?? '';
}

const messages = (name: string, withheld: Parameters<typeof textOf>[2] = []) =>
  parseLines(rawText(name, withheld));
const kinds = (all: readonly Json[]) => all.map((message) => Object.keys(message['event'] as Json)[0]);

/** Hosts whose digest gives each shape; the first test checks the assumption. */
const hosts = ['MAC-0', 'MAC-1', 'MAC-2', 'MAC-3', 'MAC-4', 'MAC-5', 'MAC-6', 'MAC-7', 'MAC-8', 'MAC-9'];

describe('eslogger writer', () => {
  it('covers the three message versions and both token encodings over a fleet', () => {
    const first = hosts.map((name) => messages(name)[0]);
    expect(new Set(first.map((message) => at(message, 'version')))).toEqual(new Set([9, 10, 11]));
    const encodings = first.map((message) => Array.isArray(at(message, 'process.audit_token')));
    expect(new Set(encodings)).toEqual(new Set([true, false]));
    for (const message of first) {
      const category = at(message, 'event.exec.target.cs_validation_category');
      expect(category).toBe(Number(at(message, 'version')) >= 10 ? 6 : undefined);
    }
  });

  it('orders exec, fork, exit with gapless sequence numbers across days', () => {
    const all = messages('MAC-0');
    expect(kinds(all)).toEqual(['exec', 'fork', 'exec', 'exit', 'exit']);
    expect(all.map((message) => at(message, 'event_type'))).toEqual([9, 11, 9, 15, 15]);
    expect(all.map((message) => at(message, 'global_seq_num'))).toEqual([0, 1, 2, 3, 4]);
    expect(all.map((message) => at(message, 'seq_num'))).toEqual([0, 0, 1, 0, 1]);
    expect(at(all[0], 'process.executable.path')).toBe('/usr/libexec/xpcproxy');
    expect(at(all[0], 'time')).toMatch(/^2026-05-04T00:00:01\.000\d{6}Z$/);
    expect(at(all[0], 'process.start_time')).toMatch(/^2026-05-04T00:00:01\.000\d{3}Z$/);
    expect(at(all[4], 'time')).toMatch(/^2026-05-05T00:00:05/);
    expect(Number(at(all[1], 'mach_time'))).toBeLessThan(Number(at(all[2], 'mach_time')));
  });

  it('raises pidversion at exec and names parent and responsible process', () => {
    const host = hosts.find((name) => !Array.isArray(at(messages(name)[0], 'process.audit_token')));
    const [, fork, exec] = messages(host ?? '');
    expect(at(fork, 'event.fork.child.audit_token')).toMatchObject({
      pid: 4242,
      pidversion: 9000,
      euid: 501,
    });
    expect(at(exec, 'process.audit_token')).toMatchObject({ pid: 4242, pidversion: 9000 });
    const target = at(exec, 'event.exec.target') as Json;
    expect(target['audit_token']).toMatchObject({ pid: 4242, pidversion: 9001 });
    expect(target['responsible_audit_token']).toMatchObject({ pid: 900, pidversion: 2100 });
    expect(target['parent_audit_token']).toMatchObject({ pid: 900 });
    expect(at(target, 'tty.path')).toBe('/dev/ttys003');
    expect(at(exec, 'event.exec.script.path')).toBe('/tmp/run.sh');
    expect(at(exec, 'event.exec.args')).toEqual(['/tmp/tool\u2028"x', '-a', 'b c']);
  });

  it('writes array tokens in the order auid, euid, egid, ruid, rgid, pid, asid, pidversion', () => {
    const host = hosts.find((name) => Array.isArray(at(messages(name)[0], 'process.audit_token')));
    const [exec] = messages(host ?? '');
    expect(at(exec, 'event.exec.target.audit_token')).toEqual([501, 501, 20, 501, 20, 900, 100_019, 2100]);
    expect(at(exec, 'event.exec.target.parent_audit_token')).toHaveLength(8);
  });

  it('reports signing as the kernel does', () => {
    const [app, , tool] = messages('MAC-0');
    expect(at(app, 'process.codesigning_flags')).toBe(0x26017b01);
    expect(at(app, 'process.team_id')).toBeNull();
    expect(at(app, 'event.exec.target')).toMatchObject({
      codesigning_flags: 570_491_649,
      cdhash: '0123456789ABCDEF0123456789ABCDEF01234567',
      team_id: 'EXAMPLE123',
      is_platform_binary: false,
    });
    const flags = Number(at(tool, 'event.exec.target.codesigning_flags'));
    expect(flags & 0x20000001).toBe(0);
    expect(at(tool, 'event.exec.target.signing_id')).toBeNull();
  });

  it('escapes slashes like Apple does', () => {
    expect(rawText('MAC-0')).toContain('"path":"\\/usr\\/libexec\\/xpcproxy"');
    expect(rawText('MAC-0')).not.toMatch(/[^\\]\//);
  });

  it('leaves out exactly what is withheld', () => {
    const text = rawText('MAC-0', ['signing', 'parent', 'args']);
    expect(text).not.toMatch(
      /codesigning_flags|cdhash|team_id|signing_id|platform_binary|validation_category/,
    );
    expect(text).not.toMatch(/"args"|ppid|parent_audit|responsible_audit|xpcproxy/);
    expect(kinds(parseLines(text))).toEqual(['exec', 'exec', 'exit', 'exit']);
    expect(at(parseLines(text)[1], 'process.executable.path')).toContain('/tmp/tool');
  });

  it('repeats itself', () => {
    expect(rawText('MAC-3')).toBe(rawText('MAC-3'));
  });
});
