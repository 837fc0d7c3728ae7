const HALF_A_DAY = 12 * 3600;

/**
 * Numbers of the lines (from 1) at which a new day begins in a log that prints times of day only: where the clock
 * jumps back by more than twelve hours. Smaller steps back are records out of order.
 */
export async function newDays(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  let number = 0;
  let before: number | undefined;
  for await (const line of lines) {
    number++;
    const clock = /^\w*\t(\d\d):(\d\d):(\d\d)\.\d+[+-]\d{4}\t/.exec(line);
    if (clock === null) continue;
    const seconds = Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
    const step = seconds - (before ?? seconds);
    if (step < -HALF_A_DAY) found.push(String(number));
    // A record of the evening that comes late must not make the morning after it a second new day.
    if (step < HALF_A_DAY) before = seconds;
  }
  return found;
}
