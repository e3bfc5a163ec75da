import type { CameraJob } from '#contract/camera-job.ts';
import type { CodeFound } from '#contract/inspection.ts';
import type { Decoded } from '#vision/decode/decode-frame.ts';
import { createQrGrader, type QrGrader } from '#vision/grade-qr/grade.ts';
import { gradeLinear } from '#vision/grade1d/grade.ts';
import { createDataMatrixGrader, type DataMatrixGrader } from '#vision/grade2d/grade.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';
import type { Calibration } from '#vision/inspect/messages.ts';

/** How the job wants its codes graded, with what is known of the camera. */
export function profileOf({ grading, inverted }: CameraJob, calibration: Calibration): GradingProfile {
  return { ...grading, inverted, ...calibration };
}

/** The graders that have working memory of their own. */
export interface Graders {
  readonly dataMatrix: DataMatrixGrader;
  readonly qr: QrGrader;
}

export function createGraders(): Graders {
  return { dataMatrix: createDataMatrixGrader(), qr: createQrGrader() };
}

/** Grades a code that was read, by its symbology; the corners are those of the grader, which knows better. */
export function gradeCode(image: GreyImage, reading: Decoded, graders: Graders, jobProfile: GradingProfile): CodeFound {
  const { readBy, symbology, text, aim, corners, isInverted: inverted } = reading;
  const code = { readBy, symbology, text, aim };
  const profile = { ...jobProfile, inverted };
  switch (symbology) {
    case 'DataMatrix': {
      const graded = graders.dataMatrix.grade(image, corners, reading, profile);
      return { ...code, corners: graded.corners, pcg: graded.pcg };
    }
    case 'Code128': {
      const graded = gradeLinear(image, corners, text, profile);
      return { ...code, corners: graded.corners, pcg: graded.pcg };
    }
    case 'QRCode': {
      const graded = graders.qr.grade(image, corners, reading.rows, profile);
      return { ...code, corners: graded.corners, pcg: graded.pcg };
    }
  }
}
