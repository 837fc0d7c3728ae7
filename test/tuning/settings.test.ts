import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { INDICATORS } from '../../src/detect/analytics/registry.js';
import { OutflowError } from '../../src/ground/errors.js';
import { SIGNERS } from '../../src/ground/vocabulary.js';
import { changesBetween, parseSetting, proposeConfig } from '../../src/tuning/settings.js';

const config = loadConfig();
const propose = (...texts: string[]): ReturnType<typeof loadConfig> => proposeConfig(config, texts);

describe('a setting', () => {
  it.each([
    ['DataRateThreshold=250000', 'detection.data_rate_threshold', 125_000, 250_000],
    ['ProcessSignedStatus.ad_hoc=20', 'process_signed_status.ad_hoc', 12, 20],
    ['indicator.volume=0.5', 'indicators.weights.volume', 1, 0.5],
    ['indicator.volume.weight=0', 'indicators.weights.volume', 1, 0],
    ['indicators.weights.raw_ip=3', 'indicators.weights.raw_ip', 1, 3],
    ['severity.medium=50', 'severity.medium', 45, 50],
    [
      ' detection.long_lived_hours = [2, 4, 8, 16] ',
      'detection.long_lived_hours',
      [1, 4, 8, 12],
      [2, 4, 8, 16],
    ],
    ['analytics.AN0377.persistence_hours=8', 'analytics.AN0377.persistence_hours', 4, 8],
    ['indicator.tunnel_service=2', 'indicators.weights.tunnel_service', 1, 2],
    ['organisation.domains=[Corp.Example]', 'organisation.domains', [], ['corp.example']],
  ])('%s', (text, setting, before, after) => {
    expect(changesBetween(config, propose(text))).toEqual([{ setting, before, after }]);
  });

  it('is several at once, checked together', () => {
    // Each alone would not fit: medium must stay between low and high.
    const proposed = propose(
      'severity.medium=70',
      'severity.high=80',
      'indicator.signer=2',
      'indicator.raw_ip=0',
    );
    expect(proposed.severity).toEqual({ critical: 85, high: 80, medium: 70, low: 25 });
    expect(proposed.indicators.weights).toEqual({ raw_ip: 0, signer: 2 });
    expect(config).toEqual(loadConfig());
  });

  it('keeps the weights that are in force', () => {
    const weighed = propose('indicator.volume=0.5');
    expect(proposeConfig(weighed, ['indicator.raw_ip=2']).indicators.weights).toEqual({
      raw_ip: 2,
      volume: 0.5,
    });
  });

  it.each([
    ['detection.data_rate_treshold=1', /no "detection.data_rate_treshold".*data_rate_threshold/],
    ['detection=1', /no "detection"/],
    ['detection.upload_ratio.x=1', /no "detection.upload_ratio.x"/],
    ['analytics=1', /no "analytics".*AN0377\.persistence_hours/],
    ['analytics.AN0377=1', /no "analytics.AN0377"/],
    ['analytics.AN0377.persistence=1', /no "analytics.AN0377.persistence".*AN0377\.persistence_hours/],
    ['analytics.AN0001.persistence_hours=1', /no "analytics.AN0001.persistence_hours"/],
    ['analytics.__proto__.x=1', /no "analytics.__proto__.x"/],
    ['nothing.there=1', /no "nothing".*DataRateThreshold.*detection/],
    ['__proto__.x=1', /no "__proto__"/],
    ['constructor.name=1', /no "constructor"/],
    ['DataRateThreshold', /KEY=VALUE/],
    ['=1', /KEY=VALUE/],
    ['DataRateThreshold=', /no value/],
    ['DataRateThreshold=fast', /expected number/],
    ['DataRateThreshold=-1', /DataRateThreshold=-1: /],
    ['DataRateThreshold=[', /not YAML/],
    ['ProcessSignedStatus=3', /takes a signer class/],
    ['ProcessSignedStatus.adhoc=3', /takes a signer class.*ad_hoc/],
    ['indicator.volum=1', /no such indicator.*volume/],
    ['indicator.volume=4', /indicator.volume=4: /],
    ['indicator.volume.points=1', /no such indicator/],
    ['indicators.weights={}', /no such indicator/],
    ['severity.medium=90', /must fall from critical to low/],
    ['baseline.learn_days=7', /baseline cannot be tried: history is replayed/],
    ['peers.discover=false', /cannot be tried/],
    ['retention.raw_days=7', /cannot be tried/],
    ['approvals=[]', /cannot be tried.*inventory/],
  ])('%s is refused in one line', (text, message) => {
    let thrown: unknown;
    try {
      propose(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(OutflowError);
    const { code, message: said } = thrown as OutflowError;
    expect(code).toBe('OF_USAGE');
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
  });

  it('is refused when given twice, by whatever name', () => {
    expect(() => propose('DataRateThreshold=1', 'detection.data_rate_threshold=2')).toThrow('given twice');
  });
});

describe('any text', () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom('DataRateThreshold', 'ProcessSignedStatus', 'indicator', ...Object.keys(config)),
  );
  const text = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.array(key, { maxLength: 3 }), fc.string())
      .map(([parts, value]) => `${parts.join('.')}=${value}`),
  );

  it('is a valid configuration or one clear error', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
        try {
          expect(Object.keys(propose(...texts))).toEqual(Object.keys(config));
        } catch (error) {
          expect(error).toBeInstanceOf(OutflowError);
          expect((error as OutflowError).code).toBe('OF_USAGE');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that names a number puts that number in its place and nothing else', () => {
    const numbers = fc.oneof(
      fc.tuple(fc.constantFrom(...SIGNERS), fc.integer({ min: 0, max: 40 })).map(([signer, points]) => ({
        text: `ProcessSignedStatus.${signer}=${points}`,
        path: ['process_signed_status', signer],
        value: points,
      })),
      fc
        .tuple(
          fc.constantFrom(...INDICATORS.map(({ id }) => id)),
          fc.double({ min: 0, max: 3, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
        )
        .map(([id, weight]) => ({
          text: `indicator.${id}=${weight}`,
          path: ['indicators', 'weights', id],
          value: weight,
        })),
    );
    fc.assert(
      fc.property(numbers, ({ text: written, path, value }) => {
        expect(parseSetting(written, config)).toMatchObject({ path, value });
        for (const change of changesBetween(config, propose(written)))
          expect(change).toMatchObject({ setting: path.join('.'), after: value });
      }),
    );
  });
});
