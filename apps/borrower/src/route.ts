/** Where in the page one is: everything behind `#/`. */
export type Route =
  | { readonly at: 'choose' }
  | { readonly at: 'apply' }
  | { readonly at: 'application'; readonly id: string; readonly hasAccepted: boolean }
  | { readonly at: 'loans' }
  | { readonly at: 'loan'; readonly id: string };

/** Reads a hash; what is unknown leads to the start. */
export function routeOf(hash: string): Route {
  const [place, id, more] = hash.replace(/^#?\/?/, '').split('/');
  if (place === 'application' && id !== undefined && id !== '') return { at: 'application', id, hasAccepted: more === 'identity' };
  if (place === 'loan' && id !== undefined && id !== '') return { at: 'loan', id };
  if (place === 'apply' || place === 'loans') return { at: place };
  return { at: 'choose' };
}
