import { EnvError, type OptionalValidatorSpec, type RequiredValidatorSpec } from 'envalid';

/** What a variable's text may be: a description that reads after "expected", and how to read it. `parse` throws on anything else. */
export interface Kind<T> {
  readonly type: string;
  readonly parse: (text: string) => T;
  /** A default as the tables show it, where that is not the value itself. */
  show?(value: T): string;
  /** Never echoed, not even when it is wrong. */
  readonly secret?: true;
}

interface Documented {
  readonly desc: string;
  readonly kind: Kind<unknown>;
  /** As the table shows it. */
  readonly required: string;
}
export type Variable<T> = (RequiredValidatorSpec<T> | OptionalValidatorSpec<T>) & Documented;

const refuse = (): never => {
  // The reporter words the problem from the variable's kind and the text that came.
  throw new EnvError();
};

export const required = <T>(kind: Kind<T>, desc: string): RequiredValidatorSpec<T> & Documented => ({
  desc,
  kind,
  required: 'yes',
  _parse: kind.parse,
});

export const withDefault = <T>(
  kind: Kind<T>,
  value: NonNullable<T>,
  desc: string,
): RequiredValidatorSpec<T> & Documented & { readonly default: NonNullable<T> } => ({
  desc,
  kind,
  required: 'no',
  _parse: kind.parse,
  default: value,
});

export interface Condition {
  /** For the reader of the table. */
  readonly text: string;
  readonly holds: (values: Readonly<Record<string, unknown>>) => boolean;
}

export const optional = <T>(kind: Kind<T>, desc: string, requiredWhen?: Condition): OptionalValidatorSpec<T> & Documented => ({
  desc,
  kind,
  required: requiredWhen?.text ?? 'no',
  _parse: kind.parse,
  default: undefined,
  ...(requiredWhen && { requiredWhen: requiredWhen.holds }),
});

/** Digits only: `5s`, `1e3`, `0x10`, ` 7`, `-1` and `7.0` are mistakes, not numbers. */
export const wholeNumber = (unit: string, least: number, most: number): Kind<number> => ({
  type: `a whole number${unit === '' ? '' : ` of ${unit}`} from ${least} to ${most}`,
  parse: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : refuse();
  },
});

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A whole number with its unit, `90s`, `5m`, `1h`, or `off`; read as milliseconds, `off` as 0. */
export const durationOrOff = (leastMs: number, mostMs: number): Kind<number> => ({
  type: `off, or a duration such as 30s, 5m or 1h, from ${leastMs / 1_000} s to ${mostMs / 1_000} s`,
  parse: (text) => {
    if (text === 'off') return 0;
    const [, digits = '', unit = ''] = /^(\d{1,9})([smh])$/.exec(text) ?? [];
    const value = digits === '' ? NaN : Number(digits) * unitsMs[unit as keyof typeof unitsMs];
    return value >= leastMs && value <= mostMs ? value : refuse();
  },
  show: (ms) => (ms === 0 ? 'off' : ms % unitsMs.h === 0 ? `${ms / unitsMs.h}h` : `${ms / unitsMs.s}s`),
});

export const oneOf = <const T extends string>(choices: readonly T[]): Kind<T> => ({
  type: `one of ${choices.join(', ')}`,
  parse: (text) => choices.find((choice) => choice === text) ?? refuse(),
});

export const matching = (type: string, pattern: RegExp): Kind<string> => ({
  type,
  parse: (text) => (pattern.test(text) ? text : refuse()),
});

export const secret: Kind<string> = { ...matching('a secret without white space', /^\S+$/), secret: true };

/** Without a trailing slash. An address that carries a name or password is refused: addresses are logged. */
export const address: Kind<string> = {
  type: 'an http or https address without credentials, query or fragment',
  parse: (text) => {
    const url = URL.canParse(text) ? new URL(text) : refuse();
    const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    return /^https?:\/\/\S+$/.test(text) && isPlain ? text.replace(/\/+$/, '') : refuse();
  },
};

/** Entries without white space around them; an empty entry is a mistake. */
export const list = (of: string, entry: RegExp): Kind<readonly string[]> => ({
  type: `${of}, separated by commas`,
  parse: (text) => {
    const entries = text.split(',').map((part) => part.trim());
    return entries.every((part) => entry.test(part)) ? entries : refuse();
  },
});
