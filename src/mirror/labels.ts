import type { Session } from '../contract/sessions.ts';

/** What records are called where people read of them. */

export const labelOf = ({ id, record }: { id: string; record: Session }) => ({
  id,
  name: `${record['Session Name'] ?? ''} (${record.Date.slice(0, 10)})`,
});

/** Of an athlete, an exercise or an assessment. */
export const nameOf = (record: object): string => {
  const text = (name: string) => (Reflect.get(record, name) as string | undefined) ?? '';
  return (
    text('Exercise Name') || text('Assessment Name') || `${text('FirstName')} ${text('LastName')}`.trim()
  );
};
