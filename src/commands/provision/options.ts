import { InvalidArgumentError } from 'commander';

export interface ProvisionOptions {
  readonly target: 'integration' | 'event-streams' | 'event-subscription';
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly suffix?: string;
  readonly only?: 'reconstruct';
  readonly registry?: string;
  readonly move: boolean;
  readonly dryRun: boolean;
  /** `--no-aws` makes it false. */
  readonly aws: boolean;
  /** Seconds. */
  readonly wait: number;
  readonly eventBusArn?: string;
  readonly webhookUrl?: string;
  readonly media: readonly string[];
  readonly maxRetries: number;
  readonly json: boolean;
}

const matching =
  (pattern: RegExp, expected: string) =>
  (text: string): string => {
    if (!pattern.test(text)) throw new InvalidArgumentError(`Expected ${expected}.`);
    return text;
  };

const wholeNumber =
  (most: number, what: string) =>
  (text: string): number => {
    if (!/^\d{1,6}$/.test(text) || Number(text) > most)
      throw new InvalidArgumentError(`Expected a whole number of ${what} from 0 to ${most}.`);
    return Number(text);
  };

/** As Genesys's own form for the integration takes it. */
export const suffixPattern = /^[A-Za-z0-9._-]{1,64}$/;
const suffixExpected = 'at most 64 letters, digits, dots, hyphens and underscores';

// No control character: it goes to a terminal.
export const nameOption = matching(/^[^\p{C}]{1,100}$/u, 'a name of at most 100 characters');
export const accountOption = matching(/^\d{12}$/, 'the 12 digits of an AWS account');
export const regionOption = matching(/^[a-z]+(-[a-z]+)+-\d+$/, 'an AWS region such as eu-central-1');
export const suffixOption = matching(suffixPattern, suffixExpected);
export const waitOption = wholeNumber(600, 'seconds');
export const retriesOption = wholeNumber(100, 'retries');
export const eventBusOption = matching(/^arn:[\w-]+:events:[a-z0-9-]+:\d{12}:event-bus\/\S{1,256}$/, 'the ARN of an event bus');
export const webhookOption = matching(/^https:\/\/[^\s/]+(\/\S*)?$/, 'an https:// URL');

export const mediaOption = (text: string): readonly string[] => {
  const media = text.split(',');
  if (!media.every((one) => /^\w{1,40}$/.test(one))) throw new InvalidArgumentError('Expected a list such as voice,chat.');
  return media;
};
