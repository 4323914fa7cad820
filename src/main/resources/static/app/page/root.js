/** What the server has before all of its paths (`server.servlet.context-path`); the shell says it. */
const root = document.documentElement.dataset.root ?? '';

/** The address of what is at this path of Switchboard. */
export function at(path) {
  return root + path;
}

/** The path that this page is at. */
export function here() {
  return location.pathname.slice(root.length);
}

/** Where Switchboard is, for commands: a path follows. */
export const home = location.origin + root;
