import { describe, expect, it } from 'vitest';
import {
  carriesData,
  countsAsUpload,
  dropsSomething,
  hasUploadOrder,
  isUsual,
  unusualUpload,
} from '../../src/detect/analytics/AN0082/egress.js';
import { explicit, possible } from '../../src/knowledge/upload-intent/intent.js';
import { aContext, anUploader, aService, aSubject, CONFIG, GB, MB, sent } from '../support/subject.js';

const context = aContext();
const { volume_day_bytes, tool_volume_day_bytes, volume_over_others } = CONFIG.detection;

describe('the bytes of a day from which an upload is unusual', () => {
  it.each([
    ['any program', {}, {}, volume_day_bytes],
    ['a general tool', { role: 'transfer' as const }, { bytesIn: MB }, tool_volume_day_bytes],
    ['a general tool that only sends', { role: 'transfer' as const }, {}, tool_volume_day_bytes / 10],
    [
      'a tool told to upload',
      { role: 'transfer' as const, intent: explicit('upload', 'x', '-T') },
      {},
      64_000,
    ],
    ['a tool fed by a pipe', { role: 'transfer' as const, intent: explicit('pipe', 'x', '-T') }, {}, 64_000],
    [
      'a tool that may upload',
      { role: 'transfer' as const, intent: possible('upload', 'x', '-T') },
      { bytesIn: MB },
      tool_volume_day_bytes,
    ],
    ['a browser', { uploader: anUploader({ browser: true }) }, {}, volume_day_bytes * 10],
    ['a place to leave things', {}, { service: aService('file_drop') }, 64_000],
    [
      'a browser at a place to leave things',
      { uploader: anUploader({ browser: true }) },
      { service: aService('file_drop') },
      volume_day_bytes * 10,
    ],
    ['work on a code host', {}, { service: aService('code_host'), fleetHosts: 20 }, volume_day_bytes * 10],
    ['a code host nobody else uses', {}, { service: aService('code_host') }, volume_day_bytes],
  ])('%s', (_case, subject, place, least) => {
    const upload = (bytes: number) => {
      const destination = sent(bytes, place);
      return unusualUpload(aSubject([destination], subject), destination, context);
    };
    expect(upload(least - 1)).toBeUndefined();
    expect(upload(least)).toEqual({ bytes: least, expected: 0, threshold: least });
  });

  it('are some multiple of what others do, where program and place are usual', () => {
    const upload = (bytes: number) => {
      const destination = sent(bytes, { actorHosts: 11, fleetHosts: 11 });
      const subject = aSubject([destination], {
        actorHosts: 11,
        otherDayMaxima: Array.from({ length: 10 }, () => 100 * MB),
      });
      return unusualUpload(subject, destination, context);
    };
    expect(upload(100 * MB * volume_over_others - 1)).toBeUndefined();
    expect(upload(100 * MB * volume_over_others)).toMatchObject({ expected: 100 * MB });
  });

  it('follow the largest day of others where too few send anything for a percentile', () => {
    const destination = sent(GB, { actorHosts: 3 });
    const subject = aSubject([destination], {
      actorHosts: 3,
      otherDayMaxima: [GB, GB],
      uploader: anUploader(),
    });
    expect(unusualUpload(subject, destination, context)).toBeUndefined();
    const larger = sent(4 * GB, { actorHosts: 3 });
    expect(unusualUpload({ ...subject, destinations: [larger] }, larger, context)).toMatchObject({
      bytes: 4 * GB,
      expected: GB,
    });
  });

  it('do not rise with what others do elsewhere', () => {
    const destination = sent(volume_day_bytes);
    const subject = aSubject([destination], { actorHosts: 11, otherDayMaxima: [GB, GB, GB] });
    expect(unusualUpload(subject, destination, context)?.expected).toBe(0);
  });
});

describe('an amount spread over many places', () => {
  const shares = Array.from({ length: 10 }, (_, index) =>
    sent(volume_day_bytes / 10, { key: `place-${index}.example` }),
  );

  it('counts together', () => {
    expect(unusualUpload(aSubject(shares), shares[0]!, context)?.bytes).toBe(volume_day_bytes);
    expect(unusualUpload(aSubject(shares.slice(1)), shares[1]!, context)).toBeUndefined();
  });

  it('does not for browsers, which visit many', () => {
    const uploader = anUploader({ browser: true });
    const wide = Array.from({ length: 100 }, (_, index) =>
      sent(volume_day_bytes, { key: `place-${index}.example` }),
    );
    expect(unusualUpload(aSubject(wide, { uploader }), wide[0]!, context)).toBeUndefined();
  });

  it('leaves out what is usual, received or own', () => {
    const usual = sent(GB, { key: 'usual.example', actorHosts: 20 });
    const download = sent(GB, { key: 'cdn.example', bytesIn: GB });
    const internal = sent(GB, { key: 'corp.example', internal: true });
    const subject = aSubject([...shares.slice(1), usual, download, internal], { actorHosts: 20 });
    expect(unusualUpload(subject, shares[1]!, context)).toBeUndefined();
  });
});

describe('what does not count as upload', () => {
  it('is what stays inside, comes back, is excused or own', () => {
    const counts = (destination = sent(GB), more: Parameters<typeof aSubject>[1] = {}) =>
      countsAsUpload(aSubject([destination], more), destination, context);
    expect(counts()).toBe(true);
    expect(counts(sent(GB, { internal: true }))).toBe(false);
    expect(counts(sent(GB, { bytesIn: GB }))).toBe(false);
    expect(counts(sent(GB, { outKnown: false }))).toBe(false);
    expect(counts(sent(GB), { uploader: anUploader({ excuses: new Set(['volume']) }) })).toBe(false);
    expect(counts(sent(GB, { key: 'apple.com' }), { signer: 'apple_platform' })).toBe(false);
  });

  it('is a general tool that device management drives, to places the fleet or its vendor knows', () => {
    const driven = (group: 'mdm' | 'edr' | 'backup', place: Parameters<typeof sent>[1]) => {
      const destination = sent(GB, place);
      const driver = anUploader({ group, destinations: ['vendor.example'] });
      return countsAsUpload(aSubject([destination], { role: 'transfer', driver }), destination, context);
    };
    expect(driven('mdm', { key: 'vendor.example' })).toBe(false);
    expect(driven('edr', { fleetHosts: 20 })).toBe(false);
    expect(driven('mdm', { key: '203.0.113.0/24', named: false })).toBe(true);
    expect(driven('mdm', { service: aService('file_drop') })).toBe(true);
    expect(driven('backup', { key: 'vendor.example' })).toBe(true);
  });
});

it('takes only explicit uploads and pipes for an order', () => {
  const ordered = (intent: Parameters<typeof aSubject>[1]) => hasUploadOrder(aSubject([], intent));
  expect(ordered({ intent: explicit('upload', 'x', '') })).toBe(true);
  expect(ordered({ intent: explicit('pipe', 'x', '') })).toBe(true);
  expect(ordered({ intent: explicit('reverse_tunnel', 'x', '') })).toBe(false);
  expect(ordered({ intent: possible('upload', 'x', '') })).toBe(false);
  expect(ordered({})).toBe(false);
});

it('says that something was dropped for programs, not for browsers', () => {
  for (const kind of ['file_drop', 'paste', 'webhook'] as const) {
    const place = sent(1, { service: aService(kind) });
    expect(dropsSomething(aSubject([place]), place)).toBe(true);
    expect(dropsSomething(aSubject([place], { uploader: anUploader({ browser: true }) }), place)).toBe(false);
  }
  expect(dropsSomething(aSubject([sent(1)]), sent(1))).toBe(false);
});

it('says that data is carried from the daily volume on', () => {
  expect(carriesData(sent(volume_day_bytes), context)).toBe(true);
  expect(carriesData(sent(volume_day_bytes - 1), context)).toBe(false);
});

it('takes for usual what its twins do, or many hosts', () => {
  expect(isUsual(aSubject(), sent(1, { actorHosts: 20 }), context)).toBe(true);
  expect(isUsual(aSubject(), sent(1, { fleetHosts: 20 }), context)).toBe(true);
  expect(isUsual(aSubject(), sent(1), context)).toBe(false);
});
