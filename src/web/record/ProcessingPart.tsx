import { useId } from 'react';
import { Choice, Field } from '../ui/Field.tsx';
import { processingWords } from '../words/record.ts';
import {
  AS_USUAL,
  commonProcessing,
  INTERPOLATIONS,
  type NumberName,
  OFF,
  type ProcessingChoice,
  processingFaults,
  USUAL,
} from './processing.ts';
import type { Refusal } from './upload.ts';

const say = processingWords;

/**
 * How series are made of a file, or of several: folded away with what it comes to on its lid. Where files differ the field is
 * empty and says so; what is chosen there is chosen for all of them.
 */
export function ProcessingPart({
  of,
  title,
  refusal,
  onChoose,
}: {
  of: readonly ProcessingChoice[];
  title: string;
  /** What the server said of the file; stands at the field that it is about. */
  refusal?: Refusal | undefined;
  onChoose: (choice: Partial<ProcessingChoice>) => void;
}) {
  const id = useId();
  const common = commonProcessing(of);
  const alike = Object.values(common).every((text) => text !== null);
  const faults = alike ? processingFaults(of[0] ?? AS_USUAL) : {};
  const refused = (name: keyof ProcessingChoice) => (refusal?.at === name ? refusal.text : undefined);
  const faulty = Object.keys(faults).length > 0 || (refusal?.at !== undefined && refusal.at in AS_USUAL);
  const without = common.cutOff === OFF;
  const number = (name: NumberName, disabled = false) => {
    const fault = faults[name];
    return (
      <Field
        label={say.numbers[name].label}
        hint={say.numbers[name].hint(USUAL[name])}
        fault={fault === undefined ? refused(name) : say.fault(fault)}
        inputMode="decimal"
        placeholder={common[name] === null ? say.differs : undefined}
        disabled={disabled}
        value={disabled ? '' : (common[name] ?? '')}
        onChange={(event) => onChoose({ [name]: event.target.value })}
      />
    );
  };
  const different = <option value={DIFFERENT}>{say.differs}</option>;
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-3 py-1.5">
        <span className="font-medium">{title}</span>{' '}
        <span id={id} className={faulty ? 'text-danger' : 'text-soft'}>
          {faulty ? say.faulty : alike ? say.summary(of[0] ?? AS_USUAL) : say.differs}
        </span>
      </summary>
      <div className="grid gap-3 border-t border-line p-3 sm:grid-cols-2 xl:grid-cols-4">
        <Choice
          label={say.filter}
          value={common.cutOff === null ? DIFFERENT : without ? OFF : ''}
          onChange={({ target: { value } }) => value !== DIFFERENT && onChoose({ cutOff: value })}
        >
          {common.cutOff === null && different}
          <option value="">{say.filtered}</option>
          <option value={OFF}>{say.unfiltered}</option>
        </Choice>
        {number('cutOff', without)}
        {number('order', without)}
        <Choice
          label={say.interpolation}
          hint={say.interpolationHint}
          fault={refused('interpolation')}
          value={common.interpolation ?? DIFFERENT}
          onChange={({ target: { value } }) => value !== DIFFERENT && onChoose({ interpolation: value })}
        >
          {common.interpolation === null && different}
          <option value="">{say.interpolations.auto}</option>
          {INTERPOLATIONS.map((name) => (
            <option key={name} value={name}>
              {say.interpolations[name]}
            </option>
          ))}
        </Choice>
        {number('outputRate')}
        {number('maxGap')}
        <Choice
          label={say.wraps}
          hint={say.wrapsHint}
          fault={refused('wraps')}
          value={common.wraps ?? DIFFERENT}
          onChange={({ target: { value } }) => value !== DIFFERENT && onChoose({ wraps: value })}
        >
          {common.wraps === null && different}
          <option value="">{say.kept}</option>
          <option value="unwrap">{say.unwrapped}</option>
        </Choice>
        {number('rate')}
      </div>
    </details>
  );
}

/** Of a list where files differ; no server knows it. */
const DIFFERENT = '*';
