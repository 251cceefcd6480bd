import { isObject } from '../core/json';

const mostNamed = 10;
const isPermission = (word: string): boolean => /^[\w.-]{1,60}(:[\w.*-]{1,60}){1,2}$/.test(word);

/** The permissions that Genesys says are missing, from a 403: words alone, because what stands beside them may be anything. */
export const permissionsNamed = (body: unknown): readonly string[] => {
  const params = isObject(body) ? body['messageParams'] : null;
  const named = isObject(params) ? params['permissions'] : null;
  const texts = (Array.isArray(named) ? named : [named]).filter((text) => typeof text === 'string');
  return texts
    .flatMap((text) => text.split(/[\s,[\]]+/))
    .filter(isPermission)
    .slice(0, mostNamed);
};
