import { EXIT, type ErrorEntry } from './entry.js';

/** What was asked for does not fit: options, configuration, files of decisions, names of things. */
export const ASKED_ERRORS = {
  OF_USAGE: {
    exit: EXIT.usage,
    http: 400,
    happened: 'What was asked for makes no sense.',
    todo: 'The message says which value, and how to write it.',
    text: {
      noPath:
        'detect needs a path: files or directories with telemetry, or --store DIR to judge what is in it.',
      noStore: 'this needs a kept store: name one as `store`, a directory or the URL of a ClickHouse server.',
      closed: 'this Outflow was closed. Open another one with openOutflow.',
      emptyWindow: '--since {since} is not before --until {until}: nothing would be read.',
      noTime: '{text} is not a time. Use ISO 8601, such as 2026-11-24T00:00:00Z.',
      fromAfterUntil: '--from {from} is after --until {until}.',
      nothingToLearn:
        'store {store} has no judged days from {from} to {until}. Run outflow ingest and detect on it first, or give another --from and --until.',
      notJudged:
        'no day from {since} to {until} was judged; the store has judged days from {first} to {last}.',
      pastRetention:
        'what was judged from {since} to {until} is past its retention and cannot be judged again; the store has judged days from {first} to {last}.',
      settingForm: '--set {setting}: write it as KEY=VALUE, such as DataRateThreshold=250000.',
      settingEmpty: '--set {setting}: there is no value.',
      settingNoYaml: '--set {setting}: the value is not YAML: {cause}.',
      settingTwice: '--set {setting}: {key} is given twice.',
      settingFixed: '--set {setting}: {section} cannot be tried: {reason}.',
      settingNoSection: '--set {setting}: there is no "{section}"; there are {known}.',
      settingNoKey: '--set {setting}: there is no "{key}"; {section} has {known}.',
      settingNoSigner: '--set {setting}: ProcessSignedStatus takes a signer class: {known}.',
      settingNoIndicator: '--set {setting}: there is no such indicator; there are {known}.',
      settingInvalid: '--set {setting}: {reason}.',
      settingsDisagree: '--set: {key}: {reason}.',
      findingClosed: 'finding {finding} is closed. Reopen it first; nothing was changed.',
      findingNotClosed: 'finding {finding} is {state}, not closed. Nothing was changed.',
      findingSentNothing: 'finding {finding} has sent nothing: there is nothing to approve yet.',
      assignToWhom: 'assign needs either --to NAME or --nobody.',
      emptyOption: '{option} is empty. Nothing was changed.',
      idsAndFilter: 'give either ids or --all-matching, not both.',
      allWithoutFilter:
        '--all-matching needs a filter, such as --host or --severity. To mean all: --severity informational.',
      filterWithoutAll: 'filters choose findings with --all-matching only.',
      noFindingNamed: 'name findings by their ids, or choose them with --all-matching.',
      expectWithoutVerify: '--expect goes with --verify.',
      approvalLacks:
        '"{approval}" lacks {options}: an approval needs somebody who answers for it, why, and its last day.',
      approvalOfNothing:
        '"{approval}" names no program: give --team-id, --signing-id, --cdhash or --executable, or --finding ID of one that has them.',
      approvalInvalid: '{option}: {reason}. See docs/configuration.md#approvals.',
      approvalUnknown: 'no approval is named "{approval}". `outflow inventory list` shows those there are.',
      notProposed:
        '"{approval}" is not among the proposals. `outflow inventory suggest` prints those there are.',
      unknownScenario: 'unknown scenario "{scenario}"; `outflow simulate --list` shows them all',
      unknownFormat: 'cannot simulate source "{source}"; choose from {known}',
      noOut: 'simulate needs --out DIR, an empty directory to write to',
      noStartDay: '--start {text} is not a date; write it as YYYY-MM-DD',
      smallExercise:
        'the exercise needs at least {leastHosts} hosts and {leastDays} days; {hosts} and {days} were asked for',
      twinsOfExercise: '--twins does not go with --long: the exercise has no twins',
      seeds: '--seeds {seeds}: give different seeds, separated by commas, such as 1,2,3',
    },
  },
  OF_CONFIG_UNREADABLE: {
    exit: EXIT.usage,
    http: 400,
    happened: 'A file of the configuration does not exist or may not be read.',
    todo: 'Check the path and its permissions.',
    text: {
      config: '{file} cannot be read: {cause}. Check the path given with --config.',
      peerLabels: '{file} cannot be read: {cause}. Check peers.labels in the configuration.',
    },
  },
  OF_CONFIG_INVALID: {
    exit: EXIT.usage,
    http: 400,
    happened: 'A file of the configuration is no YAML, or a value in it does not fit.',
    todo: 'Correct the key or line that is named; check with `outflow config print --config FILE`.',
    text: {
      value: '{where}: {reason}. See docs/configuration.md.',
      yaml: '{file}:{line}: not valid YAML: {cause}',
      noMapping: '{file}: a mapping of sections is expected. See docs/configuration.md.',
      peerLabels: '{file}:{line}: {reason}',
    },
  },
  OF_INVENTORY_INVALID: {
    exit: EXIT.usage,
    http: 400,
    happened: 'A file of approvals is no YAML, or an approval in it does not fit.',
    todo: 'Correct the line that is named and import again.',
    text: '{file}:{line}: {reason}. Nothing was imported; see docs/configuration.md#approvals.',
  },
  OF_BASELINE_UNKNOWN: {
    exit: EXIT.usage,
    http: 404,
    happened: 'The store has no baseline of that id or name.',
    todo: '`outflow baseline list --store DIR` shows those it has.',
    text: {
      unknown: 'store {store} has no baseline {baseline}. outflow baseline list shows those it has.',
      none: 'store {store} has no baseline {baseline}. It has none at all: make one with outflow baseline build, or let detect learn one.',
      noneYet:
        'store {store} has no baseline yet. detect --store learns one a week once there are enough days; outflow baseline build makes one now.',
    },
  },
  OF_BASELINE_VERSION: {
    exit: EXIT.usage,
    http: 400,
    happened: 'Another version of Outflow wrote the exported baseline, in a form this one does not read.',
    todo: 'Use the Outflow that wrote it, or export the baseline again with this one.',
    text: '{file}:1: this is {schema}, and this Outflow reads {known}. Export it again with this version of Outflow.',
  },
  OF_BASELINE_INVALID: {
    exit: EXIT.usage,
    http: 400,
    happened: 'The file is no baseline, breaks off, or was changed after it was exported.',
    todo: 'Export it again.',
    text: {
      line: '{file}:{line}: {reason}. Nothing was imported.',
      longLine: 'a line of the file is longer than any of a baseline. Nothing was imported.',
    },
  },
  OF_FINDING_UNKNOWN: {
    exit: EXIT.usage,
    http: 404,
    happened: 'The store has no finding with that id, or several whose ids begin so.',
    todo: '`outflow findings list --store DIR` shows the ids; use more characters of the one you mean.',
    text: {
      unknown: 'no finding {finding} in {store}. See outflow findings list.',
      judgedAgain: 'finding {finding} is being judged again at this moment. Ask again.',
      several: '{finding} fits {count} findings: {ids}. Give more of the id.',
    },
  },
  OF_OUTPUT_UNWRITABLE: {
    exit: EXIT.usage,
    http: 400,
    happened: 'A file cannot be written, or something is in its place already.',
    todo: 'Choose a new file, or an empty directory, where you may write.',
    text: {
      failed: 'cannot write {path}: {cause}',
      demo: '{path} cannot be written: {cause}. Choose another --out.',
      baseline: '{path} cannot be written: {cause}. Choose a new file in a directory you may write to.',
      exists: '{path} exists already. Give another --out, or --force to replace it.',
      notEmpty: '{directory} already holds files; choose an empty --out directory',
      outside: '{file} lies outside {directory}',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
