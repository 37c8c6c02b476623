/** The four signs of a verdict: shape as well as colour, and words beside them always. */
const PATHS = {
  agrees: 'M6 12.5l4 4 8-9',
  agrees_key_unknown: 'M6 12.5l4 4 8-9',
  disagrees: 'M7 7l10 10M17 7L7 17',
  unreadable: 'M12 6v8M12 17.5v.5',
} as const;

export type Sign = keyof typeof PATHS;

export const Mark = ({ sign, small = false }: { readonly sign: Sign; readonly small?: boolean }) => (
  <svg class={`mark mark-${sign} ${small ? 'mark-small' : ''}`} viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" /><path d={PATHS[sign]} /></svg>
);
