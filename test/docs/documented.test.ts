import { CANDIDATE_WEIGHTS, NAME_ONLY, TOOL_WEIGHTS } from '../../src/detect/analytics/AN0082/weights.js';
import { WEIGHTS } from '../../src/detect/weights.js';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { configSchema } from '../../src/config/schema.js';
import { KNOWN } from '../../src/detect/known.js';
import { ANALYTICS, INDICATORS } from '../../src/detect/analytics/registry.js';
import { type ErrorEntry, ERRORS } from '../../src/ground/errors.js';
import { INEXPRESSIBLE, SCENARIOS } from '../../src/simulate/scenarios/catalogue.js';
import { SOURCES } from '../../src/sources/registry.js';
import { richResult } from '../report/fixture.js';
import {
  anchor,
  code,
  pages,
  prose,
  read,
  ROOT,
  section,
  sections,
  sourceFolders,
  tableRows,
} from './markdown.js';

const markdown = new Map(pages().map((page) => [page, read(page)]));

describe('sources', () => {
  it('are listed by id, all of them', () => {
    expect(SOURCES.map(({ id }) => id)).toEqual(sourceFolders());
  });

  it.each(sourceFolders())('%s says what it carries, how to switch it on, and what it cannot see', (id) => {
    const page = read(`src/sources/${id}/README.md`);
    for (const title of ['What it carries', 'How to switch it on', 'Blind spots']) {
      expect(section(page, title).trim(), title).not.toBe('');
    }
    expect(read('docs/sources.md')).toContain(`[\`${id}\`](../src/sources/${id}/README.md)`);
    expect(read('README.md')).toContain(`[\`${id}\`](src/sources/${id}/README.md)`);
  });
});

describe('indicators', () => {
  const page = read('docs/indicators.md');
  const groups = { Behaviour: 'behaviour', Identity: 'identity', Destination: 'destination' };

  it.each(Object.entries(groups))('%s describes exactly the indicators there are', (title, group) => {
    const described = [...section(page, title).matchAll(/^### (.+)$/gm)].map((heading) => heading[1]!);
    const existing = INDICATORS.filter((indicator) => indicator.group === group).map(({ id }) => id);
    expect(described.sort()).toEqual(existing.sort());
  });

  it.each(INDICATORS)(
    '$id says what it sees, what it counts, and which techniques it points to',
    ({ id, techniques }) => {
      const text = section(page, id);
      for (const word of [
        '**Sees**',
        '**Observed**',
        '**Points**',
        '**Excused by**',
        '**Techniques**',
        '**Tune**',
      ]) {
        expect(text).toContain(word);
      }
      for (const technique of techniques ?? ['T1496.002']) expect(text).toContain(technique);
    },
  );

  it('gives every number with its value and reason', () => {
    const numbers = { ...WEIGHTS, ...CANDIDATE_WEIGHTS, name_only: NAME_ONLY };
    const rows = tableRows(section(page, 'Numbers'));
    expect(rows).toEqual([
      ...Object.entries(numbers).map(([name, { value, reason }]) => [`\`${name}\``, String(value), reason]),
      ...Object.entries(TOOL_WEIGHTS).map(([family, { always, uploading, reason }]) => [
        `\`${family}\``,
        String(always),
        String(uploading),
        reason,
      ]),
    ]);
  });
});

describe('analytics', () => {
  const page = read('docs/analytics.md');

  it('are described, all of them and no other, in order of their ids', () => {
    const described = sections(page).filter(({ level, title }) => level === 2 && /^AN\d{4}$/.test(title));
    expect(described.map(({ title }) => title)).toEqual(ANALYTICS.map(({ id }) => id));
  });

  it.each(ANALYTICS)('$id: the ATT&CK objects are those it implements', ({ id, attack }) => {
    const rows = new Map(tableRows(section(page, id)).map(([name = '', value = '']) => [name, value]));
    expect(rows.get('analytic')).toBe(
      `[${attack.analytic}](${attack.url}), ${attack.name}, version ${attack.version}`,
    );
    expect(rows.get('release')).toBe(`ATT&CK v${attack.release}`);
    expect(rows.get('detection strategy')).toBe(attack.strategy);
    expect(rows.get('technique')).toBe(attack.technique);
    expect(rows.get('tactics')).toBe(attack.tactics.join(', '));
    expect(rows.get('log sources')).toBe(
      attack.log_sources.map(({ name, channel }) => `\`${name}\`: ${channel}`).join('; '),
    );
    expect(rows.get('mutable elements')).toBe(
      attack.mutable_elements.map((name) => `\`${name}\``).join(', '),
    );
  });

  it.each(ANALYTICS)('$id: every indicator is named', ({ id, indicators }) => {
    const named = [...section(page, id).matchAll(/\(indicators\.md#([a-z_]+)\)/g)].map((match) => match[1]!);
    expect([...new Set(named)].sort()).toEqual(indicators.map((one) => one.id).sort());
  });

  it.each(ANALYTICS)('$id: every mutable element is told of in its findings', ({ attack, tunableUnits }) => {
    expect(Object.keys(tunableUnits).sort()).toEqual([...attack.mutable_elements].sort());
  });
});

/** Commands without a main program: the module that runs it runs on import. */
async function commands(): Promise<{ name: string; options: string[] }[]> {
  const program = new Command('outflow');
  for (const file of readdirSync(`${ROOT}src/cli`).sort()) {
    if (file === 'main.ts') continue;
    const exported = (await import(new URL(`../../src/cli/${file}`, import.meta.url).href)) as Record<
      string,
      unknown
    >;
    for (const [name, value] of Object.entries(exported)) {
      if (name.startsWith('register')) (value as (program: Command) => void)(program);
    }
  }
  const walk = (command: Command, path: string): { name: string; options: string[] }[] => {
    const name = `${path} ${command.name()}`.trim();
    const below = command.commands.flatMap((one) => walk(one, name));
    return below.length > 0 ? below : [{ name, options: command.options.map((option) => option.long ?? '') }];
  };
  return walk(program, '');
}

describe('command line', async () => {
  const page = read('docs/cli.md');
  const all = await commands();

  it('knows the commands', () => {
    expect(all.length).toBeGreaterThanOrEqual(5);
    const described = sections(page).filter(
      ({ level, title }) => level === 2 && title.startsWith('outflow '),
    );
    expect(described.map(({ title }) => title).sort()).toEqual(all.map(({ name }) => name).sort());
  });

  it.each(all)('$name: every option is described, and no other', ({ name, options }) => {
    const described = tableRows(section(page, name)).flatMap(([cell = '']) => cell.match(/--[a-z-]+/g) ?? []);
    expect(described.sort()).toEqual(options.sort());
  });
});

describe('configuration', () => {
  const page = read('docs/configuration.md');
  const { approvals, ...config } = loadConfig();
  const keys = Object.entries(config).flatMap(([name, values]) =>
    Object.entries(name === 'analytics' ? flattened(values) : values).map(([key, value]) => ({
      name,
      key,
      shown: shown(value),
    })),
  );

  it.each(keys)('$name.$key is described with its default', ({ name, key, shown: value }) => {
    const row = tableRows(section(page, name)).find(([cell = '']) => code(cell) === key);
    expect(row?.[1]).toBe(value);
    expect(row?.at(-1)).not.toBe('');
  });

  it('describes no key that does not exist', () => {
    const described = Object.keys(config).flatMap((name) =>
      tableRows(section(page, name)).map(([cell = '']) => `${name}.${code(cell)}`),
    );
    expect(described.sort()).toEqual(keys.map(({ name, key }) => `${name}.${key}`).sort());
  });

  it('describes every key of an approval', () => {
    expect(approvals).toEqual([]);
    const described = tableRows(section(page, 'approvals')).map(([cell = '']) => code(cell));
    expect(described.sort()).toEqual(Object.keys(configSchema(KNOWN).shape.approvals.element.shape).sort());
  });

  it.each([...markdown])('%s names no key that does not exist', (_page, text) => {
    const named = text.matchAll(new RegExp(`\`((?:${Object.keys(config).join('|')})\\.[a-z_]+)\``, 'g'));
    const existing = new Set(keys.map(({ name, key }) => `${name}.${key}`));
    expect([...named].map((match) => match[1]!).filter((key) => !existing.has(key) && !isFile(key))).toEqual(
      [],
    );
  });

  /** The keys of each analytic stand in one table: `AN0377.persistence_hours`. */
  function flattened(analytics: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(analytics).flatMap(([id, values]) =>
        Object.entries(values as object).map(([key, value]) => [`${id}.${key}`, value as unknown]),
      ),
    );
  }

  function shown(value: unknown): string {
    if (Array.isArray(value)) return `[${value.join(', ')}]`;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  }

  /** `detection.yaml` would be a file, not a key. */
  function isFile(key: string): boolean {
    return /\.(?:ts|md|yaml|sql|json)$/.test(key);
  }
});

describe('errors', () => {
  const page = read('docs/errors.md');

  it('lists every code with its exit and HTTP status, what happened and what to do, and no other', () => {
    expect(tableRows(page)).toEqual(
      Object.entries<ErrorEntry>(ERRORS).map(([name, { exit, http, happened, todo }]) => [
        `[\`${name}\`](#${anchor(name)})`,
        `${exit}`,
        `${http}`,
        happened,
        todo,
      ]),
    );
  });

  it('has a section for every code, in the same order', () => {
    const titles = sections(page).filter(({ level }) => level === 2);
    expect(titles.map(({ title }) => title)).toEqual(Object.keys(ERRORS));
    expect(titles.filter(({ text }) => text.trim() === '')).toEqual([]);
  });

  it.each([...markdown])('%s names no code that does not exist', (_page, text) => {
    const named = text.match(/\bOF_[A-Z_]+\b/g) ?? [];
    expect(named.filter((name) => !(name in ERRORS))).toEqual([]);
  });
});

describe('contract', () => {
  it('explains every field of the result', () => {
    const text = read('docs/contract.md');
    // A row of a table, a part of `a.b`, or the heading of its own table.
    const explained = (field: string): boolean =>
      new RegExp(`(?:\`|\\.|^#+ |\\*\\*)${field}(?:\`|\\.|\\[|\\*\\*|$)`, 'm').test(text);
    const missing = fieldsOf(richResult).filter((field) => !explained(field));
    expect(missing).toEqual([]);
  });

  /** Names of all fields; what lies below keys that are data (sources, reasons) has none of its own. */
  function fieldsOf(value: unknown): string[] {
    if (Array.isArray(value)) return [...new Set(value.flatMap(fieldsOf))];
    if (typeof value !== 'object' || value === null) return [];
    return [
      ...new Set(
        Object.entries(value).flatMap(([key, below]) =>
          key === 'by_source'
            ? [key, ...fieldsOf(Object.values(below as object))]
            : key === 'rejects'
              ? [key]
              : [key, ...fieldsOf(below)],
        ),
      ),
    ];
  }
});

describe('limits', () => {
  it('names every scenario that is hard, blind or cannot be played', () => {
    const hard = SCENARIOS.filter(
      (one) => one.kind === 'attack' && ['hard', 'blind'].includes(one.difficulty),
    );
    const text = read('docs/limits.md');
    expect(hard.length).toBeGreaterThan(0);
    expect([...hard, ...INEXPRESSIBLE].map(({ id }) => id).filter((id) => !text.includes(id))).toEqual([]);
  });
});

describe('dependencies', () => {
  it('has a reason for every package that is used at run time', () => {
    const used = new Set<string>();
    for (const file of readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      for (const [, name] of read(`src/${file}`).matchAll(
        /^(?:import|export|\}).* from '((?:@[^/']+\/)?[^/'.]+)/gm,
      )) {
        if (name !== undefined && !name.startsWith('node:')) used.add(name);
      }
    }
    const explained = tableRows(read('docs/decisions/006-runtime-dependencies.md')).map(([cell = '']) =>
      code(cell),
    );
    expect(explained.sort()).toEqual([...used].sort());
  });
});

describe('links', () => {
  it.each([...markdown])('%s leads nowhere that does not exist', (page, text) => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, link))).toEqual([]);
  });

  it.each(sections(read('docs/decisions/README.md')).slice(0, 1))(
    '$title lists every decision',
    ({ text }) => {
      const files = readdirSync(`${ROOT}docs/decisions`).filter((name) => name !== 'README.md');
      expect(files.filter((name) => !text.includes(`](${name})`))).toEqual([]);
    },
  );

  function leadsSomewhere(page: string, link: string): boolean {
    const [path = '', fragment] = link.split('#', 2);
    const target = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(`${ROOT}${target}`)) return false;
    return fragment === undefined || sections(read(target)).some(({ title }) => anchor(title) === fragment);
  }
});
