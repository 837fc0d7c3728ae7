import { loadSql } from '../../../ground/sql-file.js';
import { attackObjects } from '../../../knowledge/attack-objects.js';
import type { Analytic } from '../../analytic.js';
import { loadSubjects } from '../../load-subjects.js';
import { summaryOf, titleOf } from './explain.js';
import { INDICATORS } from './indicators.js';
import { judge } from './judge.js';
import { CANDIDATE_WEIGHTS } from './weights.js';

const { analytic, strategy, technique, release } = attackObjects();

const CANDIDATE_PARAMS = Object.fromEntries(
  Object.entries(CANDIDATE_WEIGHTS).map(([name, { value }]) => [name, value]),
);

/**
 * AN0082 of DET0028 (T1496.002, Bandwidth Hijacking): long-lived or high-throughput connections of code Apple did not
 * sign or that does not normally upload, and the start of proxy tools and torrent clients.
 */
export const AN0082: Analytic = {
  id: analytic.id,
  attack: {
    analytic: analytic.id,
    name: analytic.name,
    version: analytic.version,
    release,
    strategy: strategy.id,
    technique: technique.id,
    tactics: technique.tactics,
    log_sources: analytic.log_sources,
    mutable_elements: analytic.mutable_elements,
    url: analytic.url,
  },
  candidates: { sql: loadSql(new URL('./candidates.sql', import.meta.url)), params: () => CANDIDATE_PARAMS },
  loadSubjects,
  indicators: INDICATORS,
  excusedByHabit: true,
  judge,
  explain: (judgement, context) => ({ title: titleOf(judgement), summary: summaryOf(judgement, context) }),
  tunables: (subject, config) => ({
    ProcessSignedStatus: config.process_signed_status[subject.signer],
    DataRateThreshold: config.detection.data_rate_threshold,
  }),
  tunableUnits: { ProcessSignedStatus: 'points', DataRateThreshold: 'bytes_per_second' },
};
