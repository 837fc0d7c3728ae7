/** A way `log` or Console writes records as text. */
export interface TextStyle {
  /**
   * RE2 pattern of a record's first line with five groups: the time, process and pid in either order (the pid empty
   * where the style has none), the subsystem (likewise), and the first line of the message.
   */
  readonly header: string;
  readonly pidFirst: boolean;
  /** The time is a time of day with its offset; the day comes from elsewhere. */
  readonly clockOnly: boolean;
}

const MOMENT = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+`;
/** `(sender) [subsystem:category] message`, the first two optional. */
const REST = String.raw`(?:\([^)]*\) )?(?:\[([\w.-]*):[^\]]*\] )?(.*)$`;

export const TEXT_STYLES: ReadonlyMap<string, TextStyle> = new Map([
  [
    'console',
    {
      header: String.raw`^\w*\t(\d\d:\d\d:\d\d\.\d+[+-]\d{4})\t([^\t]*)\t()()(.*)$`,
      pidFirst: false,
      clockOnly: true,
    },
  ],
  [
    'default',
    {
      header: String.raw`^(${MOMENT}[+-]\d{4}) +0x[0-9a-f]+ +\w+ +0x[0-9a-f]+ +(\d+) +\d+ +(.*?): ${REST}`,
      pidFirst: true,
      clockOnly: false,
    },
  ],
  [
    'compact',
    {
      header: String.raw`^(${MOMENT}) +[A-Za-z]{1,2} +(.*?)\[(\d+):[0-9a-f]+\] ${REST}`,
      pidFirst: false,
      clockOnly: false,
    },
  ],
  [
    'syslog',
    {
      header: String.raw`^(${MOMENT}[+-]\d{4}) +\S+ (.*?)\[(\d+)\]: ${REST}`,
      pidFirst: false,
      clockOnly: false,
    },
  ],
]);
