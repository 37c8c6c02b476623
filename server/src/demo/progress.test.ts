import { describe, expect, it } from 'vitest';
import { progressOn } from './progress.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream };
}

describe('the progress bar', () => {
  it('grows in one line on a terminal, and leaves none behind', () => {
    const { written, stream: terminal } = stream(true);
    const progress = progressOn(terminal);
    progress.step(1, 2, 'half');
    progress.step(2, 2, 'all');
    progress.end();
    expect(written).toEqual([`\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)}  50 %  half`, `\r\u001b[K${'█'.repeat(30)} 100 %  all`, '\r\u001b[K']);
  });

  it('is a line now and then where there is no terminal', () => {
    const { written, stream: file } = stream(false);
    const progress = progressOn(file);
    for (let done = 0; done < 100; done++) progress.step(done, 100, 'x');
    progress.end();
    expect(written).toHaveLength(1);
  });
});
