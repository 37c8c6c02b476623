import { afterAll, beforeAll, expect, it } from 'vitest';
import type { World } from '../../src/demo/world.ts';
import { testWorld } from '../stories/cast.ts';
import { simulate, STARTS_AT, type Simulation } from './simulate.ts';

// SEED repeats a run, SIMULATION_DAYS and SIMULATION_BORROWERS make it longer:
//   SEED=$RANDOM SIMULATION_DAYS=365 SIMULATION_BORROWERS=100 npx vitest run --project e2e server/test/simulation
const plan: Simulation = {
  seed: process.env['SEED'] ?? '2026',
  days: Number(process.env['SIMULATION_DAYS'] ?? 61),
  borrowers: Number(process.env['SIMULATION_BORROWERS'] ?? 20),
  kills: Math.ceil(Number(process.env['SIMULATION_DAYS'] ?? 61) / 10),
};
const SECONDS_A_DAY = 10;

let world: World;
beforeAll(async () => {
  world = await testWorld(STARTS_AT, { PROVIDER_TIMEOUT_MS: '300' });
});
afterAll(() => world.close());

it(`seed ${plan.seed}: ${plan.days} days of trouble leave books that hold every day`, { timeout: (240 + plan.days * SECONDS_A_DAY) * 1000 }, async () => {
  console.log(`SEED=${plan.seed} SIMULATION_DAYS=${plan.days} SIMULATION_BORROWERS=${plan.borrowers}`);
  const { faults, happened } = await simulate(world, plan);
  console.log(Object.entries(happened).sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what} ${times}`).join(', '));
  expect(faults).toEqual([]);
  // A run in which nothing happened would prove nothing.
  expect(happened['bank: payout']).toBeGreaterThan(plan.borrowers / 2);
  expect(happened['power cut']).toBeGreaterThan(0);
});
