import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  excused,
  isFirstParty,
  isHidden,
  isOwn,
  isUpload,
  isUsualDestination,
  isUsualPair,
  isWorkService,
  othersDay,
} from '../../src/detect/normal.js';
import { isUnder } from '../../src/ground/domain.js';
import type { Destination } from '../../src/detect/subject.js';
import type { Uploader } from '../../src/knowledge/match-uploader.js';
import { aContext, aDestination, anUploader, aService, aSubject, GB, MB, sent } from '../support/subject.js';

const context = aContext();

describe('what an inventory seed excuses', () => {
  const sync = (more: Partial<Uploader> = {}): Uploader =>
    anUploader({ excuses: new Set(['volume', 'duration']), destinations: ['sync.example'], ...more });
  const own = sent(GB, { key: 'sync.example' });
  const foreign = sent(GB, { key: 'elsewhere.example' });
  const check = (
    uploader: Uploader | undefined,
    feature: Parameters<typeof excused>[1],
    destination: Destination,
    others: readonly Destination[] = [],
    where = context,
  ): boolean => excused(aSubject([destination, ...others], { uploader }), feature, destination, where);

  it('is what it names, towards the places it names', () => {
    expect(check(sync(), 'volume', own)).toBe(true);
    expect(check(sync(), 'periodicity', own)).toBe(false);
    expect(check(undefined, 'volume', own)).toBe(false);
  });

  it('is no amount towards other places', () => {
    expect(check(sync(), 'volume', foreign)).toBe(false);
  });

  it('is other features anywhere, unless the seed binds them to its places', () => {
    expect(check(sync(), 'duration', foreign)).toBe(true);
    expect(check(sync({ destinationBound: true }), 'duration', foreign)).toBe(false);
    expect(check(sync({ destinationBound: true }), 'duration', own)).toBe(true);
  });

  it('is an amount elsewhere where the fleet does the same', () => {
    expect(check(sync(), 'volume', { ...foreign, actorHosts: 3 })).toBe(true);
  });

  it('is an amount where the telemetry could not have named the place', () => {
    const nameless = sent(GB, { key: '203.0.113.0/24', named: false });
    expect(check(sync(), 'volume', nameless, [], aContext({ telemetry: { names: 0.1 } }))).toBe(true);
    expect(check(sync(), 'volume', nameless)).toBe(false);
    expect(check(sync(), 'volume', sent(GB, { key: 'unknown:443', named: false }))).toBe(true);
  });

  it.each(['file_drop', 'paste', 'malware', 'proxyware', 'webhook', 'torrent', 'tunnel'] as const)(
    'is nothing towards a place of kind %s',
    (kind) => {
      const drop = { ...own, service: aService(kind) };
      expect(check(sync(), 'volume', drop)).toBe(false);
      expect(check(sync(), 'duration', drop)).toBe(false);
    },
  );

  it('ends with its daily bytes', () => {
    const limited = sync({ limits: { dailyBytesOut: 500 * MB, durationSeconds: undefined } });
    expect(check(limited, 'volume', sent(500 * MB, { key: 'sync.example' }))).toBe(true);
    expect(check(limited, 'volume', sent(500 * MB + 1, { key: 'sync.example' }))).toBe(false);
    expect(check(limited, 'duration', sent(500 * MB + 1, { key: 'sync.example' }))).toBe(true);
  });

  it('ends with twice its duration', () => {
    const limited = sync({ limits: { dailyBytesOut: undefined, durationSeconds: 3600 } });
    const lasting = (seconds: number) => aDestination({ key: 'sync.example', maxDuration: seconds });
    expect(check(limited, 'duration', lasting(7200))).toBe(true);
    expect(check(limited, 'duration', lasting(7201))).toBe(false);
  });

  it('is the main place only, for software that stores where its user likes', () => {
    const anywhere = sync({ destinations: [] });
    const main = sent(GB, { key: 'nas.example' });
    const second = sent(100 * MB, { key: 'other.example' });
    expect(check(anywhere, 'volume', main, [second])).toBe(true);
    expect(check(anywhere, 'volume', second, [main])).toBe(false);
    expect(check(anywhere, 'volume', { ...second, actorHosts: 3 }, [main])).toBe(true);
    expect(check(anywhere, 'duration', second, [main])).toBe(true);
  });

  it.each(['carrier', 'delegate'] as const)('is an amount of a %s only at places others reach', (role) => {
    const daemon = sync({ destinations: [], [role]: true });
    expect(check(daemon, 'volume', sent(GB, { fleetHosts: 3 }))).toBe(false);
    expect(check(daemon, 'volume', sent(GB, { fleetHosts: 4 }))).toBe(true);
    expect(check(daemon, 'volume', sent(GB, { actorHosts: 3 }))).toBe(true);
    expect(check(daemon, 'duration', sent(GB))).toBe(true);
  });
});

describe('own places', () => {
  const at = (key: string, more: Partial<Destination> = {}) => aDestination({ key, ...more });

  it.each(['apple.com', 'p42-content.icloud.com', 'x.mzstatic.com'])(
    "are Apple's for Apple's code: %s",
    (key) => {
      const place = at(key);
      expect(isOwn(aSubject([place], { signer: 'apple_platform' }), place)).toBe(true);
      expect(isOwn(aSubject([place], { signer: 'apple' }), place)).toBe(true);
      expect(isOwn(aSubject([place], { signer: 'developer_id' }), place)).toBe(false);
    },
  );

  it("are not Apple's for Apple's general tools", () => {
    const place = at('apple.com');
    expect(isOwn(aSubject([place], { signer: 'apple_platform', role: 'transfer' }), place)).toBe(false);
  });

  it.each(['notapple.com', 'apple.com.evil.example', 'apple.co'])(
    'are not what only looks like it: %s',
    (key) => {
      const place = at(key);
      expect(isOwn(aSubject([place], { signer: 'apple_platform' }), place)).toBe(false);
    },
  );

  it('are the domains of the seed and below, by the full name where one was seen', () => {
    const uploader = anUploader({ destinations: ['sync.example', 'api.vendor.example'] });
    const own = (place: Destination) => isOwn(aSubject([place], { uploader }), place);
    expect(own(at('sync.example'))).toBe(true);
    expect(own(at('eu.sync.example'))).toBe(true);
    expect(own(at('mysync.example'))).toBe(false);
    expect(own(at('vendor.example', { remoteName: 'api.vendor.example' }))).toBe(true);
    expect(own(at('vendor.example', { remoteName: 'www.vendor.example' }))).toBe(false);
  });

  it.each([
    ['198.51.100.0/24', '198.51.100.255', true],
    ['198.51.100.0/24', '198.51.101.0', false],
    ['198.51.100.0/25', '198.51.100.128', false],
    ['2001:db8:5::/48', '2001:db8:5:ffff::1', true],
    ['2001:db8:5::/48', '2001:db8:6::1', false],
    ['2001:db8:5::/48', '198.51.100.1', false],
    ['198.51.100.0/24', '2001:db8::1', false],
    ['198.51.100.0/24', 'not-an-address', false],
  ])('are the blocks of the seed: %s holds %s: %s', (block, ip, holds) => {
    const place = at(ip, { named: false, ips: [ip] });
    expect(isOwn(aSubject([place], { uploader: anUploader({ destinations: [block] }) }), place)).toBe(holds);
  });

  it('are services of its vendor, but no storage that the vendor rents to anybody', () => {
    const owner = { uploaders: ['example.sync'], teamIds: [] };
    const own = (kind: Parameters<typeof aService>[0], uploader = anUploader()) => {
      const place = at('vendor.example', { service: aService(kind, owner) });
      return isOwn(aSubject([place], { uploader }), place);
    };
    expect(own('cloud_sync')).toBe(true);
    expect(own('cloud_sync', anUploader({ id: 'other.sync' }))).toBe(false);
    for (const kind of ['app_hosting', 'cdn', 'cloud_storage', 'file_drop', 'tunnel'] as const) {
      expect(own(kind)).toBe(false);
    }
  });
});

describe('first party', () => {
  const place = aDestination({ key: 'notes-deluxe.example' });

  it('is a place that bears the name of a signed program', () => {
    expect(isFirstParty(aSubject([place]), place)).toBe(true);
    expect(isFirstParty(aSubject([place], { signer: 'app_store' }), place)).toBe(true);
  });

  it('is nothing for code that nobody vouches for, or that nobody saw', () => {
    for (const signer of ['ad_hoc', 'unsigned', 'invalid', 'unknown', 'apple_platform'] as const) {
      expect(isFirstParty(aSubject([place], { signer }), place)).toBe(false);
    }
    expect(isFirstParty(aSubject([place], { process: null, signer: 'developer_id' }), place)).toBe(false);
  });

  it('needs a name of five letters, and the telemetry to have seen it', () => {
    const short = aDestination({ key: 'note.example' });
    expect(isFirstParty(aSubject([short]), short)).toBe(false);
    const nameless = { ...place, named: false };
    expect(isFirstParty(aSubject([nameless]), nameless)).toBe(false);
    const other = aDestination({ key: 'dropzone.example' });
    expect(isFirstParty(aSubject([other]), other)).toBe(false);
  });
});

describe('what the fleet does as well', () => {
  const usualPair = (place: Partial<Destination>, more: Parameters<typeof aSubject>[1], fleetHosts = 50) => {
    const destination = aDestination(place);
    return isUsualPair(aSubject([destination], more), destination, aContext({ fleetHosts }));
  };

  it.each([
    [2, 50, false],
    [3, 3, true],
    [3, 21, true],
    [3, 22, false],
    [6, 51, true],
    [5, 51, false],
  ])('%d of %d hosts with known software that send there: usual %s', (actorHosts, all, usual) => {
    expect(usualPair({ actorHosts }, { actorHosts: all, uploader: anUploader() }, 1000)).toBe(usual);
  });

  it.each([
    [2, 20, false],
    [3, 20, true],
    [3, 60, true],
    [3, 61, false],
    [50, 1000, true],
    [49, 1000, false],
  ])('%d hosts of a fleet of %d that send there with other software: usual %s', (hosts, fleet, usual) => {
    expect(usualPair({ actorHosts: hosts }, { actorHosts: hosts }, fleet)).toBe(usual);
  });

  it.each([
    [3, 10, false],
    [4, 10, true],
    [4, 30, true],
    [4, 31, false],
    [6, 50, true],
    [5, 50, false],
    [100, 1000, false],
    [101, 1000, true],
  ])('%d hosts of a fleet of %d that send there with dubious software: usual %s', (hosts, fleet, usual) => {
    const dubious = { signer: 'ad_hoc', pathClass: 'hidden', actorHosts: hosts } as const;
    expect(usualPair({ actorHosts: hosts }, dubious, fleet)).toBe(usual);
  });

  const drift = { id: 'a', name: 'Dropbox', expected: ['G7HH3F8CAK'], by: 'signer' } as const;
  const tool = {
    family: 'Bad',
    category: 'proxyware',
    policy: 'deny',
    matchedOn: 'name',
    techniques: [],
  } as const;

  it.each<[string, Parameters<typeof aSubject>[1], boolean]>([
    ['ad hoc, from a temporary folder', { signer: 'ad_hoc', pathClass: 'temporary' }, true],
    ['unsigned, from Downloads', { signer: 'unsigned', pathClass: 'downloads' }, true],
    ['broken, from a Library folder', { signer: 'invalid', pathClass: 'library_support' }, true],
    ['under a name of somebody else', { drift }, true],
    ['of a family nobody wants', { tool }, true],
    ['ad hoc, from Homebrew', { signer: 'ad_hoc', pathClass: 'homebrew' }, false],
    ['signed, from Downloads', { pathClass: 'downloads' }, false],
    ['of unknown signer, from Downloads', { signer: 'unknown', pathClass: 'downloads' }, false],
  ])('takes five infected hosts of fifty for no way of the fleet: %s', (_case, subject, dubious) => {
    const five = { actorHosts: 5, fleetHosts: 5 };
    expect(usualPair(five, { ...subject, actorHosts: 5 })).toBe(!dubious);
  });

  it('says nothing of general tools towards places nobody named', () => {
    expect(usualPair({ actorHosts: 40, key: 'unknown:443' }, { actorHosts: 50, role: 'transfer' })).toBe(
      false,
    );
    expect(usualPair({ actorHosts: 40, key: 'unknown:443' }, { actorHosts: 50 })).toBe(true);
  });

  it.each([
    [3, 10, false],
    [4, 10, true],
    [4, 30, true],
    [4, 31, false],
    [100, 1000, false],
    [101, 1000, true],
  ])('%d of %d hosts that reach a place: usual %s', (fleetHosts, all, usual) => {
    expect(isUsualDestination(aDestination({ fleetHosts }), aContext({ fleetHosts: all }))).toBe(usual);
  });

  it('never calls a hidden place usual, and always an own one', () => {
    expect(isUsualDestination(aDestination({ key: 'unknown:443', fleetHosts: 50 }), context)).toBe(false);
    expect(isUsualDestination(aDestination({ internal: true }), context)).toBe(true);
  });

  it('calls code hosts and registries work only where the fleet uses them', () => {
    const used = (kind: Parameters<typeof aService>[0], fleetHosts: number) =>
      isWorkService(aDestination({ service: aService(kind), fleetHosts }), context);
    expect(used('code_host', 10)).toBe(true);
    expect(used('package_registry', 10)).toBe(true);
    expect(used('code_host', 1)).toBe(false);
    expect(used('file_drop', 10)).toBe(false);
    expect(isWorkService(aDestination({ fleetHosts: 10 }), context)).toBe(false);
  });
});

describe('an upload', () => {
  it('sends twice what it receives, when that is the ratio', () => {
    expect(isUpload(aDestination({ bytesOut: 200, bytesIn: 100 }), 2)).toBe(true);
    expect(isUpload(aDestination({ bytesOut: 199, bytesIn: 100 }), 2)).toBe(false);
  });

  it('is judged by its amount where what came in is unknown, and not at all where what left is', () => {
    expect(isUpload(aDestination({ bytesOut: 1, bytesIn: 100, inKnown: false }), 2)).toBe(true);
    expect(isUpload(aDestination({ bytesOut: 200, bytesIn: 0, outKnown: false }), 2)).toBe(false);
  });
});

describe('the largest day of others', () => {
  it('says nothing with fewer than three', () => {
    expect(othersDay(aSubject([], { otherDayMaxima: [] }))).toBeUndefined();
    expect(othersDay(aSubject([], { otherDayMaxima: [1, 2] }))).toBeUndefined();
  });

  it('leaves the top twentieth out, so that one bad host does not set the measure', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(othersDay(aSubject([], { otherDayMaxima: hundred }))).toBe(96);
    expect(othersDay(aSubject([], { otherDayMaxima: [...hundred.slice(0, 99), 1e12] }))).toBe(96);
  });

  it('is one of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 3, maxLength: 60 }), (days) => {
        const ascending = [...days].sort((a, b) => a - b);
        expect(days).toContain(othersDay(aSubject([], { otherDayMaxima: ascending })));
      }),
    );
  });
});

it('knows a hidden place by its key', () => {
  expect(isHidden(aDestination({ key: 'unknown:443' }))).toBe(true);
  expect(isHidden(aDestination({ key: 'unknown.example' }))).toBe(false);
});

it.each([
  ['a.example', 'a.example', true],
  ['b.a.example', 'a.example', true],
  ['ba.example', 'a.example', false],
  ['a.example.org', 'a.example', false],
  ['example', 'a.example', false],
])('%s is %s or below it: %s', (name, domain, under) => {
  expect(isUnder(name, domain)).toBe(under);
});
