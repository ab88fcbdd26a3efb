import { isKinebaseError } from '../../sdk/index.ts';
import { faultWords } from '../words/faults.ts';

/** A member of what was sent that the server refuses, and why, in words that stand at its field. */
export interface MemberFault<Member extends string = string> {
  member: Member;
  text: string;
}

/**
 * Which of a form's members the server refuses; null where it names none of them. A refusal begins with the member's name:
 * `Member URL must …`, `ExternalID "7" belongs to …`. People know a field by its label.
 */
export function memberFault<Member extends string>(
  error: unknown,
  labels: Readonly<Record<Member, string>>,
): MemberFault<Member> | null {
  if (!isKinebaseError(error)) return null;
  const said = error.message.replace(/^(Member|Query parameter) /, '');
  for (const [member, label] of Object.entries<string>(labels))
    if (said.startsWith(`${member} `))
      return { member: member as Member, text: inWords(said.slice(member.length + 1), label) };
  return null;
}

const RULES: readonly [RegExp, (found: string) => string][] = [
  [/more than (\d+) characters/, faultWords.longer],
  [/is required|fewer than 1 characters/, () => faultWords.needed],
  [/fewer than 1 items/, () => faultWords.chooseOne],
  [/must be <= (\S+)\.$/, faultWords.above],
  [/must be >= (\S+)\.$/, faultWords.below],
  [/of your organization/, () => faultWords.gone],
  [/pattern|NUL/, () => faultWords.characters],
];

/** What is asked of a value, by the label of its field. */
export function inWords(rule: string, label: string): string {
  for (const [sign, words] of RULES) {
    const found = sign.exec(rule);
    if (found !== null) return words(found[1] ?? '');
  }
  // What begins with the value is a sentence without the label.
  return rule.startsWith('"') ? rule : `${label} ${rule}`;
}
