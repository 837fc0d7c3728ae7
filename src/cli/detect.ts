import { Option, type Command } from 'commander';
import { EXIT } from '../ground/errors.js';
import { isAtLeast, SEVERITIES, type Severity } from '../ground/vocabulary.js';
import { DETECT_FORMAT_NAMES, DETECT_FORMATS, type DetectFormatName } from '../report/formats.js';
import {
  configOption,
  formatOption,
  isoTime,
  nowOption,
  readingOptions,
  type ReadingFlags,
} from './options.js';
import { withProgress } from './progress.js';
import { terminal } from './terminal.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface Flags extends OutflowFlags, Omit<ReadingFlags, 'memory'> {
  readonly format: DetectFormatName;
  readonly since?: string;
  readonly until?: string;
  readonly baseline?: string;
  readonly rejudge?: boolean;
  readonly minSeverity: Severity;
  readonly failOn?: Severity;
}

export function registerDetect(program: Command): void {
  const command = program
    .command('detect')
    .description('read telemetry and print ranked, explained findings')
    .argument(
      '[path...]',
      'files, directories, glob patterns or - for standard input; none: what the store has',
    )
    .option(
      '--store <dir|url>',
      'keep telemetry in this directory or on a ClickHouse server, and judge what is new there (default: temporary)',
    )
    .addOption(formatOption(...DETECT_FORMAT_NAMES))
    .option('--since <time>', 'ignore records before this time (ISO 8601)', isoTime)
    .option('--until <time>', 'ignore records from this time on (ISO 8601)', isoTime)
    .option('--baseline <version>', 'with --store: judge every day against this baseline version')
    .option('--rejudge', 'with --store: judge all days again, with the configuration of now')
    .addOption(configOption())
    .addOption(
      new Option('--min-severity <severity>', 'leave out findings below')
        .choices(SEVERITIES)
        .default('informational'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when a finding reaches this').choices(SEVERITIES),
    );
  for (const option of readingOptions()) command.addOption(option);
  command.addOption(nowOption()).action(detect);
}

async function detect(paths: string[], flags: Flags): Promise<void> {
  const { minSeverity, failOn } = flags;
  const result = await withOutflow(flags, (outflow) =>
    withProgress((progress) => outflow.detect({ ...flags, paths }, progress)),
  );
  const shown = {
    ...result,
    findings: result.findings.filter((one) => isAtLeast(one.severity, minSeverity)),
  };
  process.stdout.write(DETECT_FORMATS[flags.format](shown, terminal()));
  if (
    failOn !== undefined &&
    result.findings.some((one) => one.state === 'open' && isAtLeast(one.severity, failOn))
  )
    process.exitCode = EXIT.findings;
}
