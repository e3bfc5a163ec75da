import { boolean, chunkPort, command, enumeration, integer } from '#virtual-line/gige/nodes.ts';
import { BOOT, CHUNK, COUNTER_SOURCE, FEATURE } from '#virtual-line/gige/registers.ts';

/** What a camera that counts its triggers has beyond one that only numbers its pictures (SFNC, counters and chunks). */

/** Ids of the chunks: this camera's own choice, its description tells them. */
export const CHUNK_ID = { image: 0x1000_0001, counterValue: 0x1000_0002 } as const;

const WHOLE = 0xffff_ffff;
const COUNTER0 = { Counter0: 0 };

export const COUNTING_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  CounterAndTimerControl: [
    'CounterSelector',
    'CounterEventSource',
    'CounterEventActivation',
    'CounterReset',
    'CounterValue',
    'CounterValueAtReset',
  ],
  ChunkDataControl: ['ChunkModeActive', 'ChunkSelector', 'ChunkEnable', 'ChunkCounterSelector', 'ChunkCounterValue'],
  GigEVision: ['GevSCCFGExtendedChunkData'],
};

export const COUNTING_FEATURES: readonly string[] = [
  enumeration('CounterSelector', FEATURE.counterSelector, COUNTER0, {
    selects: COUNTING_CATEGORIES['CounterAndTimerControl']?.slice(1) ?? [],
  }),
  enumeration('CounterEventSource', FEATURE.counterEventSource, {
    Off: COUNTER_SOURCE.off,
    Line1: COUNTER_SOURCE.line1,
    ExposureStart: COUNTER_SOURCE.exposureStart,
  }),
  enumeration('CounterEventActivation', FEATURE.counterEventActivation, { RisingEdge: 0 }),
  command('CounterReset', FEATURE.counterReset),
  integer('CounterValue', FEATURE.counterValue, { min: 0, max: WHOLE }),
  integer('CounterValueAtReset', FEATURE.counterValueAtReset, { min: 0, max: WHOLE, access: 'RO' }),
  boolean('ChunkModeActive', FEATURE.chunkModeActive, { locks: true }),
  enumeration(
    'ChunkSelector',
    FEATURE.chunkSelector,
    { Image: CHUNK.image, CounterValue: CHUNK.counterValue },
    { selects: ['ChunkEnable'] },
  ),
  boolean('ChunkEnable', FEATURE.chunkEnableImage, { locks: true, index: 'ChunkSelector' }),
  enumeration('ChunkCounterSelector', 0, COUNTER0, { selects: ['ChunkCounterValue'], isLocal: true }),
  integer('ChunkCounterValue', 0, { min: 0, max: WHOLE, access: 'RO', port: 'ChunkCounterValuePort' }),
  boolean('GevSCCFGExtendedChunkData', BOOT.streamConfiguration, { access: 'RO' }),
  chunkPort('ChunkCounterValuePort', CHUNK_ID.counterValue),
];
