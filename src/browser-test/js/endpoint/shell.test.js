import { curlOf, ncOf, placeOf, printf, quoted } from '/app/endpoint/shell.js';
import { equal } from '/browser-test/assert.js';

const target = { endpoint: 'meter', connection: null };
const draft = { payload: 'PING', encoding: 'text', to: '', awaitReply: false, wait: '2s', repeat: 1, interval: '100ms' };
const none = new Uint8Array();
const frame = { before: none, after: none };
const bytes = (...values) => Uint8Array.from(values);
const place = { host: '127.0.0.1', port: '9', udp: false };

export const tests = {
  quotesSurviveTheShell: () => equal(curlOf('http://h', target, { ...draft, payload: "it's" }),
    `curl http://h/api/endpoints/meter/messages -H 'Content-Type: application/json' -d '{"payload":"it'\\''s"}'`),
  aFileIsGivenByItsName: () => equal(curlOf('http://h', target, { ...draft, encoding: 'file', file: { name: "it's.bin" }, awaitReply: true }),
    `curl 'http://h/api/endpoints/meter/messages?awaitReply=2s' -H 'Content-Type: application/octet-stream' --data-binary '@it'\\''s.bin'`),
  printfMistakesNothingForItsOwn: () => {
    equal(printf(bytes(0x2d, 0x2d, 0x25, 0x64, 0x5c, 0x27, 0x31, 0x00, 0x31, 0xff, 0x0d, 0x0a)), "printf '\\055-%%d\\\\\\0471\\0001\\377\\r\\n'");
    equal(printf([]), "printf ''");
  },
  theFramingGoesAlong: () => equal(ncOf(place, { bytes: bytes(0x41), frame: { before: bytes(2), after: bytes(3) } }), "printf '\\002A\\003' | nc -w 2 127.0.0.1 9"),
  aFileGoesThroughNcToo: () => {
    equal(ncOf(place, { file: { name: 'a b', length: 3 }, frame }), "nc -w 2 127.0.0.1 9 < './a b'");
    equal(ncOf(place, { file: { name: 'a', length: 3 }, frame: { before: none, after: bytes(10) } }), "{ printf ''; cat ./a; printf '\\n'; } | nc -w 2 127.0.0.1 9");
  },
  whatIsTooLongForALineIsNotOffered: () => {
    equal(curlOf('http://h', target, { ...draft, payload: 'x'.repeat(70_000) }), null);
    equal(ncOf(place, { bytes: new Uint8Array(20_000), frame }), null);
    equal(ncOf({ ...place, udp: true }, { bytes: new Uint8Array(4097).fill(0x41), frame }), null);
  },
  ncGoesWhereTheSendWould: () => {
    const udp = { type: 'udp', remote: '[::1]:9' };
    equal(placeOf(udp, null, ''), { host: '::1', port: '9', udp: true });
    equal(placeOf(udp, null, '10.0.0.1:7'), { host: '10.0.0.1', port: '7', udp: true });
    equal(placeOf(udp, { remote: '10.0.0.2:8' }, ''), { host: '10.0.0.2', port: '8', udp: true });
    equal(placeOf({ type: 'udp', remote: null }, null, ''), null);
    equal(placeOf({ type: 'tcp-server', localAddress: '127.0.0.1:5' }, { remote: '127.0.0.1:44444' }, ''), { host: '127.0.0.1', port: '5', udp: false });
    equal(placeOf({ type: 'tcp-client', remote: 'meter.lab:5' }, null, ''), { host: 'meter.lab', port: '5', udp: false });
  },
  plainWordsStayAsTheyAre: () => equal([quoted('a/b.c'), quoted(''), quoted('a b')], ['a/b.c', "''", "'a b'"]),
};
