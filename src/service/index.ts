/** The public interface of the package (docs/api.md): what is not exported here may change with any version. */
export { openOutflow, type Outflow, type OutflowOptions } from './outflow.js';
export { OutflowError, type ErrorCode } from '../ground/errors.js';
export type { GivenConfig } from './load-config.js';
export type { Approval, Config } from '../config/schema.js';
export type { DetectResult, Finding } from '../ground/finding.js';
export type { Disposition, FindingState, Severity } from '../ground/vocabulary.js';
export type { Decision } from '../decisions/decision.js';
export type { FindingOrder } from '../triage/decide.js';
export type { Progress } from './detect-options.js';
export type { DetectRequest, Ingested, IngestRequest } from './telemetry.js';
export type {
  DecisionHistory,
  FindingDetail,
  FindingQuery,
  FindingQueue,
  FindingsService,
  HistoryRequest,
} from './findings.js';
export type { Decided, FindingChoice } from './decide.js';
export type { ApprovalOptions } from '../inventory/build-approval.js';
export type {
  AsOf,
  InventoryDone,
  InventoryExport,
  InventoryList,
  InventoryReview,
  InventoryService,
  InventorySuggestions,
  ListedApproval,
} from './inventory.js';
export type { Drift } from '../baseline/drift.js';
export type { FreezeRequest } from '../detect/baselines.js';
export type {
  BaselineHabits,
  BaselineList,
  BaselineService,
  BuiltBaseline,
  ListedBaseline,
} from './baseline.js';
export type { Backtest } from '../tuning/backtest.js';
export type { Budget, BudgetRequest } from '../tuning/budget.js';
export type { BacktestRequest, TuneService } from './tune.js';
export type { StatusRequest, StoreStatus, LogCheck } from './status.js';
