import { Ajv2020 } from 'ajv/dist/2020';
import { fullFormats } from 'ajv-formats/dist/formats';

const rfc3339 = fullFormats['date-time'] as { readonly validate: (text: string) => boolean };

/** RFC 3339, and we can compute with it: order keys hold milliseconds from 1970 on, and JavaScript cannot read a leap second. */
const isInstant = (text: string): boolean => rfc3339.validate(text) && Date.parse(text) >= 0;

/** Ajv as the registry uses it. Schemas are compiled once, at start: per message it is thousands of times slower, and leaks. */
export const createCompiler = (): Ajv2020 =>
  new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    keywords: ['x-since'],
    formats: { 'date-time': isInstant },
  });
