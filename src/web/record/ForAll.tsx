import { AthleteOptions } from '../athletes/AthleteOptions.tsx';
import { Choice } from '../ui/Field.tsx';
import { processingWords, recordWords } from '../words/record.ts';
import { ExerciseOptions } from './ExerciseOptions.tsx';
import { ProcessingPart } from './ProcessingPart.tsx';
import type { Known } from './UploadCard.tsx';
import type { Upload, UploadPart } from './upload.ts';

/** The same athlete, exercise or processing for every file that is not yet on its way. */
export const ForAll = ({
  known: { athletes, exercises },
  open,
  onChoose,
}: {
  known: Known;
  open: readonly Upload[];
  onChoose: (choice: UploadPart) => void;
}) => (
  <div className="grid gap-3 rounded-xl border border-line bg-panel p-4 sm:grid-cols-2 lg:grid-cols-4">
    <Choice
      label={recordWords.athleteForAll}
      value=""
      onChange={(event) => event.target.value !== '' && onChoose({ athleteID: event.target.value })}
    >
      <option value="">{recordWords.each}</option>
      <AthleteOptions athletes={athletes} />
    </Choice>
    <Choice
      label={recordWords.exerciseForAll}
      value=""
      onChange={(event) => event.target.value !== '' && onChoose({ exerciseID: event.target.value })}
    >
      <option value="">{recordWords.each}</option>
      <ExerciseOptions exercises={exercises} />
    </Choice>
    <div className="sm:col-span-2 lg:col-span-4">
      <ProcessingPart
        of={open.map(({ processing }) => processing)}
        title={processingWords.forAll}
        onChoose={(processing) => onChoose({ processing })}
      />
    </div>
  </div>
);
