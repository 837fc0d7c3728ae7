import type { Random } from './random.js';

/**
 * Names that exist nowhere: products, vendors, domains and Team IDs are built from syllables of the seed, so that no
 * detector can learn them by heart.
 */

const HEADS = [
  'ar',
  'bel',
  'cor',
  'dal',
  'el',
  'fen',
  'gal',
  'hal',
  'is',
  'jor',
  'kel',
  'lum',
  'mar',
  'nor',
  'ol',
  'pel',
  'quin',
  'ral',
  'sol',
  'tam',
  'ul',
  'vel',
  'wyn',
  'yar',
  'zel',
  'bram',
  'crel',
  'drav',
  'flin',
  'grel',
  'plen',
  'trel',
  'skar',
  'thal',
] as const;
const MIDDLES = ['a', 'e', 'i', 'o', 'u', 'ane', 'ori', 'ima', 'eta', 'ude', 'olo', 'ire'] as const;
const TAILS = [
  'bix',
  'dra',
  'fix',
  'gram',
  'ko',
  'lia',
  'mont',
  'nix',
  'pad',
  'qua',
  'ris',
  'sta',
  'tron',
  'via',
  'wick',
  'xo',
  'zen',
  'vane',
  'dock',
  'loom',
  'mint',
  'peak',
  'reel',
  'tide',
] as const;
const NOUNS = [
  'Board',
  'Notes',
  'Timer',
  'Ledger',
  'Capture',
  'Palette',
  'Tasks',
  'Scanner',
  'Relay',
  'Desk',
  'Panel',
  'Reader',
  'Studio',
  'Bridge',
  'Tracker',
  'Planner',
] as const;
const FORMS = ['GmbH', 'Inc.', 'Ltd', 'LLC', 'Oy', 'B.V.', 'SAS', 'AB', 'Pty Ltd'] as const;
const ZONES = [
  'com',
  'com',
  'com',
  'io',
  'app',
  'co',
  'net',
  'dev',
  'de',
  'fr',
  'eu',
  'tech',
  'cloud',
  'org',
] as const;

export function inventWord(random: Random): string {
  const middle = random.chance(0.45)
    ? random.pick(MIDDLES) + random.pick(['l', 'n', 'r', 's', 'v', 'd', 't'])
    : '';
  return random.pick(HEADS) + random.pick(MIDDLES) + middle + random.pick(TAILS);
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export interface InventedVendor {
  readonly word: string;
  readonly company: string;
  readonly teamId: string;
  readonly domain: string;
}

export function inventTeamId(random: Random): string {
  return random.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 10);
}

export function inventDomain(random: Random): string {
  return `${inventWord(random)}.${random.pick(ZONES)}`;
}

export function inventVendor(random: Random): InventedVendor {
  const word = inventWord(random);
  return {
    word,
    company: `${capital(word)} ${random.pick(FORMS)}`,
    teamId: inventTeamId(random),
    domain: `${word}.${random.pick(ZONES)}`,
  };
}

export interface InventedApp extends InventedVendor {
  readonly title: string;
  readonly bundleId: string;
}

export function inventApp(random: Random): InventedApp {
  const vendor = inventVendor(random);
  const noun = random.pick(NOUNS);
  const title = random.chance(0.5) ? capital(vendor.word) : `${capital(vendor.word)} ${noun}`;
  const bundleId = `${vendor.domain.split('.').reverse().join('.')}.${random.chance(0.5) ? 'mac' : noun.toLowerCase()}`;
  return { ...vendor, title, bundleId };
}
