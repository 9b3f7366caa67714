/** What a page measures of itself: put into it before its own scripts run. */
(() => {
  const strain = { longTasks: [], frames: [], keys: [] };
  const painted = {};
  let shown;
  let lastTask = 0;
  let watching = false;

  /** After the frame that shows what is there now. */
  function afterPaint(work) {
    requestAnimationFrame(() => setTimeout(work));
  }

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      lastTask = startTime + duration;
      if (watching) strain.longTasks.push(duration);
    }
  }).observe({ type: 'longtask', buffered: true });

  /** Notes when an element is on the page for the first time. */
  function waitFor(selector) {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        shown = performance.now();
      });
    });
    watch.observe(document, { childList: true, subtree: true, attributes: true });
  }

  /** Notes when words that hold `mark` and a number are painted, by the machine's clock. */
  function watchMarks() {
    const look = (text) => {
      for (const [, mark] of text.matchAll(/mark([0-9]+)/g)) {
        afterPaint(() => {
          painted[mark] ??= performance.timeOrigin + performance.now();
        });
      }
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        if (target.nodeType === Node.TEXT_NODE) look(target.textContent ?? '');
        for (const node of addedNodes) look(node.textContent ?? '');
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }

  /** Begins to measure how the page bears what happens in it. */
  function watchStrain() {
    for (const samples of Object.values(strain)) samples.length = 0;
    if (watching) return;
    watching = true;
    let last = performance.now();
    requestAnimationFrame(function frame() {
      const now = performance.now();
      strain.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    });
    addEventListener('keydown', ({ timeStamp }) => {
      afterPaint(() => strain.keys.push(performance.now() - timeStamp));
    });
  }

  window.auroraBench = {
    waitFor,
    loaded: () => ({ shown, interactive: Math.max(shown, lastTask) }),
    isShown: () => shown !== undefined,
    watchMarks,
    painted: () => painted,
    watchStrain,
    strain: () => strain,
  };
})();
