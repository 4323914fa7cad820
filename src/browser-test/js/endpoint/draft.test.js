import { copyOf, definitionOf, draftOf } from '/app/endpoint/draft.js';
import { equal } from '/browser-test/assert.js';

const meter = { name: 'meter', type: 'tcp-server', bind: '127.0.0.1:9001', localAddress: '127.0.0.1:9001', framing: { type: 'lf' }, maxFrameBytes: 100, whenFull: 'drop-oldest', onReceive: 'echo', autoStart: true };
const taken = [meter, { name: 'meter-copy', bind: '127.0.0.1:0', localAddress: '127.0.0.1:9002' }];

export const tests = {
  aCopyHasANameAndAPortThatNoEndpointHas: () => {
    const { name, bind, framing, echo } = copyOf(meter, taken);
    equal([name, bind, framing, echo], ['meter-copy-2', '127.0.0.1:9003', 'lf', true]);
  },
  anyFreePortStaysAnyFreePort: () => equal(copyOf({ ...meter, bind: '[::1]:0' }, taken).bind, '[::1]:0'),
  afterTheLastPortComesAnyFreeOne: () => equal(copyOf({ ...meter, bind: '[::1]:65535' }, taken).bind, '[::1]:0'),
  theNameOfACopyIsNoLongerThanANameMayBe: () => equal(copyOf({ ...meter, name: 'a'.repeat(63) }, taken).name.length, 60),
  theAddressThatAClientConnectsFromIsKept: () => {
    const client = { ...meter, type: 'tcp-client', bind: '127.0.0.1:0', remote: '127.0.0.1:9001', reconnect: true };
    equal(definitionOf(draftOf(client)).bind, '127.0.0.1:0');
    equal('bind' in definitionOf(draftOf({ ...client, bind: null })), false);
  },
  whatTheFormDoesNotAskForIsKept: () => equal(definitionOf(draftOf(meter)).whenFull, 'drop-oldest'),
};
