import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from './topics';

const schemas = join(__dirname, '..', '..', '..', 'schemas');

/** Every topic of Genesys that the registry's folder names, offered to the organisation by every transport. */
export const offeredTopics = (): readonly Topic[] =>
  readdirSync(schemas)
    .map((folder) => join(schemas, folder, 'subject.json'))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as { readonly format?: string; readonly name?: string })
    .flatMap(({ format, name }) => (format === 'genesys' && name !== undefined ? { id: name, transports: ['All'] } : []));
