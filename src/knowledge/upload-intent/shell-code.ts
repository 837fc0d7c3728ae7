import { HANDLERS } from './handlers.js';
import { explicit, type UploadIntent } from './intent.js';

/** Longer code is cut: what hides behind 16 KiB of command line is not read. */
const MAX_CODE = 16_384;
const MAX_COMMANDS = 256;
const WRAPPERS = new Set([
  ...[
    'sudo',
    'nohup',
    'exec',
    'command',
    'time',
    'nice',
    'caffeinate',
    'env',
    'timeout',
    'gtimeout',
    'xargs',
    'then',
  ],
  ...['do', 'else', 'if', 'while', 'until', '!', '{', '(', 'doas', 'stdbuf', 'setsid', 'eval', 'trap'],
]);

interface SimpleCommand {
  readonly words: readonly string[];
  /** It stands behind a `|` or reads a file through `<`. */
  readonly piped: boolean;
}

/** The first upload that a piece of shell code shows; explicit ones come before possible ones. */
export function shellCodeIntent(code: string): UploadIntent | undefined {
  const text = code.slice(0, MAX_CODE);
  const device = /\/dev\/(?:tcp|udp)\/([^/\s'"]{1,253})\/\w+/.exec(text);
  if (device) return explicit('pipe', device[1], 'the shell sends data through /dev/tcp');
  let fallback: UploadIntent | undefined;
  for (const { words, piped } of simpleCommands(text)) {
    const found = commandIntent(words, piped);
    if (found?.strength === 'explicit') return found;
    fallback ??= found;
  }
  return fallback;
}

function commandIntent(words: readonly string[], piped: boolean): UploadIntent | undefined {
  let at = 0;
  while (at < words.length && isPrefix(words[at]!, at > 0)) at++;
  const path = words[at];
  if (path === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return HANDLERS.get(name)?.({ name, args: words.slice(at + 1), piped });
}

/** Assignments, wrapper commands, and after them their options and numbers (`timeout 10`, `sudo -n`). */
function isPrefix(word: string, afterWrapper: boolean): boolean {
  return (
    WRAPPERS.has(word) || /^[A-Za-z_]\w*=/.test(word) || (afterWrapper && /^(?:-|\d+[smhd]?$)/.test(word))
  );
}

/** Splits shell text at operators; quotes and backslashes group, everything else stays as written. Linear. */
function simpleCommands(text: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let word = '';
  let inWord = false;
  let piped = false;
  let quote = '';
  const endWord = () => {
    if (inWord) words.push(word);
    word = '';
    inWord = false;
  };
  const endCommand = (nextPiped: boolean) => {
    endWord();
    if (words.length > 0) commands.push(withoutRedirections(words, piped));
    words = [];
    piped = nextPiped;
  };
  for (let at = 0; at < text.length && commands.length < MAX_COMMANDS; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && at + 1 < text.length) word += text[++at]!;
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      inWord = true;
    } else if (char === '\\' && at + 1 < text.length) {
      at++;
      if (text[at] !== '\n') {
        word += text[at]!;
        inWord = true;
      }
    } else if (/\s/.test(char) && char !== '\n') endWord();
    else if (char === '|') {
      const or = text[at + 1] === '|';
      if (or) at++;
      endCommand(!or);
    } else if (char === '&' && words.at(-1) !== undefined && /^[<>]$/.test(word)) word += char;
    else if (/[;&\n()`]/.test(char) || (char === '$' && text[at + 1] === '(')) endCommand(false);
    else if (char === '<' || char === '>') {
      endWord();
      words.push(char);
    } else {
      word += char;
      inWord = true;
    }
  }
  endCommand(false);
  return commands;
}

/** `< file` feeds the command; `> file` is no operand. */
function withoutRedirections(words: readonly string[], piped: boolean): SimpleCommand {
  const kept: string[] = [];
  let fed = piped;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word !== '<' && word !== '>') kept.push(word);
    else {
      if (word === '<') fed = true;
      while (words[at + 1] === word) at++;
      at++;
    }
  }
  return { words: kept, piped: fed };
}

/** Texts in double or single quotes within code of another language, escapes undone; outermost ones only. Linear. */
export function quotedTexts(code: string): readonly string[] {
  const texts: string[] = [];
  const text = code.slice(0, MAX_CODE);
  let quote = '';
  let current = '';
  for (let at = 0; at < text.length && texts.length < MAX_COMMANDS; at++) {
    const char = text[at]!;
    if (quote === '') {
      if (char === '"' || char === "'") quote = char;
    } else if (char === '\\' && at + 1 < text.length) current += text[++at]!;
    else if (char === quote) {
      if (current.length > 3) texts.push(current);
      [quote, current] = ['', ''];
    } else current += char;
  }
  return texts;
}
