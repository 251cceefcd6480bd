import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../demo/children';

/** Events as Genesys sends them, some 850 bytes each. */
export const readBodies = (): readonly string[] =>
  readFileSync(join(projectRoot, 'docs', 'example.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
