import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { backtest, type Backtest, type Progress } from '../tuning/backtest.js';
import { budget, type Budget, type BudgetRequest } from '../tuning/budget.js';
import { writeProposal } from '../tuning/proposed-file.js';
import type { RangeRequest } from '../tuning/replay-range.js';
import { proposeConfig } from '../tuning/settings.js';
import { loadConfig, type GivenConfig } from './load-config.js';
import type { Session } from './session.js';
import { triageOptions } from './triage-options.js';

export interface BacktestRequest extends RangeRequest {
  /** `KEY=VALUE` each, laid over what is proposed. */
  readonly settings?: readonly string[] | undefined;
  /** The configuration to try; the one in force without it. */
  readonly proposed?: GivenConfig | undefined;
}

export interface TuneService {
  /**
   * What other settings would have found and lost in the history of the store; changes nothing.
   *
   * @throws OutflowError OF_STORE_EMPTY, OF_USAGE, OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID
   */
  readonly backtest: (request: BacktestRequest, progress?: Progress) => Promise<Backtest>;
  /**
   * Settings that fit an alert budget; changes nothing.
   *
   * @throws OutflowError OF_STORE_EMPTY, OF_USAGE
   */
  readonly budget: (request: BudgetRequest, progress?: Progress) => Promise<Budget>;
  /**
   * Writes what a budget recommends, laid over the configuration in force, to a new file.
   *
   * @param options `comment`: lines at its head; `force`: over a file that is there
   * @returns whether there was anything to write
   * @throws OutflowError OF_OUTPUT_UNWRITABLE
   */
  readonly propose: (
    found: Budget,
    file: string,
    options?: { readonly comment?: readonly string[]; readonly force?: boolean },
  ) => Promise<boolean>;
}

/** @param given the configuration in force as it was given */
export function tuneOf(session: Session, given: GivenConfig | undefined): TuneService {
  const { config } = session.options;
  return {
    backtest: ({ settings = [], proposed, ...range }, progress) =>
      session.read(async (store) => {
        const tried = proposeConfig(proposed === undefined ? config : loadConfig(proposed), settings);
        return backtest(store, config, tried, await triageOptions(store, config), range, progress);
      }),
    budget: (request, progress) =>
      session.read(async (store) =>
        budget(store, config, await triageOptions(store, config), request, progress),
      ),
    propose: ({ recommended }, file, { comment = [], force = false } = {}) => {
      const changes = recommended?.settings ?? [];
      return session.turn(() => {
        if (changes.length > 0) writeProposal(file, textOf(given), changes, comment, force);
        return Promise.resolve(changes.length > 0);
      });
    },
  };
}

function textOf(given: GivenConfig | undefined): string {
  if (given === undefined) return '';
  return typeof given === 'string' ? readFileSync(given, 'utf8') : stringify(given);
}
