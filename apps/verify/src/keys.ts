/** The keys that the reader has said to know, kept in this browser only. Where nothing may be kept, they last as long as the page. */
export type Keys = {
  readonly known: () => readonly string[];
  readonly learn: (fingerprint: string) => void;
  readonly forget: (fingerprint: string) => void;
};

const NAME = 'mingdai.verify.keys';

export function createKeys(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Keys {
  let known = kept(storage);
  const keep = (next: readonly string[]): void => {
    known = next;
    try {
      storage().setItem(NAME, JSON.stringify(next));
    } catch {
      // A browser may refuse a page from a file to keep anything.
    }
  };
  return {
    known: () => known,
    learn: (fingerprint) => keep([...known.filter((each) => each !== fingerprint), fingerprint]),
    forget: (fingerprint) => keep(known.filter((each) => each !== fingerprint)),
  };
}

function kept(storage: () => Pick<Storage, 'getItem'>): readonly string[] {
  try {
    const read: unknown = JSON.parse(storage().getItem(NAME) ?? '[]');
    return Array.isArray(read) ? read.filter((each): each is string => typeof each === 'string' && /^[0-9a-f]{64}$/.test(each)) : [];
  } catch {
    return [];
  }
}

/** What a pasted text says against a statement's fingerprint. Spaces, colons, hyphens and capitals do not matter. */
export function compareFingerprint(pasted: string, fingerprint: string): 'same' | 'other' | 'no_fingerprint' {
  const digits = pasted.replace(/[\s:-]/g, '').replace(/^sha256/i, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits)) return 'no_fingerprint';
  return digits === fingerprint ? 'same' : 'other';
}
