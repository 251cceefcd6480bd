import type { Watched } from './series';

/** `wake` rings at any hour; `day` is a ticket for the morning. */
export type Urgency = 'wake' | 'day';

export interface AlarmDefinition {
  /** Its name, after the stack's. */
  readonly id: string;
  /** Heading of docs/runbook.md that says what to do. */
  readonly section: string;
  readonly urgency: Urgency;
  /** One sentence for whoever is woken. */
  readonly means: string;
  readonly watched: Watched;
  /** Which of several of a kind it watches, such as a lever. */
  readonly of?: string;
  readonly is: '>' | '>=' | '<';
  readonly threshold: number;
  readonly unit?: 'ms' | 's' | '%';
  readonly periodSeconds: number;
  /** It rings when all of so many periods in a row are beyond the threshold. */
  readonly periods: number;
  /**
   * What a period without data says. `breaching`: that nobody is there. `notBreaching`: that it did not happen. `ignore`: nothing, it
   * stays as it was; so for what somebody says as long as he lives, whose death has alarms of its own.
   */
  readonly silence: 'breaching' | 'notBreaching' | 'ignore';
}

/** Where ingest over HTTP is, by the names that CloudWatch has for it. */
export interface IngestPlaces {
  readonly loadBalancer: string;
  readonly targetGroup: string;
  readonly service: string;
  readonly leastTasks: number;
}

/** What alarms watch besides the workers' own metrics. */
export interface AlarmPlaces {
  readonly intakeQueue: string;
  readonly deadLetterQueue: string;
  readonly eventDeadLetterQueue: string;
  /** Dead-letter queues of subscriptions, by whose they are. */
  readonly subscribers: readonly { readonly name: string; readonly queue: string }[];
  /** Of a partner event source EventBridge counts what comes; of any other bus only what our rules match. */
  readonly partnerSource: string | null;
  readonly bus: string;
  readonly rules: readonly string[];
  readonly stateMachineArn: string;
  readonly table: string;
  readonly cluster: string;
  readonly service: string;
  readonly leastTasks: number;
  /** Null: off. */
  readonly ingest: IngestPlaces | null;
  readonly silenceMinutes: number;
}

export const minuteSeconds = 60;
export const fiveMinutes = 5 * minuteSeconds;
export const quarterHour = 15 * minuteSeconds;
export const hourSeconds = 60 * minuteSeconds;
export const daySeconds = 24 * hourSeconds;

/** Within one period. */
export const within = (periodSeconds: number) => ({ periodSeconds, periods: 1 });
/** In each of so many periods in a row. */
export const inEach = (periods: number, periodSeconds: number) => ({ periods, periodSeconds });
