import { AddressBook } from '../addresses.js';
import type { SimHost } from '../event.js';
import { inventDomain, inventWord } from '../invent.js';
import { Machine, type Window } from '../machine.js';
import type { Random } from '../random.js';
import { makeCalendar, type Calendar } from './calendar.js';
import type { Role } from './role.js';

/** Roles and their share of a fleet. */
const ROLE_WEIGHTS: readonly (readonly [Role, number])[] = [
  ['developer', 30],
  ['designer', 9],
  ['sales', 18],
  ['finance', 9],
  ['executive', 5],
  ['scientist', 8],
  ['it', 5],
  ['support', 10],
  ['media', 4],
  ['ci', 2],
];

/** Minutes east of UTC and the share of people there. */
const TIME_ZONES: readonly (readonly [number, number])[] = [
  [60, 40],
  [0, 15],
  [120, 6],
  [-300, 14],
  [-480, 12],
  [330, 6],
  [540, 4],
  [600, 3],
];

/** What a company has in common: its domain, and which product it chose for each purpose. */
export interface Company {
  readonly domain: string;
  /** Its name at services that give each customer a host name. */
  readonly tenant: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly book: AddressBook;
}

/** One Mac of the fleet with everything its software needs to act. */
export interface FleetHost {
  readonly host: SimHost;
  readonly role: Role;
  readonly alwaysOn: boolean;
  readonly calendar: Calendar;
  readonly machine: Machine;
  readonly random: Random;
  readonly company: Company;
  readonly window: Window;
  /** Multiplies how much people and apps do. */
  readonly intensity: number;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  edr: ['crowdstrike', 'sentinelone', 'defender', 'jamf-protect', 'elastic'],
  mdm: ['jamf', 'kandji', 'addigy', 'intune'],
  sync: ['onedrive', 'google-drive', 'dropbox', 'box'],
  meetings: ['zoom', 'teams', 'webex'],
  backup: ['code42', 'druva', 'arq', 'none'],
  vpn: ['cisco', 'globalprotect', 'cloudflare', 'none'],
  monitoring: ['datadog', 'osquery', 'rapid7'],
};

export function makeCompany(random: Random): Company {
  const choices = Object.fromEntries(
    Object.entries(CHOICES).map(([purpose, options]) => [purpose, random.child(purpose).pick(options)]),
  );
  const domain = inventDomain(random.child('domain'));
  return {
    domain,
    tenant: domain.split('.')[0]!,
    choices,
    book: new AddressBook(random.child('dns')),
  };
}

export interface FleetOptions {
  readonly hosts: number;
  readonly window: Window;
  readonly intensity: number;
}

/** Who the hosts are, cheaply: their events are only made when the host is generated. */
export function makeHosts(random: Random, options: FleetOptions): { host: SimHost; role: Role }[] {
  const names = new Set<string>();
  return Array.from({ length: options.hosts }, (_, index) => {
    const own = random.child(`host ${index}`);
    // Every fleet of some size has a build machine and a data scientist, so that their cases have a home.
    const role: Role =
      options.hosts >= 10 && index < 2 ? (index === 0 ? 'ci' : 'scientist') : own.weighted(ROLE_WEIGHTS);
    const prefix =
      role === 'ci'
        ? 'MINI'
        : own.weighted([
            ['MBP', 6],
            ['MBA', 3],
            ['IMAC', 1],
            ['STUDIO', 1],
          ] as const);
    const draw = (): string => `${prefix}-${own.text('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 4)}`;
    let name = draw();
    while (names.has(name)) name = draw();
    names.add(name);
    const network = own.pick([
      '192.168.1',
      '192.168.178',
      '192.168.0',
      '10.20.4',
      '10.20.6',
      '10.31.8',
      '172.20.10',
    ]);
    const host: SimHost = {
      name,
      id: own.uuid().toUpperCase(),
      user: role === 'ci' ? 'build' : `${inventWord(own).slice(0, 6)}${own.integer(1, 9)}`,
      uid: own.chance(0.85) ? 501 : 502,
      ip: `${network}.${own.integer(10, 240)}`,
      ip6: `2a02:${own.hex(3)}:${own.hex(4)}:1::${own.integer(16, 65000).toString(16)}`,
      utcOffsetMinutes: own.weighted(TIME_ZONES),
      role,
    };
    return { host, role };
  });
}

export function openHost(
  random: Random,
  company: Company,
  entry: { host: SimHost; role: Role },
  options: FleetOptions,
): FleetHost {
  const own = random.child(entry.host.id);
  const alwaysOn =
    entry.role === 'ci' || own.chance(entry.role === 'developer' || entry.role === 'media' ? 0.35 : 0.12);
  const { window, intensity } = options;
  const { host, role } = entry;
  const ipv6 = own.chance(0.4) ? own.between(0.2, 0.6) : 0;
  return {
    host,
    role,
    alwaysOn,
    calendar: makeCalendar(own.child('calendar'), {
      window,
      role,
      alwaysOn,
      utcOffsetMinutes: host.utcOffsetMinutes,
    }),
    machine: new Machine(host, window, own.child('machine'), company.book, ipv6),
    random: own,
    company,
    window,
    intensity,
  };
}
