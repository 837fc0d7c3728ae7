import { Option, type Command } from 'commander';
import { detect } from '../service/detect.js';
import { EXIT } from '../ground/errors.js';
import { type DetectResult } from '../ground/finding.js';
import { SEVERITIES, type Severity } from '../ground/vocabulary.js';
import { renderHtml } from '../report/html.js';
import { renderJson, renderNdjson } from '../report/json.js';
import { renderTable } from '../report/table.js';
import { SOURCES } from '../sources/registry.js';
import { ianaZone, isoTime, memorySize } from './options.js';
import { showProgress } from './progress.js';
import { terminalWidth, useColor } from './terminal.js';

interface Flags {
  readonly source?: string;
  readonly store?: string;
  readonly format: 'table' | 'json' | 'ndjson' | 'html';
  readonly since?: string;
  readonly until?: string;
  readonly baseline?: string;
  readonly rejudge?: boolean;
  readonly config?: string;
  readonly minSeverity: Severity;
  readonly failOn?: Severity;
  readonly host?: string;
  readonly timezone?: string;
  readonly memory?: number;
  readonly now?: string;
}

export function registerDetect(program: Command): void {
  program
    .command('detect')
    .description('read telemetry and print ranked, explained findings')
    .argument(
      '[path...]',
      'files, directories, glob patterns or - for standard input; none: what the store has',
    )
    .addOption(new Option('--source <name>', 'read every file as this source').choices([...SOURCES.keys()]))
    .option(
      '--store <dir|url>',
      'keep telemetry in this directory or on a ClickHouse server, and judge what is new there (default: temporary)',
    )
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['table', 'json', 'ndjson', 'html'])
        .default('table'),
    )
    .option('--since <time>', 'ignore records before this time (ISO 8601)', isoTime)
    .option('--until <time>', 'ignore records from this time on (ISO 8601)', isoTime)
    .option('--baseline <version>', 'with --store: judge every day against this baseline version')
    .option('--rejudge', 'with --store: judge all days again, with the configuration of now')
    .option('--config <file>', 'YAML file with values that differ from the defaults')
    .addOption(
      new Option('--min-severity <severity>', 'leave out findings below')
        .choices(SEVERITIES)
        .default('informational'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when a finding reaches this').choices(SEVERITIES),
    )
    .option('--host <name>', 'host of sources that name none (default: file name up to its first dot)')
    .option(
      '--timezone <zone>',
      'IANA zone of sources that log local time without an offset (default: UTC)',
      ianaZone,
    )
    .option(
      '--memory <size>',
      'working memory of the engine, e.g. 700M or 2GiB (default: 700MiB)',
      memorySize,
    )
    .addOption(
      new Option('--now <time>', 'time to write as the start of the run').argParser(isoTime).hideHelp(),
    )
    .action(async (paths: string[], flags: Flags) => {
      const progress = showProgress();
      let result: DetectResult;
      try {
        result = await detect({
          paths,
          source: flags.source,
          host: flags.host,
          timezone: flags.timezone,
          store: flags.store,
          memoryBytes: flags.memory,
          since: flags.since,
          until: flags.until,
          baseline: flags.baseline,
          rejudge: flags.rejudge,
          config: flags.config,
          now: flags.now,
          progress: progress.update,
        });
      } finally {
        progress.clear();
      }
      const least = SEVERITIES.indexOf(flags.minSeverity);
      const shown = {
        ...result,
        findings: result.findings.filter((f) => SEVERITIES.indexOf(f.severity) >= least),
      };
      process.stdout.write(render(shown, flags.format));
      if (flags.failOn !== undefined) {
        const limit = SEVERITIES.indexOf(flags.failOn);
        if (result.findings.some((f) => f.state === 'open' && SEVERITIES.indexOf(f.severity) >= limit)) {
          process.exitCode = EXIT.findings;
        }
      }
    });
}

function render(result: DetectResult, format: Flags['format']): string {
  switch (format) {
    case 'json':
      return renderJson(result);
    case 'ndjson':
      return renderNdjson(result);
    case 'html':
      return renderHtml(result);
    case 'table':
      return renderTable(result, { width: terminalWidth(), color: useColor() });
  }
}
