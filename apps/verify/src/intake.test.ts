import { describe, expect, it } from 'vitest';
import { BYTES_MAX, takeIn, textIn, type Readable } from './intake.ts';

const fileOf = (name: string, bytes: Uint8Array, size = bytes.length): Readable => ({ name, size, arrayBuffer: async () => bytes.slice().buffer });
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe('what is put in', () => {
  it('is taken as text when it may be a statement, a mark of byte order left out', async () => {
    expect(await takeIn(fileOf('statement.json', text('\uFEFF {"format":1}')))).toEqual({ kind: 'text', name: 'statement.json', text: ' {"format":1}' });
  });

  it('is not even read when larger than any statement', async () => {
    const huge: Readable = { name: 'x.json', size: BYTES_MAX + 1, arrayBuffer: () => { throw new Error('was read'); } };
    expect(await takeIn(huge)).toMatchObject({ kind: 'refused', why: 'too_large', bytes: BYTES_MAX + 1 });
  });

  it('is told apart when it is a picture, another text, empty, or a folder', async () => {
    expect(await takeIn(fileOf('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])))).toMatchObject({ why: 'not_text' });
    expect(await takeIn(fileOf('letter.txt', text('Dear lender')))).toMatchObject({ why: 'not_json' });
    expect(await takeIn(fileOf('statement.json', text(' \n')))).toMatchObject({ why: 'empty' });
    expect(await takeIn({ name: 'folder', size: 0, arrayBuffer: () => Promise.reject(new Error('a folder')) })).toMatchObject({ why: 'not_readable' });
  });

  it('called .json is checked whatever it says, so that the place where it breaks is named', () => {
    expect(textIn('statement.json', 'nonsense').kind).toBe('text');
  });
});
