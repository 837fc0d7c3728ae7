import { ASKED_ERRORS } from './errors/asked.js';
import { type ErrorEntry, type ExitCode, type HttpStatus } from './errors/entry.js';
import { INPUT_ERRORS } from './errors/input.js';
import { STORE_ERRORS } from './errors/store.js';

export { EXIT, type ErrorEntry, type ExitCode, type HttpStatus } from './errors/entry.js';

/**
 * The error catalogue: every failure a user can meet, with a stable code, exit and HTTP status, and its texts. A text says what
 * happened, where, and what to do. docs/errors.md explains each (a test compares the two).
 */
export const ERRORS = {
  ...ASKED_ERRORS,
  ...INPUT_ERRORS,
  ...STORE_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

type Texts = {
  [
    Code in ErrorCode as (typeof ERRORS)[Code]['text'] extends string
      ? Code
      : `${Code}.${keyof (typeof ERRORS)[Code]['text'] & string}`
  ]: (typeof ERRORS)[Code]['text'];
};

/** A text of the catalogue: the code alone where it has one text, otherwise `CODE.case`. */
export type ErrorText = keyof Texts;

type Template<Key extends ErrorText> = Texts[Key] extends infer Text
  ? Text extends string
    ? Text
    : Key extends `${string}.${infer Case}`
      ? Case extends keyof Text
        ? Text[Case]
        : never
      : never
  : never;

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type Given<Name extends string> = [Exclude<Name, 'cause'>] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<Exclude<Name, 'cause'>, string | number>>;

type Filling<Name extends string> = [Name] extends [never]
  ? [values?: Given<never>, cause?: unknown]
  : 'cause' extends Name
    ? [values: Given<Name>, cause: unknown]
    : [values: Given<Name>, cause?: unknown];

/** A failure with a stable code. `message` is one line; `cause` keeps the engine's or the system's own words. */
export class OutflowError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: ExitCode;
  readonly httpStatus: HttpStatus;

  /** For {@link failure} alone, so that every message stands in the catalogue. */
  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutflowError';
    this.code = code;
    this.exitCode = ERRORS[code].exit;
    this.httpStatus = ERRORS[code].http;
  }
}

/**
 * A failure said as the catalogue has it. Values left out, or that the text does not name, do not compile; nor does a text that
 * quotes its cause without one.
 */
export function failure<Key extends ErrorText>(
  key: Key,
  ...[values, cause]: Filling<Names<Template<Key>>>
): OutflowError {
  const [code, which] = key.split('.') as [ErrorCode, string?];
  const { text }: ErrorEntry = ERRORS[code];
  const template = typeof text === 'string' ? text : (text[which ?? ''] ?? '');
  const given: Readonly<Record<string, string | number>> = { ...values, cause: firstLine(cause) };
  const message = template.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
  return new OutflowError(code, message, cause);
}

/** An engine quotes whole queries in its errors. */
const MOST = 300;

/** The first line of an unknown thrown value, for embedding in a one-line message. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}
