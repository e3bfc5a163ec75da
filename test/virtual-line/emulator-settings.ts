import type { EmulatorSettings } from '#virtual-line/messages.ts';
import { STATE } from './stranger.ts';

/** Real time, any free port, carton-300 as the PLC knows it. */
export const SETTINGS: EmulatorSettings = {
  seed: 1,
  port: 0,
  lockStep: false,
  state: STATE,
  beltSpeed: 1000,
  camera: 'counts-triggers',
  plc: {
    cameraToDeadline: 350,
    cameraToArming: 550,
    armingToAxis: 100,
    cameraToExit: 950,
    printToAxis: 1150,
    itemLength: 120,
    pitchMin: 165,
    divertLead: 25.5,
    chuteMax: 290,
    beltSpeed: 1000,
    countsPerMm: 10,
    registerDepth: 32,
  },
};
