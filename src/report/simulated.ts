import { INEXPRESSIBLE, SCENARIOS } from '../simulate/scenarios/catalogue.js';
import type { Truth } from '../simulate/truth.js';

/** Every scenario, and those that cannot be played with the reason. */
export function renderScenarios(): string {
  const lines = SCENARIOS.map((scenario) => {
    const mark = scenario.kind === 'attack' ? scenario.difficulty : `benign, ${scenario.expected}`;
    return `${scenario.id}  ${mark.padEnd(12)}  ${scenario.title}${scenario.techniques.length > 0 ? `  (${scenario.techniques.join(', ')})` : ''}`;
  });
  for (const { id, difficulty, title, reason } of INEXPRESSIBLE)
    lines.push(`${id}  ${difficulty.padEnd(12)}  ${title}: not simulated; ${reason}`);
  return `${lines.join('\n')}\n`;
}

/** What was written to `directory`. */
export function renderSimulated({ hosts, days, incidents }: Truth, directory: string): string {
  const attacks = incidents.filter((incident) => incident.kind === 'attack').length;
  return (
    `${hosts} hosts, ${days} days: ${attacks} attacks and ${incidents.length - attacks} benign cases in ${directory}/truth.json\n` +
    `telemetry: ${directory}/telemetry\n`
  );
}
