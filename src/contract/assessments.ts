/** An assessment: several exercises recorded together; its sessions share the `Assessment ID`. */
export interface Assessment {
  'Assessment ID': string;
  'Assessment Name': string;
  /** The athlete assessed; null when the assessment is a template for anybody. */
  'Athlete ID': string | null;
  /** UTC, ISO 8601. */
  Date: string;
}

/** Body of `POST /assessments` and, with every member optional, of `PATCH /assessments/{id}`. */
export interface AssessmentInput {
  'Assessment Name': string;
  'Athlete ID'?: string | null;
  /** ISO 8601; now when absent. */
  Date?: string;
  /** A UUID chosen by the client, or the id on another server. Only on creation. */
  'Assessment ID'?: string;
}
