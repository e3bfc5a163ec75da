import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readerPeer } from './peers.ts';
import { witness } from './witness.ts';

const code = ']d201095212345432132112AB\x1d17281122101234';
const result = (trigger: number) =>
  `||0:0[1]<result id="${trigger}" image_id="${trigger}" version="1"><general><status>GOOD READ</status>` +
  `<full_string encoding="base64">${Buffer.from(code, 'latin1').toString('base64')}</full_string>` +
  `<symbology>Data Matrix</symbology><trigger_index>${trigger}</trigger_index></general>` +
  '<trucheck_verificaiton_result><overall_grade>3.6</overall_grade></trucheck_verificaiton_result></result>\r\n';

describe('a DataMan reader', () => {
  let peer: Awaited<ReturnType<typeof readerPeer>>;
  let device: ReturnType<typeof open>;
  const open = (port: number) => witness('reader', { driver: 'cognex-dataman', port });
  const seen = () =>
    device.signals.flatMap((signal): (number | string)[] => {
      if (signal.kind === 'item-read') return [signal.reading.trigger];
      return signal.kind === 'unsolicited' ? ['unsolicited'] : [];
    });

  beforeEach(async () => {
    peer = await readerPeer();
    device = open(peer.port);
    await device.sees('device-connected');
  });

  afterEach(async () => {
    await device.link.close();
    await peer.leave();
  });

  it('is asked to speak before anything else', () => {
    expect(peer.heard.slice(0, 5)).toEqual([
      '||0:1>SET COM.DMCC-RESPONSE 1',
      '||0:2>GET DEVICE.TYPE',
      '||0:3>GET DEVICE.NAME',
      '||0:4>GET DEVICE.SERIAL-NUMBER',
      '||0:5>SET SYMBOL.DATAMATRIX ON',
    ]);
  });

  it('reports each result of a trigger once, and counts what belongs to none', async () => {
    peer.say(result(57) + result(58) + result(58));
    peer.say(`hello\r\n${result(59)}`);
    await device.sees('item-read', 3);
    expect(seen()).toEqual([57, 58, 'unsolicited', 'unsolicited', 59]);
    expect(device.signals.find(({ kind }) => kind === 'item-read')).toMatchObject({
      reading: { trigger: 57, image: 57, kind: 'read', aim: ']d2', text: code.slice(3), grade: 36 },
    });
  });

  it('keeps results apart that come one byte at a time', async () => {
    peer.manner.dribbles = true;
    peer.say(result(57) + result(58));
    await device.sees('item-read', 2);
    expect(seen()).toEqual([57, 58]);
  });

  it('says by number why a command was not carried out', async () => {
    peer.state.status = 104;
    expect(await device.link.tell({ kind: 'arm' })).toEqual({
      code: '104',
      device: 'reader-1',
      detail: 'TRIGGER ON: rejected or altered by the state of the reader',
    });
  });
});
