import { Field } from '../ui/Field.tsx';
import { administrationWords } from '../words/administration.ts';
import { useSection } from './useSection.ts';

/** What is looked for in the list of a section; it stands in the address. */
export function FindField() {
  const { find = '', show } = useSection();
  return (
    <div className="w-72">
      <Field
        label={administrationWords.find}
        type="search"
        value={find}
        onChange={({ target }) => show({ find: target.value || undefined })}
      />
    </div>
  );
}
