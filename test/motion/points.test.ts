import { describe, expect, it } from 'vitest';
import { processRecording } from '../../src/motion/process.ts';
import { computeReport } from '../../src/motion/report.ts';
import { GENERAL } from '../../src/server/definition.ts';
import { toRecordingSummary } from '../../src/server/recordingDocument.ts';
import { compareSummary, POINT_REFERENCES, readPointsReference } from './points-reference.ts';
import { hasReferenceData, readReferenceRecording } from './reference-data.ts';

describe.skipIf(!hasReferenceData)(
  'recordings of points against values found by an independent program',
  () => {
    it.each(POINT_REFERENCES)('%s', (name) => {
      const reference = readPointsReference(name);
      const recording = readReferenceRecording(reference.file);
      compareSummary(reference, toRecordingSummary(recording, { fileName: reference.file, sha256: '' }));
      expect(Math.abs(Number(recording.header.pointScale ?? 0))).toBe(Math.abs(reference.pointScale ?? 0));
    });

    it('the three byte orders hold the same recording within 1e-4 mm and the rounding of floats', () => {
      const [first, ...others] = ['pr', 'si', 'vi'].map((kind) =>
        readReferenceRecording(`c3d/Eb015${kind}.c3d`),
      );
      for (const other of others) {
        expect(other.channels.map(({ name }) => name)).toEqual(first!.channels.map(({ name }) => name));
        other.channels.forEach(({ values }, i) => {
          values.forEach((value, row) => {
            const expected = first!.channels[i]!.values[row]!;
            expect(Number.isNaN(value)).toBe(Number.isNaN(expected));
            if (!Number.isNaN(value))
              expect(Math.abs(value - expected)).toBeLessThan(1e-7 + 2 ** -24 * Math.abs(expected));
          });
        });
      }
    });

    it('angles of a model are degrees, its forces keep their unit, its markers are metres', () => {
      const { channels } = readReferenceRecording('c3d/gait-pig.c3d');
      const unit = Object.fromEntries(channels.map(({ name, unit: found }) => [name, found]));
      expect(unit).toMatchObject({
        'A22:LKneeAngles_x': 'deg',
        'A22:LKneeMoment_x': 'Nmm',
        'A22:LKneePower_z': 'W',
        'A22:LAnkleForce_y': 'N',
        'A22:LKNE_tx': 'm',
      });
    });

    it('says what a header states wrongly, and what is not read', () => {
      expect(readReferenceRecording('trc/walking_01.trc').notes).toEqual([
        'the header states 900 frames, the file has 73',
      ]);
      expect(readReferenceRecording('trc/walking5_nan.trc').notes.join()).toContain('250 Hz');
      expect(readReferenceRecording('trc/walking_crlf.trc').notes).toEqual([]);
      expect(readReferenceRecording('c3d/gait-pig.c3d').notes).toEqual([
        'not read: 30 analog channels at 800 Hz',
      ]);
      expect(readReferenceRecording('ik/crouch_gait_tabs.mot').notes).toEqual([
        'the header states nRows 120, the file has 119',
      ]);
    });

    it.each(['trc/box_4markers.trc', 'c3d/Eb015vi.c3d', 'csv/markers_nexus.csv'])(
      'a report of %s is empty and says why',
      (file) => {
        const report = computeReport(processRecording(readReferenceRecording(file)), GENERAL);
        expect(report.metrics).toEqual([]);
        expect(report.repetitions).toEqual([]);
        expect(report.provenance.flags).toContainEqual(expect.stringMatching(/^no angle/));
      },
    );
  },
);
