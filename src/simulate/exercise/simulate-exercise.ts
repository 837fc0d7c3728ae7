import { simulate, type SimulateOptions } from '../simulate.js';
import type { Truth } from '../truth.js';

/** The length the exercise is made for; shorter ones shrink everything in it. */
export const EXERCISE_DAYS = 30;

/**
 * Writes the long exercise: a fleet with what weeks bring on top of the placed incidents, one directory a day
 * (`OUT/telemetry/YYYY-MM-DD/`), `OUT/truth.json` with the facts, and `OUT/outflow.yaml`.
 */
export function simulateExercise(options: Omit<SimulateOptions, 'exercise' | 'byDay'>): Truth {
  return simulate({ ...options, exercise: true, byDay: true });
}
