import { Button } from '../ui/Button.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { CHANNELS_ID } from './ChannelNames.tsx';
import { emptyMetric, type MetricDraft, type MetricFault } from './metricDraft.ts';

const say = administrationWords.exercises;

/** The metrics of a definition, one after the other. */
export function MetricFields({
  metrics,
  fault,
  onChange,
}: {
  metrics: readonly MetricDraft[];
  /** What the server refused: stands at the field that it names. */
  fault: MetricFault | null;
  onChange: (metrics: readonly MetricDraft[]) => void;
}) {
  const set = (key: number, changes: Partial<MetricDraft>) =>
    onChange(metrics.map((metric) => (metric.key === key ? { ...metric, ...changes } : metric)));
  const faultOf = ({ key }: MetricDraft, member: MetricFault['member']) =>
    fault?.key === key && fault.member === member ? fault.text : undefined;
  return (
    <div className="grid gap-3">
      {metrics.map((metric, index) => (
        <fieldset key={metric.key} className="grid gap-3 rounded-lg border border-line p-3 sm:grid-cols-4">
          <legend className="px-1 text-sm text-soft">{say.metricNumber(index + 1)}</legend>
          <Field
            label={say.label}
            fault={faultOf(metric, 'Label')}
            value={metric.Label}
            onChange={(event) => set(metric.key, { Label: event.target.value })}
            required
          />
          <Choice
            label={say.side}
            fault={faultOf(metric, 'Side')}
            value={metric.Side}
            onChange={(event) => set(metric.key, { Side: event.target.value as MetricDraft['Side'] })}
          >
            {Object.entries(words.sides).map(([side, text]) => (
              <option key={side} value={side}>
                {text}
              </option>
            ))}
          </Choice>
          <Field
            label={say.channel}
            fault={faultOf(metric, 'Channel')}
            value={metric.Channel}
            list={CHANNELS_ID}
            autoComplete="off"
            onChange={(event) => set(metric.key, { Channel: event.target.value })}
            required
          />
          <Choice
            label={say.sign}
            fault={faultOf(metric, 'Sign')}
            value={metric.Sign}
            onChange={(event) => set(metric.key, { Sign: event.target.value === '-1' ? -1 : 1 })}
          >
            <option value="1">+</option>
            <option value="-1">−</option>
          </Choice>
          <Choice
            label={say.reads}
            fault={faultOf(metric, 'Reads')}
            value={metric.Reads ?? 'angle'}
            onChange={(event) => set(metric.key, { Reads: event.target.value as 'angle' | 'range' })}
          >
            <option value="angle">{say.readsAngle}</option>
            <option value="range">{say.readsRange}</option>
          </Choice>
          <Field
            label={say.min}
            fault={faultOf(metric, 'Min')}
            type="number"
            step="any"
            value={metric.Min}
            onChange={(event) => set(metric.key, { Min: event.target.value })}
          />
          <Field
            label={say.max}
            fault={faultOf(metric, 'Max')}
            type="number"
            step="any"
            value={metric.Max}
            onChange={(event) => set(metric.key, { Max: event.target.value })}
          />
          <Field
            label={say.source}
            fault={faultOf(metric, 'Source')}
            value={metric.Source}
            onChange={(event) => set(metric.key, { Source: event.target.value })}
          />
          <Button
            kind="quiet"
            className="justify-self-start"
            onClick={() => onChange(metrics.filter(({ key }) => key !== metric.key))}
          >
            {say.dropMetric(index + 1)}
          </Button>
        </fieldset>
      ))}
      <Button
        kind="plain"
        className="justify-self-start"
        onClick={() => onChange([...metrics, emptyMetric()])}
      >
        {say.addMetric}
      </Button>
    </div>
  );
}
