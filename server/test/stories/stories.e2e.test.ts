import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../src/demo/world.ts';
import { faultsOfBooks } from './books.ts';
import { castMember, settleCast, testWorld } from './cast.ts';
import { playAll, playOf } from './player.ts';
import { parseStory } from './story.ts';

// Every story of this folder on one server and one outside world, played day by day in lock-step: each stands for itself,
// and together they are a book. How to write one: docs/guides/writing-a-story.md
const PERSONS_AT_MOST = 3;
const plays = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.txt')).sort().map((file, at) =>
  playOf(file, parseStory(readFileSync(join(import.meta.dirname, file), 'utf8')), at * PERSONS_AT_MOST));

let world: World;
beforeAll(async () => {
  const firstDay = plays.map(({ story }) => story.steps[0]!.on).sort()[0]!;
  world = await testWorld(`${firstDay}T00:30:00Z`, { PROVIDER_TIMEOUT_MS: '3000' });
  await settleCast(world, plays.flatMap(({ persons }) => [...persons.values()].map(({ index }) => castMember(index))));
  await playAll(world, plays);
});
afterAll(() => world.close());

describe('a story', () => {
  it.each(plays.map((play) => [play.story.title, play] as const))('%s', (_, play) => {
    expect(play.failure).toBeNull();
  });

  it('and all of them together leave books that hold', async () => {
    expect(await faultsOfBooks(world)).toEqual([]);
  });
});
