import { Ajv2020 } from 'ajv/dist/2020';
import { fullFormats } from 'ajv-formats/dist/formats';

const rfc3339 = fullFormats['date-time'] as { readonly validate: (text: string) => boolean };

const isInstantAtLength = (text: string): boolean => rfc3339.validate(text) && Date.parse(text) >= 0;

/** UTC, and a day that every month has. */
const plainInstant = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * RFC 3339, and we can compute with it: order keys hold milliseconds from 1970 on, and JavaScript cannot read a leap second. Nearly
 * all that come are plain, and those from 1970 on need no calendar.
 */
export const isInstant = (text: string): boolean => (plainInstant.test(text) && text >= '1970') || isInstantAtLength(text);

/** Ajv as the registry uses it. Schemas are compiled once, at start: per message it is thousands of times slower, and leaks. */
export const createCompiler = (): Ajv2020 =>
  new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    keywords: ['x-since'],
    // Tidied code is no faster once V8 has it, and tidying takes a third of the time.
    code: { optimize: false },
    formats: { 'date-time': isInstant },
  });
