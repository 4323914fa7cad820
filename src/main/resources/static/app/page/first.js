// Runs before the first paint, so that a chosen theme does not flash. Everything else is a module.
(() => {
  const theme = localStorage.getItem('switchboard.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
