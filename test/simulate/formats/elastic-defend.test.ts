import { describe, expect, it } from 'vitest';
import { createElasticDefendWriter } from '../../../src/simulate/formats/elastic-defend.js';
import {
  DAY,
  at,
  hostNamed,
  makeFlow,
  makeProcess,
  parseLines,
  sliceOf,
  textOf,
  type Json,
} from './hand-made.js';

/** `MAC-B` runs an agent before 8.18, `MAC-C` one after it. */
function documents(name: string, withheld: Parameters<typeof textOf>[2] = []) {
  const host = hostNamed(name);
  const terminal = makeProcess(host, { pid: 700, name: 'Terminal', start: DAY + 1000 });
  const shell = makeProcess(host, {
    pid: 710,
    name: 'zsh',
    executable: '/bin/zsh',
    args: ['-zsh', '-c', 'a "quoted"\nline'],
    parent: terminal,
    responsible: terminal,
    signing: {
      signer: 'ad_hoc',
      signingId: 'zsh-55554944',
      teamId: '',
      cdhash: 'ab'.repeat(20),
      subject: '',
    },
    start: DAY + 2000,
    end: DAY + 9_000_000,
  });
  const long = makeFlow(shell, {});
  const short = makeFlow(shell, {
    localPort: 50124,
    end: long.start + 4000,
    transport: 'quic',
    remoteName: '',
  });
  const inbound = makeFlow(shell, {
    localPort: 22,
    remotePort: 51000,
    direction: 'ingress',
    start: long.start + 1,
  });
  const files = textOf(
    createElasticDefendWriter(),
    [sliceOf(host, [terminal, shell], [long, short, inbound])],
    withheld,
  );
  expect([...files.keys()]).toEqual([`${name}.elastic.ndjson`]);
  return parseLines(files.get(`${name}.elastic.ndjson`));
}

const isPort = (port: number) => (document: Json) =>
  at(document, 'source.port') === port || at(document, 'destination.port') === port;
const dataset = (name: string) => (document: Json) =>
  at(document, 'event.dataset') === `endpoint.events.${name}`;

describe('elastic-defend writer', () => {
  it('writes fork, exec and end of one process under one entity id, with parent and responsible process', () => {
    const shell = documents('MAC-B').filter(
      (document) => dataset('process')(document) && at(document, 'process.pid') === 710,
    );
    expect(shell.map((document) => at(document, 'event.action'))).toEqual(['fork', 'exec', 'end']);
    expect(new Set(shell.map((document) => at(document, 'process.entity_id'))).size).toBe(1);
    const [fork, exec] = shell;
    expect(at(fork, 'process.name')).toBe('Terminal');
    expect(at(exec, 'process.args')).toEqual(['-zsh', '-c', 'a "quoted"\nline']);
    expect(at(exec, 'process.parent.pid')).toBe(700);
    expect(at(exec, 'process.Ext.effective_parent.executable')).toContain('Uploader');
    expect(at(exec, 'process.Ext.ancestry')).toHaveLength(2);
    expect(at(exec, '@timestamp')).toMatch(/^2026-05-04T00:00:02\.000\d{4}Z$/);
    expect(at(exec, 'process.code_signature')).toEqual({
      exists: true,
      signing_id: 'zsh-55554944',
      status: 'code failed to satisfy specified code requirement(s)',
      trusted: false,
    });
  });

  it('splits attempt and disconnect before 8.18; only the disconnect has bytes', () => {
    const flow = documents('MAC-B').filter(isPort(50123));
    expect(flow.map((document) => at(document, 'event.action'))).toEqual([
      'connection_attempted',
      'disconnect_received',
    ]);
    expect(flow.map((document) => at(document, 'source.bytes'))).toEqual([undefined, 5_000_000]);
    expect(at(flow[1], 'destination')).toEqual({
      address: '198.51.100.7',
      bytes: 40_000,
      domain: 'files.example.com',
      ip: '198.51.100.7',
      port: 443,
    });
    expect(at(flow[1], 'network')).toEqual({ direction: 'egress', transport: 'tcp', type: 'ipv4' });
    expect(at(flow[1], 'host.os.name')).toBe('macOS');
    expect(documents('MAC-B').filter(isPort(50124))).toHaveLength(2);
  });

  it('merges short connections and trims host from 8.18', () => {
    const all = documents('MAC-C');
    const [merged, ...more] = all.filter(isPort(50124));
    expect(more).toEqual([]);
    expect(at(merged, 'event.action')).toEqual(['connection_attempted', 'disconnect_received']);
    expect(at(merged, 'event.type')).toEqual(['start', 'end']);
    expect(at(merged, 'network.transport')).toBe('udp');
    expect(at(merged, 'destination.domain')).toBeUndefined();
    expect(at(merged, 'host.os')).toEqual({ type: 'macos' });
    expect(all.filter(isPort(50123))).toHaveLength(2);
  });

  it('makes the remote end the source of an ingress connection', () => {
    const [, end] = documents('MAC-B').filter(isPort(22));
    expect(at(end, 'source')).toMatchObject({ ip: '198.51.100.7', port: 51000, bytes: 40_000 });
    expect(at(end, 'destination')).toMatchObject({ ip: '10.20.0.17', port: 22, bytes: 5_000_000 });
  });

  it('leaves out exactly what is withheld', () => {
    const text = JSON.stringify(documents('MAC-C', ['signing', 'domain', 'parent', 'args']));
    expect(text).not.toMatch(
      /code_signature|"domain"|"parent"|ancestry|effective_parent|"args"|command_line/,
    );
    expect(text).toContain('198.51.100.7');
    const [addressless] = documents('MAC-C', ['address']).filter(isPort(50124));
    expect(at(addressless, 'destination.port')).toBe(443);
    expect(JSON.stringify(addressless)).not.toContain('198.51.100.7');
  });

  it('keeps time order, rising sequence and a realistic size, and repeats itself', () => {
    const all = documents('MAC-B');
    const times = all.map((document) => String(at(document, '@timestamp')).slice(0, 23));
    expect([...times].sort()).toEqual(times);
    expect(all.map((document) => at(document, 'event.sequence'))).toEqual(all.map((_, index) => index + 1));
    const sizes = all.filter(dataset('network')).map((document) => JSON.stringify(document).length);
    expect(Math.min(...sizes)).toBeGreaterThan(900);
    expect(Math.max(...sizes)).toBeLessThan(2000);
    expect(documents('MAC-B')).toEqual(all);
  });
});
