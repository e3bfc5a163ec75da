import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDescription } from '#devices/camera/genicam/description.ts';
import { type Features, featuresOf } from '#devices/camera/genicam/features.ts';
import { calculate, FormulaError, namesIn } from '#devices/camera/genicam/formula.ts';
import { readXml, XmlError } from '#devices/camera/genicam/xml.ts';
import { type Memory, memory } from './gige-memory.ts';

describe('the XML of a description', () => {
  it('is elements, attributes and text', () => {
    const text = `<?xml version="1.0"?><!-- <a/> --><g:Root xmlns:g="x" Name='a > b'>
      <Formula>A &amp; B &#62; &#x31;</Formula><Data><![CDATA[<raw> & ]]></Data><Empty/></g:Root>`;
    const none = new Map<string, string>();
    expect(readXml(text)).toEqual({
      tag: 'Root',
      attributes: new Map([
        ['xmlns:g', 'x'],
        ['Name', 'a > b'],
      ]),
      text: '',
      children: [
        { tag: 'Formula', attributes: none, text: 'A & B > 1', children: [] },
        { tag: 'Data', attributes: none, text: '<raw> &', children: [] },
        { tag: 'Empty', attributes: none, text: '', children: [] },
      ],
    });
  });

  it.each([
    ['defines entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['does not end', '<a><b></b>'],
    ['closes what is not open', '<a></b></a>'],
    ['ends in a tag', '<a><b'],
    ['ends in a comment', '<a><!-- '],
    ['is nested beyond reason', '<a>'.repeat(40)],
    ['has a tag as long as a page', `<a ${'x'.repeat(5_000)}>`],
    ['is nothing', ''],
  ])('is refused when it %s', (_why, text) => {
    expect(() => readXml(text)).toThrow(XmlError);
  });

  it('is refused at once however much of it is not closed', () => {
    for (const part of ['<a', 'a', '<a "', '<!--', '<![CDATA[', '</a', '&', '<a x="']) {
      expect(() => readXml(part.repeat(200_000))).toThrow(XmlError);
    }
  });

  it('of arbitrary text is either read or refused', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      "'",
      '=',
      '<a>',
      '</a>',
      '<!--',
      '-->',
      '&amp;',
      '<![CDATA[',
      ']]>',
      '?>',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          readXml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a formula', () => {
  const values: Readonly<Record<string, number>> = { FROM: 50, TO: 8, WIDTH: 640, PF: 0x0108_0001 };
  const value = (formula: string): number => calculate(formula, (name) => values[name] ?? Number.NaN);

  it.each([
    ['(1000000 / FROM)', 20_000],
    ['WIDTH * 480 * ((PF>>16)&0xFF) / 8', 307_200],
    ['2 + 3 * 4 - 1', 13],
    ['-2 ** 2', 4],
    ['2 ** 3 ** 2', 512],
    ['7 % 4 + ~0', 2],
    ['(TO = 8) ? 1 : 2', 1],
    ['(TO <> 8) ? 1 : (TO > 7) ? 3 : 4', 3],
    ['1 && 0 || 1', 1],
    ['!(TO >= 9)', 1],
    ['0x100000000 | 1', 4_294_967_297],
    ['1 << 40', 2 ** 40],
    ['6 ^ 3', 5],
    ['ROUND(2.5) + TRUNC(-2.7) + ABS(-1) + SGN(-9)', 1],
    ['ROUND(1.256, 2)', 1.26],
    ['SQRT(16) + FLOOR(1.9) + CEIL(1.1) + NEG(2)', 5],
    ['LN(E) + LG(100) + 0*PI', 3],
    ['1.5e3 + .5', 1_500.5],
  ])('%s = %d', (formula, expected) => {
    expect(value(formula)).toBeCloseTo(expected, 9);
  });

  it.each([
    '',
    '1 +',
    '(1',
    '1 2',
    'FROM @ 2',
    '1 / 0',
    'SQRT(0 - 1)',
    'NOBODY + 1',
    '('.repeat(200),
    '-'.repeat(2_000),
    '1'.repeat(5_000),
    'constructor(1)',
    '1 ? 2',
  ])('"%s" has no value', (formula) => {
    expect(() => value(formula)).toThrow(FormulaError);
  });

  it('names what it uses', () => {
    expect(namesIn('ROUND(A.B * FROM) + A.B + PI')).toEqual(['A.B', 'FROM']);
  });

  it('of arbitrary signs has a value or is refused', () => {
    const sign = fc.constantFrom(
      '1',
      '2.5',
      'FROM',
      'ABS',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '**',
      '<<',
      '?',
      ':',
      ',',
      '&',
      '~',
      '!',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 25 }), (signs) => {
        try {
          expect(Number.isFinite(value(signs.join('')))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

const REGISTER = '<Length>4</Length><AccessMode>RW</AccessMode><pPort>Device</pPort><Endianess>BigEndian</Endianess>';
const DESCRIPTION = `<RegisterDescription><Group>
  <Integer Name="Width"><pValue>WidthReg</pValue></Integer>
  <IntReg Name="WidthReg"><Address>0x100</Address>${REGISTER}<Sign>Unsigned</Sign></IntReg>
  <IntReg Name="Offset"><Address>0x104</Address>${REGISTER}<Sign>Signed</Sign></IntReg>
  <IntReg Name="Small"><Address>0x108</Address><Length>2</Length><Sign>Unsigned</Sign></IntReg>
  <IntReg Name="Long"><Address>0x110</Address><Length>8</Length><Endianess>BigEndian</Endianess></IntReg>
</Group>
  <MaskedIntReg Name="Nibble"><Address>0x120</Address>${REGISTER}<LSB>31</LSB><MSB>28</MSB></MaskedIntReg>
  <MaskedIntReg Name="Top"><Address>0x120</Address>${REGISTER}<Bit>0</Bit></MaskedIntReg>
  <MaskedIntReg Name="Low"><Address>0x124</Address><Length>4</Length><LSB>4</LSB><MSB>7</MSB><Sign>Signed</Sign></MaskedIntReg>
  <StructReg><Address>0x128</Address>${REGISTER}
    <StructEntry Name="Half"><LSB>31</LSB><MSB>16</MSB></StructEntry><StructEntry Name="Flag"><Bit>15</Bit></StructEntry>
  </StructReg>
  <Enumeration Name="Mode"><EnumEntry Name="Off"><Value>0</Value></EnumEntry><EnumEntry Name="On"><Value>0x1</Value></EnumEntry>
    <pValue>ModeReg</pValue></Enumeration>
  <IntReg Name="ModeReg"><Address>0x300</Address><pIndex Offset="0x20">Selector</pIndex>${REGISTER}</IntReg>
  <Integer Name="Selector"><Value>0</Value></Integer>
  <Command Name="Start"><pValue>StartReg</pValue><CommandValue>7</CommandValue></Command>
  <Command Name="Other"><pValue>StartReg</pValue><pCommandValue>Width</pCommandValue></Command>
  <IntReg Name="StartReg"><pAddress>Base</pAddress><Address>4</Address>${REGISTER}</IntReg>
  <Integer Name="Base"><Value>0x200</Value></Integer>
  <Boolean Name="Chunk"><pValue>Width</pValue><OnValue>321</OnValue><OffValue>123</OffValue></Boolean>
  <Float Name="Rate"><pValue>RateConverter</pValue></Float>
  <Converter Name="RateConverter"><FormulaTo>1000000 / FROM</FormulaTo><FormulaFrom>1000000 / TO</FormulaFrom><pValue>Period</pValue></Converter>
  <IntReg Name="Period"><Address>0x138</Address>${REGISTER}</IntReg>
  <Float Name="Gain"><pValue>GainReg</pValue></Float>
  <FloatReg Name="GainReg"><Address>0x140</Address>${REGISTER}</FloatReg>
  <FloatReg Name="Double"><Address>0x148</Address><Length>8</Length></FloatReg>
  <StringReg Name="UserName"><Address>0x160</Address><Length>16</Length></StringReg>
  <IntSwissKnife Name="Payload"><pVariable Name="W">Width</pVariable><Constant Name="C">2</Constant>
    <Expression Name="TWICE">W * C</Expression><Formula>TWICE + 1</Formula></IntSwissKnife>
  <IntReg Name="Computed"><IntSwissKnife><pVariable Name="B">Base</pVariable><Formula>B + 0x10</Formula></IntSwissKnife>${REGISTER}</IntReg>
  <Integer Name="Locked"><pIsLocked>TLParamsLocked</pIsLocked><pValue>WidthReg</pValue></Integer>
  <Integer Name="TLParamsLocked"><Value>0</Value></Integer>
  <Integer Name="Absent"><pIsImplemented>Selector</pIsImplemented><pValue>WidthReg</pValue></Integer>
  <IntReg Name="Fixed"><Address>0x100</Address><Length>4</Length><AccessMode>RO</AccessMode></IntReg>
  <Integer Name="Circle"><pValue>Circle</pValue></Integer>
  <IntReg Name="Nowhere"><Address>oops</Address></IntReg>
  <Integer Name="Dangling"><pValue>Nobody</pValue></Integer>
</RegisterDescription>`;

function camera(): { features: Features; at: Memory } {
  const at = memory();
  return { features: featuresOf(readDescription(DESCRIPTION), at), at };
}

describe("a camera's features", () => {
  it.each<[string, number, string]>([
    ['Width', 1_024, '100 00000400'],
    ['Offset', -2, '104 fffffffe'],
    ['Small', 0x1234, '108 3412'],
    ['Long', 2 ** 40 + 1, '110 0000010000000001'],
    ['Nibble', 0xa, '120 0000000a'],
    ['Top', 1, '120 80000000'],
    ['Low', -1, '124 f0000000'],
    ['Half', 0xabcd, '128 0000abcd'],
    ['Flag', 1, '128 00010000'],
    ['Rate', 50, '138 00004e20'],
    ['Gain', 1.5, '140 3fc00000'],
    ['Double', -0.25, '148 000000000000d0bf'],
    ['Computed', 3, '210 00000003'],
    ['Selector', 2, ''],
  ])('%s is written as %d and read back', async (name, value, write) => {
    const { features, at } = camera();
    await features.set(name, value);
    expect(at.writes).toEqual(write === '' ? [] : [write]);
    expect(await features.get(name)).toBe(value);
  });

  it('leave the other bits of their register alone', async () => {
    const { features, at } = camera();
    at.bytes.writeUInt32BE(0x1234_5678, 0x120);
    await features.set('Nibble', 0);
    expect(at.writes).toEqual(['120 12345670']);
  });

  it('are entries, truths and texts too', async () => {
    const { features, at } = camera();
    await features.set('Mode', 'On');
    await features.set('Chunk', true);
    await features.set('UserName', 'outfeed');
    expect([await features.get('Mode'), await features.get('Chunk'), await features.get('UserName')]).toEqual([
      'On',
      true,
      'outfeed',
    ]);
    expect(await features.number('Mode')).toBe(1);
    await features.set('Chunk', false);
    expect([await features.get('Width'), at.writes.length]).toEqual([123, 4]);
    at.bytes.writeUInt32BE(9, 0x300);
    expect(await features.get('Mode')).toBe('9');
    expect([features.entries('Mode'), features.entries('Width')]).toEqual([['Off', 'On'], undefined]);
    expect([features.has('Mode'), features.has('Nobody')]).toEqual([true, false]);
  });

  it('are chosen by a selector', async () => {
    const { features, at } = camera();
    await features.set('Selector', 1);
    await features.set('Mode', 'On');
    expect(at.writes).toEqual(['320 00000001']);
  });

  it('are commands', async () => {
    const { features, at } = camera();
    await features.execute('Start');
    await features.set('Width', 5);
    await features.execute('Other');
    expect(at.writes).toEqual(['204 00000007', '100 00000005', '204 00000005']);
  });

  it('are calculated', async () => {
    const { features } = camera();
    await features.set('Width', 640);
    expect(await features.get('Payload')).toBe(1_281);
  });

  it('are locked while the camera says so', async () => {
    const { features } = camera();
    await features.set('Locked', 1);
    await features.set('TLParamsLocked', 1);
    await expect(features.set('Locked', 2)).rejects.toThrow('Locked is locked by the camera (TLParamsLocked)');
    expect(await features.get('Locked')).toBe(1);
  });

  it.each<[string, string | number, string]>([
    ['Nobody', 1, 'the camera has no Nobody'],
    ['Fixed', 1, 'Fixed can only be read'],
    ['Payload', 1, 'Payload can only be read'],
    ['Absent', 1, 'Absent is not available in this camera (Selector)'],
    ['Mode', 'Sometimes', 'Mode knows Off, On, but not Sometimes'],
    ['Width', 'wide', 'Width is a number, and wide is none'],
    ['Width', 2 ** 32, 'WidthReg can not hold 4294967296'],
    ['Width', 1.5, 'WidthReg can not hold 1.5'],
    ['Circle', 1, 'Circle refers to itself'],
    ['Nowhere', 1, 'Nowhere lies at no address'],
    ['Dangling', 1, 'the camera has no Nobody'],
    [
      'UserName',
      'a name that is far too long',
      'UserName holds 16 bytes, which is too few for "a name that is far too long"',
    ],
  ])('%s = %s is refused with a sentence', async (name, value, sentence) => {
    await expect(camera().features.set(name, value)).rejects.toThrow(sentence);
  });

  it('that are no commands are not executed', async () => {
    await expect(camera().features.execute('Width')).rejects.toThrow('Width is no command');
  });
});

describe('an integer that comes with each picture', () => {
  const COUNT = `<Integer Name="ChunkCounterValue"><pValue>Count</pValue></Integer>
    <IntReg Name="Count"><Address>4</Address><Length>4</Length><pPort>Chunk</pPort><Endianess>BigEndian</Endianess></IntReg>`;
  const chunkIn = (nodes: string): Promise<unknown> =>
    featuresOf(readDescription(`<R>${nodes}</R>`), memory()).chunk('ChunkCounterValue');

  it('has the id of its chunk, in hexadecimal, and its place there', async () => {
    const place = { address: 4, layout: { length: 4, isBigEndian: true, isSigned: false, low: 0, width: 32 } };
    for (const text of ['9a0bc', '0x9A0BC']) {
      expect(await chunkIn(`${COUNT}<Port Name="Chunk"><ChunkID>${text}</ChunkID></Port>`)).toEqual({
        id: 0x9_a0bc,
        ...place,
      });
    }
  });

  it.each([
    ['is a register of the camera', '<Port Name="Chunk"/>', 'Count lies in no chunk'],
    ['has an id that is none', '<Port Name="Chunk"><ChunkID>12345678901</ChunkID></Port>', 'Count lies in no chunk'],
    ['has no port', '', 'the camera has no Chunk'],
  ])('is none when it %s', async (_how, port, sentence) => {
    await expect(chunkIn(COUNT + port)).rejects.toThrow(sentence);
  });

  it('is none when it is a text, or refers to itself', async () => {
    await expect(chunkIn('<StringReg Name="ChunkCounterValue"/>')).rejects.toThrow('is no integer in a chunk');
    const circle = '<Integer Name="ChunkCounterValue"><pValue>ChunkCounterValue</pValue></Integer>';
    await expect(chunkIn(circle)).rejects.toThrow('ChunkCounterValue refers to itself');
  });
});
