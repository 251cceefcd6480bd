import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './template';

/** The name under which the template is synthesized; wherever it stands, the name of the installation belongs. */
export const nameInTemplate = 'the-name-of-the-stack';

const maxBuffer = 2 ** 24;
const program = join(__dirname, 'main.ts');

/** Of the messaging part, as text: what `MESSAGING_TEMPLATE` names, for many that need the same one, or synthesized now. */
export const synthesizeMessaging = (settings: Readonly<Record<string, string>> = {}): string => {
  const given = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  // An error quotes what it said.
  return execFileSync(process.execPath, ['--import', 'tsx', program, ...given], { encoding: 'utf8', stdio: 'pipe', maxBuffer });
};

const prepared = (): string | null => {
  const file = process.env['MESSAGING_TEMPLATE'];
  return file ? readFileSync(file, 'utf8') : null;
};

/** For an installation of this name. */
export const templateFor = (stackName: string, text = prepared() ?? synthesizeMessaging()): Template =>
  JSON.parse(text.replaceAll(nameInTemplate, stackName)) as Template;
