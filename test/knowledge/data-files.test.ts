import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appleFile } from '../../src/knowledge/apple.js';
import { attackFile } from '../../src/knowledge/attack-objects.js';
import { serviceFile } from '../../src/knowledge/classify-destination.js';
import { roleFile } from '../../src/knowledge/dual-use.js';
import { portFile } from '../../src/knowledge/ports.js';
import { starterFile } from '../../src/knowledge/starters.js';
import { toolFile } from '../../src/knowledge/tool-data.js';
import { uploaderFile } from '../../src/knowledge/uploader-data.js';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../src/knowledge/${file}`, import.meta.url), 'utf8'));

const tools = toolFile.parse(read('tools.json'));
const uploaders = uploaderFile.parse(read('uploaders.json'));
const services = serviceFile.parse(read('services.json'));
const roles = roleFile.parse(read('roles.json'));
const apple = appleFile.parse(read('apple.json'));
const ports = portFile.parse(read('ports.json'));
const starters = starterFile.parse(read('starters.json'));

/** Code point order, the order of the files. */
const byText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const files = [
  {
    file: 'tools.json',
    sources: tools.sources,
    entries: tools.tools.map((entry) => ({ id: entry.family, ...entry })),
  },
  { file: 'uploaders.json', sources: uploaders.sources, entries: [...uploaders.uploaders] },
  {
    file: 'services.json',
    sources: services.sources,
    entries: services.services.map((entry) => ({ id: entry.service, ...entry })),
  },
  {
    file: 'roles.json',
    sources: roles.sources,
    entries: roles.roles.map((entry) => ({ id: entry.role, ...entry })),
  },
  {
    file: 'apple.json, domains',
    sources: apple.sources,
    entries: apple.domains.map((entry) => ({ id: entry.domain, ...entry })),
  },
  {
    file: 'apple.json, teams',
    sources: apple.sources,
    entries: apple.teams.map((entry) => ({ id: entry.team_id, ...entry })),
  },
  {
    file: 'ports.json',
    sources: ports.sources,
    // One list: a port is everyday or telling, never both.
    entries: [...ports.everyday, ...ports.telling]
      .sort((a, b) => a.port - b.port)
      .map((entry) => ({ id: String(entry.port).padStart(5, '0'), ...entry })),
  },
  {
    file: 'starters.json, plumbing',
    sources: starters.sources,
    entries: starters.plumbing.map((entry) => ({ id: entry.name, ...entry })),
  },
  {
    file: 'starters.json, script hosts',
    sources: starters.sources,
    entries: starters.script_hosts.map((entry) => ({ id: entry.name, ...entry })),
  },
];

describe.each(files)('$file', ({ sources, entries }) => {
  it('is sorted and names each entry once', () => {
    const ids = entries.map((entry) => entry.id);
    expect(ids).toEqual([...new Set(ids)].sort(byText));
  });

  it('gives every entry a source that it spells out', () => {
    for (const entry of entries)
      for (const source of entry.sources) expect(Object.keys(sources), entry.id).toContain(source);
  });

  it('keeps its lists sorted and without repeats', () => {
    for (const entry of entries) {
      for (const [key, value] of Object.entries(entry)) {
        if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) continue;
        expect(value, `${entry.id} ${key}`).toEqual([...new Set(value)].sort(byText));
      }
    }
  });
});

describe('tools.json', () => {
  it('gives a name or an id to one family', () => {
    for (const key of ['names', 'signing_ids', 'signing_prefixes', 'paths'] as const) {
      const all = tools.tools.flatMap((entry) => entry[key]);
      expect(
        all.filter((value, position) => all.indexOf(value) !== position),
        key,
      ).toEqual([]);
    }
  });

  it('never matches on a name innocent programs carry', () => {
    const names = new Set(tools.tools.flatMap((entry) => entry.names));
    const generic =
      'helper main agent node sync server update launcher java python3 firefox mc code az lt hans ew grass parsecd windowserver'.split(
        ' ',
      );
    expect(generic.filter((name) => names.has(name))).toEqual([]);
  });

  it('has patterns that compile and arguments that say something', () => {
    for (const entry of tools.tools) {
      for (const pattern of entry.path_patterns) expect(() => new RegExp(pattern)).not.toThrow();
      for (const rule of entry.argv)
        expect(rule.tokens.length + (rule.first === undefined ? 0 : 1)).toBeGreaterThan(0);
      for (const rule of entry.argv)
        if (rule.names.length === 0) expect(rule.first, entry.family).toBeDefined();
    }
  });
});

describe('uploaders.json', () => {
  it('gives each signing prefix of a Team ID to one product', () => {
    const keys = uploaders.uploaders
      .filter((entry) => entry.group !== 'dev' || entry.tier !== 'never-by-default')
      .flatMap((entry) =>
        entry.identities.flatMap((of) => of.signing_prefixes.map((id) => `${of.team_id} ${id}`)),
      );
    expect(keys.filter((key, position) => keys.indexOf(key) !== position)).toEqual([]);
  });

  it('asks a third party for a certificate and Apple for none', () => {
    for (const entry of uploaders.uploaders) {
      if (entry.signer === 'third_party') expect(entry.identities.length, entry.id).toBeGreaterThan(0);
      else expect(entry.identities, entry.id).toEqual([]);
    }
  });

  it('binds volume only where destinations are stated', () => {
    for (const entry of uploaders.uploaders)
      if (entry.destination_bound) expect(entry.destinations.length, entry.id).toBeGreaterThan(0);
  });

  it('never excuses what tier never-by-default covers', () => {
    for (const entry of uploaders.uploaders)
      if (entry.tier === 'never-by-default') expect(entry.excuses, entry.id).toEqual([]);
  });
});

describe('services.json', () => {
  it('gives a domain to one service and owners that exist', () => {
    const domains = services.services.flatMap((entry) => entry.domains);
    expect(domains.filter((domain, position) => domains.indexOf(domain) !== position)).toEqual([]);
    const known = new Set(uploaders.uploaders.map((entry) => entry.id));
    for (const entry of services.services)
      for (const id of entry.owner?.uploaders ?? []) expect(known.has(id), id).toBe(true);
  });
});

describe('attack.json', () => {
  it('is valid, sorted, and cites its release', () => {
    const attack = attackFile.parse(read('attack.json'));
    const related = attack.related.map((entry) => `${entry.technique} ${entry.analytic}`);
    expect(related).toEqual([...related].sort(byText));
    expect(Object.keys(attack.sources)).toEqual(['ATK']);
  });
});
