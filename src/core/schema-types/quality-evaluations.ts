/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

/**
 * schemas/v2.quality.evaluations/v1.json: An evaluation of a conversation moved on; days after its end, as a rule.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface QualityEvaluations {
  readonly status?: 'Pending' | 'InProgress' | 'Finished' | 'InReview' | 'Retracted';
  readonly previousStatus?: 'Pending' | 'InProgress' | 'Finished' | 'InReview' | 'Retracted';
  readonly id?: string;
  readonly conversationId?: string;
  readonly agent?: {
    readonly id?: string;
    readonly displayName?: string;
  };
  readonly evaluator?: {
    readonly id?: string;
    readonly displayName?: string;
  };
  readonly eventTime?: string;
  readonly evaluationFormId?: string;
  readonly formName?: string;
  readonly scoringSet?: {
    readonly totalScore?: number;
    readonly totalCriticalScore?: number;
  };
  readonly contextId?: string;
  readonly agentHasRead?: boolean;
  readonly releaseDate?: string;
  readonly assignedDate?: string;
  readonly changedDate?: string;
  readonly eventType?: string;
  readonly resourceId?: string;
  readonly resourceType?: string;
  readonly divisionIds?: readonly string[];
  readonly rescore?: boolean;
  readonly conversationDate?: string;
  readonly mediaType?: readonly string[];
  readonly calibration?: {
    readonly id?: string;
  };
  readonly evaluationSource?: {
    readonly evaluationSourceType?: string;
    readonly evaluationSourceId?: string;
    readonly evaluationSourceName?: string;
  };
  readonly assigneeUserId?: string;
  readonly previousAssigneeUserId?: string;
  readonly assigneeApplicable?: boolean;
  readonly evaluationContextId?: string;
  readonly disputeCount?: number;
  readonly version?: number;
  readonly declinedReview?: boolean;
  readonly retractedEvaluation?: {
    readonly id?: string;
  };
  readonly rescoreCount?: number;
  readonly evaluatorCommentHasUpdated?: boolean;
  readonly agentCommentHasUpdated?: boolean;
  readonly previousRescoreCount?: number;
  readonly previousEvaluatorUserId?: string;
}
