// Runs before the first paint, so that a chosen theme never flashes the other one.
(() => {
  try {
    const theme = JSON.parse(localStorage.getItem("gongmun:theme") ?? "null");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be off; the system theme is then used.
  }
})();
