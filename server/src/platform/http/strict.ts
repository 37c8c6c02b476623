import type { z } from 'zod';

type Def = { readonly type: string; readonly shape?: Record<string, z.ZodType>; readonly catchall?: z.ZodType; readonly element?: z.ZodType; readonly innerType?: z.ZodType; readonly options?: readonly z.ZodType[]; readonly in?: z.ZodType };

/**
 * The paths of objects in a request schema that would let unknown members pass (`z.object` drops them
 * silently): a caller who misspells a field must hear of it. Empty when all are `z.strictObject`.
 */
export function lenientPaths(schema: z.ZodType, path = ''): readonly string[] {
  const def = schema._zod.def as unknown as Def;
  const inner = [def.element, def.innerType, def.in, ...(def.options ?? [])].filter((each) => each !== undefined).flatMap((each) => lenientPaths(each, path));
  if (def.type !== 'object') return inner;
  const isStrict = (def.catchall?._zod.def as unknown as Def | undefined)?.type === 'never';
  const members = Object.entries(def.shape ?? {}).flatMap(([name, member]) => lenientPaths(member, `${path}/${name}`));
  return [...(isStrict ? [] : [path === '' ? '/' : path]), ...members, ...inner];
}
