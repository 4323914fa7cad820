/**
 * What the one who looks at this page may do, as the server wrote it into the page. Whatever acts (sends, changes, deletes)
 * carries the attribute `data-acts` in a template, and is not there for those who may only look; see base.css.
 */
export const viewOnly = document.documentElement.hasAttribute('data-view-only');
