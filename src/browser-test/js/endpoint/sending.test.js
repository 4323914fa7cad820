import { pathOf, bodyOf, patience } from '/app/endpoint/sending.js';
import { definitionOf, draftOf, newDraft } from '/app/endpoint/draft.js';
import { equal } from '/browser-test/assert.js';

const send = { payload: 'PING', encoding: 'text', to: '', awaitReply: false, wait: '2s', repeat: 1, interval: '100ms' };

export const tests = {
  onlyWhatDiffersFromTheDefaultsIsSent: () => equal(bodyOf(send), { payload: 'PING' }),
  everythingThatWasChosenIsSent: () => equal(
    bodyOf({ ...send, encoding: 'hex', payload: '50', to: '127.0.0.1:9', awaitReply: true, repeat: 3 }),
    { payload: '50', encoding: 'hex', to: '127.0.0.1:9', awaitReply: '2s', repeat: 3, interval: '100ms' }),
  aConnectionIsAddressedByItself: () => {
    equal(pathOf({ endpoint: 'a', connection: null }), '/api/endpoints/a/messages');
    equal(pathOf({ endpoint: 'a', connection: 'x-3' }), '/api/connections/x-3/messages');
  },
  linesEndAsWasChosen: () => {
    equal(bodyOf({ ...send, payload: 'a\nb\n', lineEnd: 'crlf' }), { payload: 'a\r\nb\r\n' });
    equal(bodyOf({ ...send, payload: 'a\nb', lineEnd: 'cr' }), { payload: 'a\rb' });
    equal(bodyOf({ ...send, payload: 'a\\n', encoding: 'escaped', lineEnd: 'crlf' }), { payload: 'a\\n', encoding: 'escaped' });
  },
  whoWaitsLongIsGivenTheTime: () => equal(patience({ ...send, awaitReply: true, wait: '5m', repeat: 11, interval: '2s' }), 15_000 + 300_000 + 22_000),
  aDefinitionHasOnlyTheFieldsOfItsType: () => {
    equal(definitionOf(newDraft('udp', [])), { name: 'udp', type: 'udp', bind: '127.0.0.1:0', onReceive: 'none', autoStart: true });
    equal(Object.keys(definitionOf({ ...newDraft('tcp-client', []), remote: 'h:1' })), ['name', 'type', 'remote', 'framing', 'maxFrameBytes', 'reconnect', 'onReceive', 'autoStart']);
  },
  aNameThatIsTakenIsNotProposed: () => equal(newDraft('udp', [{ name: 'udp' }, { name: 'udp-2' }]).name, 'udp-3'),
  anEndpointChangedInNothingStaysTheSame: () => {
    const definition = { name: 'm', type: 'tcp-server', bind: '127.0.0.1:9', framing: { type: 'length', bytes: 4 }, maxFrameBytes: 9, onReceive: 'echo', autoStart: false, description: 'd' };
    equal(definitionOf(draftOf(definition)), definition);
  },
};
