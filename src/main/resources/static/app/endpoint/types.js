/** The types of endpoint in words, and which fields each has, in the order of the form. */
export const TYPES = {
  'tcp-server': {
    label: 'TCP server', short: 'TCP server', name: 'server',
    about: 'Listens on a port and accepts connections.',
    fields: ['name', 'bind', 'framing', 'onReceive'],
  },
  'tcp-client': {
    label: 'TCP client', short: 'TCP client', name: 'client',
    about: 'Connects to a server, and again when it is lost.',
    fields: ['name', 'remote', 'framing', 'onReceive', 'reconnect', 'bind'],
  },
  udp: {
    label: 'UDP socket', short: 'UDP', name: 'udp',
    about: 'Sends and receives datagrams. There is no connection.',
    fields: ['name', 'bind', 'remote', 'onReceive'],
  },
};

const OPEN = new Set(['listening', 'connected', 'bound']);

/** What a state means for the light beside an endpoint: `on`, `waiting`, `off` or `failed`. */
export function lightOf(state) {
  if (OPEN.has(state)) return 'on';
  if (state === 'failed') return 'failed';
  return state === 'stopped' ? 'off' : 'waiting';
}

export function isRunning({ state }) {
  return state !== 'stopped' && state !== 'failed';
}
